import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { DEVICE_STATE } from '../../../host/network-manager'
import { MEMORY_PROFILES_DIR } from '../../../host/profiles'
import type { Lease } from '../../change'
import { type FileCopy, putCopy, readCopy } from '../../files'
import { hasAddresses } from '../../kernel/has-addresses'
import { runBatch } from '../../kernel/move'
import type { Patience } from '../../wait'
import { ipSettings } from './addresses'
import type { NetworkManager } from './client'
import { fixedTwin } from './lease'

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
export interface Side {
  link: string
  uuid: string
  /** The profile's own file. */
  file: string | null
}

/**
 * Waits until a link has its profile again, and works. NetworkManager starts DHCP anew when it brings a
 * profile back. Should the router not answer any more, the link keeps the lease it had.
 */
export async function settleAfterRollback(
  nm: NetworkManager,
  { link, uuid, file }: Side,
  lease: Lease | null,
  deadline: number,
): Promise<void> {
  const profile = await nm.findProfile(uuid)
  if (profile === null) return
  const isBack = (least: number) => async (): Promise<boolean> => {
    const device = await nm.findDevice(link)
    if (device === null || (await nm.activeOn(device))?.uuid !== uuid) return false
    return (await nm.deviceState(device)) >= least
  }
  const works = isBack(DEVICE_STATE.activated)
  const soon = (): number => Math.min(deadline, performance.now() + PATIENCE_MS)

  if (await nm.holdsBy(soon(), works)) return
  const device = await nm.findDevice(link)
  if (!(await isBack(DEVICE_STATE.prepare)())) {
    await nm.activate(profile, device)
    if (await nm.holdsBy(soon(), works)) return
  }
  if (!lease) return
  await keepLease(nm, { link, device, profile, file }, lease, soon())
  await takeNewLease(nm, link, soon())
}

interface Kept {
  link: string
  /** Object paths. */
  device: string | null
  profile: string
  file: string | null
}

/**
 * Puts the last lease into effect as fixed addresses, while NetworkManager goes on asking the router for a new one. The
 * profile is changed in memory for the activation alone, which keeps what it began with; its file stays as it is.
 */
async function keepLease(
  nm: NetworkManager,
  { link, device, profile, file }: Kept,
  lease: Lease,
  deadline: number,
): Promise<void> {
  const settings = await nm.settingsOf(profile)
  // Where netplan has made it, the profile's own file lies in memory, and NetworkManager overwrites it there.
  const own = file?.startsWith(`${MEMORY_PROFILES_DIR}/`) === true ? await readCopy(file) : null
  const ipv4 = { ...ipSettings(settings, 'ipv4'), ...fixedTwin(settings, lease) }
  await nm.updateInMemory(profile, { ...settings, ipv4 })
  try {
    await nm.activate(profile, device)
    const ips = lease.addresses.map(({ ip }) => ip)
    await nm.holdsBy(deadline, () => hasAddresses(link, ips))
  } finally {
    if (own === null) await forgetMemoryCopy(nm, profile, file)
    else await putBack(nm, own)
  }
}

/** Should the router only have been slow, the fixed addresses go again. With a silent one they stay until the next activation. */
async function takeNewLease(nm: NetworkManager, link: string, deadline: number): Promise<void> {
  const device = await nm.findDevice(link)
  if (device !== null && (await nm.holdsBy(deadline, () => nm.hasLease(device, 4)))) {
    await nm.reapply(device, {})
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
