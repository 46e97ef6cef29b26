import { rm } from 'node:fs/promises'
import type { HostFacts } from '../../../host/facts'
import { DEVICE_STATE } from '../../../host/network-manager'
import { MEMORY_PROFILES_DIR } from '../../../host/profiles'
import type { BackendRecord } from '../backend'
import { hasAddresses, ipSettings } from './addresses'
import type { NetworkManager } from './client'
import { fixedTwin, type Lease, leaseOf } from './lease'

/** How long the NIC may take to be back, by itself or after DHCP was asked anew. Milliseconds. */
const PATIENCE_MS = 2000

/**
 * Waits until the NIC has its own profile again, and the addresses it had. NetworkManager starts DHCP anew when it
 * brings a profile back. Should the router not answer any more, the NIC keeps the lease it had.
 */
export async function settleAfterRollback(
  nm: NetworkManager,
  { nic, original }: BackendRecord,
  before: HostFacts | null,
  deadline: number,
): Promise<void> {
  const device = await nm.findDevice(nic)
  const profile = await nm.findProfile(original.uuid)
  if (device === null || profile === null) return
  const isBack = async (): Promise<boolean> =>
    (await nm.activeOn(device))?.uuid === original.uuid &&
    (await nm.deviceState(device)) >= DEVICE_STATE.prepare
  const works = async (): Promise<boolean> =>
    (await isBack()) && (await nm.deviceState(device)) === DEVICE_STATE.activated
  const soon = (): number => Math.min(deadline, performance.now() + PATIENCE_MS)

  if (await nm.holdsBy(soon(), works)) return
  if (!(await isBack())) {
    await nm.activate(profile, device)
    if (await nm.holdsBy(soon(), works)) return
  }
  const lease = before && leaseOf(before, nic)
  if (lease) await keepLease(nm, { nic, device, profile, file: original.file }, lease, soon())
}

interface Card {
  nic: string
  /** Object paths. */
  device: string
  profile: string
  /** The profile's own file. */
  file: string | null
}

/**
 * Puts the last lease into effect as fixed addresses, while NetworkManager goes on asking the router for a new one. The
 * profile is changed in memory for the activation alone, which keeps what it began with; its file stays as it is.
 */
async function keepLease(
  nm: NetworkManager,
  { nic, device, profile, file }: Card,
  lease: Lease,
  deadline: number,
): Promise<void> {
  const settings = await nm.settingsOf(profile)
  const ipv4 = { ...ipSettings(settings, 'ipv4'), ...fixedTwin(settings, lease) }
  await nm.updateInMemory(profile, { ...settings, ipv4 })
  try {
    await nm.activate(profile, device)
    const ips = lease.addresses.map(({ ip }) => ip)
    await nm.holdsBy(deadline, () => hasAddresses(nic, ips))
  } finally {
    await forgetMemoryCopy(nm, profile, file)
  }
}

/** A profile changed in memory has a second keyfile in /run, which hides the first one until it is gone. */
async function forgetMemoryCopy(nm: NetworkManager, profile: string, file: string | null): Promise<void> {
  const copy = await nm.profileFile(profile)
  if (file === null || copy === null || !copy.startsWith(`${MEMORY_PROFILES_DIR}/`) || copy === file) return
  await rm(copy, { force: true })
  await nm.load([copy, file])
}
