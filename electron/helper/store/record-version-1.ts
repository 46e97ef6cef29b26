import { z } from 'zod'
import { profileFile, profileNames } from '../../host/managers/network-manager/profiles'
import { noState } from '../kernel/link-state'

/**
 * Records of Patchbay 0.1 knew NetworkManager alone and had no version. Their snapshots have the same layout, without times
 * of files and without the list `after`, which the backend makes up for before it undoes them.
 */
const firstVersion = z.object({
  version: z.undefined().optional(),
  backend: z.literal('networkmanager'),
  change: z.looseObject({
    nic: z.string(),
    bridge: z.string(),
    mac: z.string(),
    original: z.unknown(),
    profiles: z.unknown(),
    /** The first ones had none. */
    lease: z.unknown().optional(),
  }),
  armed: z.unknown(),
  before: z.looseObject({ routes: z.array(z.looseObject({})) }),
})

/** The same record as this version writes it; anything else is handed back as it is. Pure. */
export function upgradeFirstVersion(data: unknown): unknown {
  const old = firstVersion.safeParse(data)
  if (!old.success) return data
  const { backend, change, armed, before } = old.data
  const { nic, bridge, mac, original, profiles, lease = null } = change
  const names = profileNames(bridge, nic)
  const files = [profileFile(names.bridge), profileFile(names.port)]
  return {
    version: 2,
    backend,
    ...{ nic, bridge, mac, lease },
    kernel: { ...noState(nic), mac },
    ...{ files, managersFiles: files },
    own: { original, profiles },
    armed,
    before: { ...before, routes: before.routes.map((route) => ({ ...route, table: null })) },
  }
}
