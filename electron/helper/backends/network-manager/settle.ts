import type { HostFacts } from '../../../host/facts'
import { DEVICE_STATE } from '../../../host/network-manager'
import { DbusError } from '../../../host/dbus'
import type { BackendRecord } from '../backend'
import { fixedTwin, leaseOf } from './lease'
import type { NetworkManager } from './client'

/** How long DHCP may take after a rollback before the last lease is put in its place. Milliseconds. */
const DHCP_PATIENCE_MS = 2500

/**
 * Waits until the NIC has its own profile again, and the addresses it had. NetworkManager starts DHCP anew when
 * it brings a profile back. Should the router not answer any more, the NIC keeps the lease it had as a fixed address:
 * put into effect without touching the profile, while NetworkManager goes on asking for a new one.
 */
export async function settleAfterRollback(
  nm: NetworkManager,
  record: BackendRecord,
  before: HostFacts | null,
  deadline: number,
): Promise<void> {
  const device = await nm.findDevice(record.nic)
  const profile = await nm.findProfile(record.original.uuid)
  if (device === null || profile === null) return
  const isBack = async (): Promise<boolean> => {
    const active = await nm.activeOn(device)
    return active?.uuid === record.original.uuid && (await nm.deviceState(device)) >= DEVICE_STATE.prepare
  }
  const first = Math.min(deadline, performance.now() + DHCP_PATIENCE_MS)
  const isDone = async (): Promise<boolean> =>
    (await isBack()) && (await nm.deviceState(device)) === DEVICE_STATE.activated
  if (await nm.holdsBy(first, isDone)) return
  if (!(await isBack())) await nm.activate(profile, device)
  const second = Math.min(deadline, performance.now() + DHCP_PATIENCE_MS)
  if (await nm.holdsBy(second, isDone)) return
  await keepLastLease(nm, device, record.nic, before)
  await nm.holdsBy(deadline, isDone)
}

async function keepLastLease(
  nm: NetworkManager,
  device: string,
  nic: string,
  before: HostFacts | null,
): Promise<void> {
  const lease = before && leaseOf(before, nic)
  if (!lease) return
  try {
    const settings = await nm.appliedSettings(device)
    const ipv4 = { ...settings.ipv4, ...fixedTwin(settings, lease) }
    await nm.reapply(device, { ...settings, ipv4 })
  } catch (error) {
    // The device went away meanwhile; the check that follows will say so.
    if (!(error instanceof DbusError)) throw error
  }
}
