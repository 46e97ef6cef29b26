import { PatchbayError } from '../../shared/failure'
import { hasOwnBridge, type LibvirtNetwork, type World } from '../../shared/world/world'
import type { Libvirt } from '../libvirt/libvirt'
import { withPassingBridge } from '../machines/passing-bridge'
import { plugBack } from '../machines/plug-back'
import { readDefinitions, type Definitions } from '../networks/definitions'
import { restartNetwork } from '../networks/restart'
import type { OpenedWorld } from '../world/open-world'
import { findNetwork } from './find'
import { namesOf, usersOf, type NetworkUser } from './network-users'
import { begin, type Progress } from './operations'
import { say, type Text } from '../../shared/phrases/phrase'

/**
 * Starts restarting a network, so that what was changed in it takes effect; machines on it are plugged back in. Answers with
 * the id of the operation.
 * @throws PatchbayError `not-found`, `refused`
 */
export function beginRestartNetwork(
  { store, libvirt: source }: OpenedWorld,
  libvirt: Libvirt,
  name: string,
): string {
  const network = findNetwork(store.current, name)
  const steps = stepsOfRestart(store.current, network)
  const [title] = steps
  const subject = { kind: 'network', network: network.id, action: 'restart' } as const
  return begin(store, { subject, title, steps }, async (progress) => {
    await restartKeepingMachines({ store, libvirt: source }, libvirt, network, progress)
    return { summary: say('network-restarted-2', { name }), result: { kind: 'network-changed' } }
  })
}

/** The steps of a restart, for the operation that it is part of. @throws PatchbayError `refused` where it would lose the network */
export function stepsOfRestart(world: World, network: LibvirtNetwork): [Text, ...Text[]] {
  refuseToLose(network)
  const loose = looseAfterRestart(world, network)
  const { title, plugging } = stepsFor(network.name, loose)
  return loose.length === 0 ? [title] : [title, plugging]
}

/**
 * Restarts a network within an operation, and plugs its machines back in.
 * @throws PatchbayError `rolled-back` when it runs as before, `partly-done`, LibvirtError
 */
export async function restartKeepingMachines(
  { store, libvirt: source }: Pick<OpenedWorld, 'store' | 'libvirt'>,
  libvirt: Libvirt,
  network: LibvirtNetwork,
  progress: Progress,
): Promise<void> {
  const { name } = network
  const loose = looseAfterRestart(store.current, network)
  const { title, plugging } = stepsFor(name, loose)
  const definitions = await readDefinitions(libvirt, name)
  progress.step(title, 'running')
  const setback = await restarted(libvirt, definitions)
  progress.step(title, setback === null ? 'done' : 'failed', setback && say('runs-before'))
  if (loose.length > 0) {
    await progress.during(plugging, async () => {
      await plugAllBack(libvirt, loose, name)
      return null
    })
  }
  await source.refresh({ networks: [network.uuid] })
  if (setback !== null) throw setback
}

const stepsFor = (name: string, loose: readonly NetworkUser[]) => ({
  title: say('restart-network', { name }),
  plugging: say('plug-in-again', { loose: namesOf(loose).join(', ') }),
})

/** @throws PatchbayError `refused` */
function refuseToLose({ name, persistent }: LibvirtNetwork): void {
  if (persistent) return
  throw new PatchbayError({
    code: 'refused',
    message: say('network-no-saved-definition-gone', { name }),
    hint: say('save-first-virsh-net-dumpxml', { name }),
  })
}

/** libvirt takes its own virtual bridge away with the network, and leaves the taps of machines without one. */
const looseAfterRestart = (world: World, network: LibvirtNetwork): NetworkUser[] =>
  hasOwnBridge(network) ? usersOf(world, network.name).filter(({ running }) => running) : []

/** The failure when the network runs as before instead; anything worse is thrown. */
async function restarted(libvirt: Libvirt, definitions: Definitions): Promise<PatchbayError | null> {
  try {
    await restartNetwork(libvirt, definitions)
    return null
  } catch (thrown) {
    if (thrown instanceof PatchbayError && thrown.failure.code === 'rolled-back') return thrown
    throw thrown
  }
}

/** @throws PatchbayError `partly-done`, naming the machines that are still without a connection */
async function plugAllBack(libvirt: Libvirt, loose: readonly NetworkUser[], network: string): Promise<void> {
  const ends = await withPassingBridge(libvirt, (passing) =>
    Promise.allSettled(
      loose.map(({ machine, nic }) =>
        plugBack(libvirt, { machine: machine.id, mac: nic.mac, network }, passing),
      ),
    ),
  )
  const failed = loose.filter((_, index) => ends[index]?.status === 'rejected')
  const [first] = ends.filter((end) => end.status === 'rejected')
  if (first === undefined) return
  throw new PatchbayError(
    {
      code: 'partly-done',
      message: say('network-runs-but-could', { network, failed: namesOf(failed).join(', ') }),
      hint: say('plug-in-elsewhere-back'),
      detail: String(first.reason),
    },
    { cause: first.reason },
  )
}
