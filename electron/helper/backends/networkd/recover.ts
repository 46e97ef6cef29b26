import { PatchbayError } from '../../../../shared/failure'
import { type Change, linkOf, type Side } from '../../change/change'
import { without } from '../../kernel/carried'
import { hasAddresses } from '../../kernel/has-addresses'
import { keptWithoutLease } from '../../kernel/hold'
import { isPort } from '../../kernel/is-port'
import { withLifetimesOf } from '../../kernel/leases'
import { findLinkState } from '../../kernel/link-state'
import { restateLinkLocal } from '../../kernel/link-local'
import { momentNow } from '../../kernel/moment'
import { removeOldLease, restate, runBatch } from '../../kernel/move'
import { forgetNameServers, keepNameServers } from '../systemd-resolved'
import { watchLease } from '../../safety-nets/lease-watch'
import { holdsBy } from '../../protocol/wait'
import { removeAside } from './aside'
import { letSettle, moveToBridge, moveToNic } from './handover'
import { ownDataOf } from './own-data'
import { hasLease, isConfigured, leaseFile, leaseKeysOf, listen, reload } from './state'
import { say } from '../../../../shared/phrases/phrase'

/** How long networkd may take to configure a link anew in a rollback, before the old lease is put back. Milliseconds. */
const PATIENCE_MS = 4000

/** Brings the network back to `side` from whatever state; see `Backend`. */
export async function recover(side: Side, change: Change, deadline: number): Promise<void> {
  const { nic, bridge, kernel, lease, files } = change
  const { paths, original } = ownDataOf(change)
  const [link, path, other] = side === 'nic' ? [nic, original, bridge] : [bridge, paths.bridge, nic]
  const present = (await findLinkState(other)) ?? (await findLinkState(link))
  const state = withLifetimesOf(present, kernel, await momentNow())
  // What is carried along comes once networkd is done.
  const wanted = without(state, change.carried).addresses.map(({ ip }) => ip)
  const isWell = async (): Promise<boolean> => (await isConfigured(link, path)) && hasAddresses(link, wanted)
  const hasMoved = isPort(change) !== (side === 'bridge') || !(await isWell())
  if (hasMoved) await (side === 'nic' ? moveToNic : moveToBridge)(change, state, { deadline })
  // Before its files go, or networkd would give its lease back.
  else if (side === 'nic') await runBatch([`link delete dev ${bridge} type bridge`])
  await removeAside(paths.port)
  await files.put(side)
  await reload()
  // A NIC that the kernel has taken out of a bridge is a new link to networkd (252, 257), which waits for the address it has.
  await runBatch(await restateLinkLocal(link))
  const soon = Math.min(deadline, performance.now() + PATIENCE_MS)
  if (!(await holdsBy(isWell, { deadline: soon }, listen))) {
    // The router is silent, or networkd waits in vain: what the link had, it keeps, to the last route. networkd goes on.
    await runBatch(restate(keptWithoutLease(state), link))
    if (lease !== null && !(await hasLease(link))) {
      await keepNameServers(link, lease)
      await watchLease(change.id, await leaseFile(link), () => leaseCame(side, change))
    }
  }
  await letSettle(change, state, link)
  if (side === 'bridge') await forgetNameServers(nic)
  if (!(await hasAddresses(link, wanted))) {
    throw new PatchbayError({ code: 'rollback-failed', message: say('did-not-get-addresses-back', { link }) })
  }
}

/** Leaves the link to networkd, which has its lease again; see `Backend`. */
export async function leaseCame(side: Side, change: Change): Promise<boolean> {
  const link = linkOf(side, change)
  const ip = (await leaseKeysOf(link))?.ADDRESS
  if (ip === undefined) return false
  await forgetNameServers(link)
  await runBatch(removeOldLease(change.kernel, [ip], link))
  return true
}
