import { existsSync } from 'node:fs'
import { readdir, rm, stat } from 'node:fs/promises'
import { DEVICE_STATE } from '../../../host/managers/network-manager/facts'
import { MEMORY_PROFILES_DIR } from '../../../host/managers/network-manager/profiles'
import type { Change, Lease } from '../../change/change'
import { type FileCopy, putCopy, readCopy } from '../../root-files/files'
import { isUnplugged } from '../../kernel/carrier'
import { leasedPart, withLifetimesOf } from '../../kernel/leases'
import { momentNow } from '../../kernel/moment'
import { addMissingAddresses, addMissingRoutes, runBatch } from '../../kernel/move'
import { watchLease } from '../../safety-nets/lease-watch'
import type { Patience } from '../../protocol/wait'
import type { NetworkManager } from './client'
import { askingOn } from './lease'

/** How long the NIC may take to be back, by itself or after DHCP was asked anew. Milliseconds. */
const PATIENCE_MS = 2000

/** How long NetworkManager may take to remove a bridge that is over. Milliseconds. */
const REMOVAL_MS = 500

/** Whether NetworkManager removes a bridge that is over. */
export function goesAway(
  nm: NetworkManager,
  bridge: string,
  { deadline, signal }: Patience = { deadline: Infinity },
): Promise<boolean> {
  const isGone = (): Promise<boolean> => Promise.resolve(!existsSync(`/sys/class/net/${bridge}`))
  return nm.holdsBy(Math.min(deadline, performance.now() + REMOVAL_MS), isGone, signal)
}

/**
 * Removes the bridge should NetworkManager not do so itself: once it was restarted, it takes a bridge that it has made for somebody
 * else's, and lets it be.
 */
export async function removeBridge(nm: NetworkManager, bridge: string): Promise<void> {
  if (await goesAway(nm, bridge)) return
  await runBatch([`link delete dev ${bridge} type bridge`])
}

/** A link, and the profile that it must have. */
export interface ProfileOnLink {
  link: string
  uuid: string
  /** The profile's own file. */
  file: string | null
}

/**
 * Waits until a link has its profile again, and works. NetworkManager starts DHCP anew when it brings a profile back. Should the
 * router not answer any more, the link keeps what is left of its lease. Without a carrier there is nothing to wait for:
 * NetworkManager takes the link up by itself when it gets one.
 */
export async function settleAfterRollback(
  nm: NetworkManager,
  side: ProfileOnLink,
  change: Change,
  deadline: number,
): Promise<void> {
  const { link, uuid } = side
  const profile = await nm.findProfile(uuid)
  if (profile === null || (await isUnplugged(change.nic))) return
  const isBack = (least: number, path?: string) => async (): Promise<boolean> => {
    const device = await nm.findDevice(link)
    const active = device === null ? null : await nm.activeOn(device)
    if (device === null || active?.uuid !== uuid || (path !== undefined && active.path !== path)) return false
    const state = await nm.deviceState(device)
    // Beyond it NetworkManager takes the link down, to begin with it anew.
    return state >= least && state <= DEVICE_STATE.activated
  }
  const soon = (): number => Math.min(deadline, performance.now() + PATIENCE_MS)
  const works = isBack(DEVICE_STATE.activated)

  if (await nm.holdsBy(soon(), works)) return
  if (!(await isBack(DEVICE_STATE.prepare)())) {
    await nm.activate(profile, await nm.findDevice(link))
    if (await nm.holdsBy(soon(), works)) return
  }
  if (change.lease === null) return
  const asking = await askOn(nm, side, profile, change.lease)
  await nm.holdsBy(soon(), isBack(DEVICE_STATE.ipConfig, asking))
  const leaseCame = (): Promise<boolean> => handOver(nm, side)
  // What NetworkManager takes off the link while it begins with it, it says.
  const keptOrCame = async (): Promise<boolean> => {
    if (await leaseCame()) return true
    await keepLease(link, change)
    return false
  }
  if (await nm.holdsBy(soon(), keptOrCame)) return
  await watchLease(change.id, await leaseFile(side), leaseCame)
}

