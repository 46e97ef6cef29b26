import { PatchbayError } from '../../../../shared/failure'
import type { Change, Side } from '../../change'
import { hasAddresses } from '../../kernel/has-addresses'
import { keptWithoutLease } from '../../kernel/hold'
import { isPort } from '../../kernel/is-port'
import { withLifetimesOf } from '../../kernel/leases'
import { findLinkState } from '../../kernel/link-state'
import { momentNow } from '../../kernel/moment'
import { restate, runBatch } from '../../kernel/move'
import { forgetNameServers, keepNameServers } from '../../resolved'
import { holdsBy } from '../../wait'
import { removeAside } from './aside'
import { letSettle, moveToBridge, moveToNic } from './handover'
import { ownDataOf } from './own-data'
import { hasLease, isConfigured, listen, reload } from './state'

/** How long networkd may take to configure a link anew in a rollback, before the old lease is put back. Milliseconds. */
const PATIENCE_MS = 4000

/** Brings the network back to `side` from whatever state; see `Backend`. */
export async function recover(side: Side, change: Change, deadline: number): Promise<void> {
  const { nic, bridge, kernel, lease, files } = change
  const { paths, original } = ownDataOf(change)
  const [link, path, other] = side === 'nic' ? [nic, original, bridge] : [bridge, paths.bridge, nic]
  const present = (await findLinkState(other)) ?? (await findLinkState(link))
  const state = withLifetimesOf(present, kernel, await momentNow())
  const wanted = state.addresses.map(({ ip }) => ip)
  const isWell = async (): Promise<boolean> => (await isConfigured(link, path)) && hasAddresses(link, wanted)
  const hasMoved = isPort(change) !== (side === 'bridge') || !(await isWell())
  if (hasMoved) await (side === 'nic' ? moveToNic : moveToBridge)(change, state, { deadline })
  // Before its files go, or networkd would give its lease back.
  else if (side === 'nic') await runBatch([`link delete dev ${bridge} type bridge`])
  await removeAside(paths.port)
  await files.put(side)
  await reload()
  const soon = Math.min(deadline, performance.now() + PATIENCE_MS)
  if (!(await holdsBy(isWell, { deadline: soon }, listen))) {
    // The router is silent, or networkd waits in vain: what the link had, it keeps, to the last route. networkd goes on.
    await runBatch(restate(keptWithoutLease(state), link))
    if (lease !== null && !(await hasLease(link))) await keepNameServers(link, lease)
  }
  await letSettle(change, state, link)
  if (side === 'bridge') await forgetNameServers(nic)
  if (!(await hasAddresses(link, wanted))) {
    throw new PatchbayError({ code: 'rollback-failed', message: `${link} did not get its addresses back` })
  }
}
