import type { Change, Side } from '../change/change'
import { isPort, refuseUnlessPort } from '../kernel/is-port'
import { copyIpv6Settings } from '../kernel/ipv6-settings'
import { withLifetimesOf } from '../kernel/leases'
import { findLinkState } from '../kernel/link-state'
import { momentNow } from '../kernel/moment'
import { makeBridge, runBatch, toBridge, toNic } from '../kernel/move'

/** Brings the network to `side` in the kernel, where no manager makes the bridge, from whatever state it is in. */
export async function moveNetwork(side: Side, change: Change): Promise<void> {
  const { nic, bridge, kernel } = change
  if (side === 'nic') {
    // Since a restart only the bridge has had the settings, unless making it was interrupted before it had a port. Whatever
    // keeps them from being set, the network comes back.
    if (isPort(change)) await copyIpv6Settings(bridge, nic).catch(() => undefined)
    await runBatch(toNic(withLifetimesOf(await findLinkState(bridge), kernel, await momentNow()), change))
    return
  }
  const state = withLifetimesOf(await findLinkState(nic), kernel, await momentNow())
  await runBatch(makeBridge(state, change))
  await copyIpv6Settings(nic, bridge)
  const lines = toBridge(state, change)
  refuseUnlessPort(change, lines, await runBatch(lines))
}