/**
 * Has NetworkManager ask the router as long as it takes, with the lease's name servers for the time being. The profile is changed
 * in memory for the activation alone, which keeps what it began with; its file stays as it is. (To reapply a link that still
 * waits for DHCP does not do: NetworkManager 1.42 leaves out the name servers then.) Returns the activation's object path.
 */
async function askOn(
  nm: NetworkManager,
  { link, file }: ProfileOnLink,
  profile: string,
  lease: Lease,
): Promise<string> {
  const settings = await nm.settingsOf(profile)
  // Where netplan has made it, the profile's own file lies in memory, and NetworkManager overwrites it there.
  const own = file?.startsWith(`${MEMORY_PROFILES_DIR}/`) === true ? await readCopy(file) : null
  await nm.updateInMemory(profile, { ...settings, ...askingOn(settings, lease) })
  try {
    return await nm.activate(profile, await nm.findDevice(link))
  } finally {
    if (own === null) await forgetMemoryCopy(nm, profile, file)
    else await putBack(nm, own)
  }
}

async function putBack(nm: NetworkManager, own: FileCopy): Promise<void> {
  await putCopy(own)
  await nm.load([own.path])
}

/** A profile changed in memory has a second keyfile in /run, which hides the first one until it is gone. */
async function forgetMemoryCopy(nm: NetworkManager, profile: string, file: string | null): Promise<void> {
  const copy = await nm.profileFile(profile)
  if (file === null || copy === null || !copy.startsWith(`${MEMORY_PROFILES_DIR}/`) || copy === file) return
  await rm(copy, { force: true })
  await nm.load([copy, file])
}

/**
 * Puts the leased addresses, and the routes with them, beside what NetworkManager has on a link: they end with the lease, and are
 * just what it will find set once it has one.
 */
async function keepLease(link: string, { kernel }: Change): Promise<void> {
  const left = leasedPart(withLifetimesOf(null, kernel, await momentNow()))
  await runBatch([...addMissingAddresses(left, link), ...addMissingRoutes(left, link)])
}

/**
 * Once NetworkManager has a lease for a link: has it take up the link's own profile again. It asks the router once more for that,
 * and for a moment the link has no address: returns once it has one again, so that what the kernel has dropped can be set.
 */
export async function handOver(nm: NetworkManager, { link, uuid }: ProfileOnLink): Promise<boolean> {
  const device = await nm.findDevice(link)
  if (device === null) return true
  const active = await nm.activeOn(device)
  // Between two activations there is none.
  if (active === null) return false
  // Somebody has activated something else since.
  if (active.uuid !== uuid) return true
  const lease = await nm.leasePath(device, 4)
  if (lease === null) return false
  await nm.reapply(device, {})
  const isRenewed = async (): Promise<boolean> => {
    const renewed = await nm.leasePath(device, 4)
    return renewed !== null && renewed !== lease && (await nm.deviceState(device)) === DEVICE_STATE.activated
  }
  await nm.holdsBy(performance.now() + PATIENCE_MS, isRenewed)
  return true
}

/** Where NetworkManager writes a link's lease down: the newest that any DHCP client of its has written for the profile. */
async function leaseFile({ link, uuid }: ProfileOnLink): Promise<string> {
  const ending = `-${uuid}-${link}.lease`
  const names = await readdir(LEASES).catch(() => [])
  const files = await Promise.all(
    names
      .filter((name) => name.endsWith(ending))
      .map(async (name) => ({ name, time: (await stat(`${LEASES}/${name}`)).mtimeMs })),
  )
  const [newest] = files.sort((a, b) => b.time - a.time)
  return `${LEASES}/${newest?.name ?? `internal${ending}`}`
}

const LEASES = '/var/lib/NetworkManager'
