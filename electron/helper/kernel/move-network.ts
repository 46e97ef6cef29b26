import { existsSync } from 'node:fs'
import type { Change, Side } from '../change'
import { copyIpv6Settings } from './ipv6-settings'
import { findLinkState, withLifetimesOf } from './link-state'
import { makeBridge, runBatch, toBridge, toNic } from './move'

/** Brings the network to `side` in the kernel, where no manager makes the bridge, from whatever state it is in. */
export async function moveNetwork(side: Side, change: Change): Promise<void> {
  const { nic, bridge, kernel } = change
  if (side === 'nic') {
    // After a restart it is the bridge that was given the NIC's settings. One without its port may not have them yet.
    if (existsSync(`/sys/class/net/${bridge}/brif/${nic}`)) await copyIpv6Settings(bridge, nic)
    await runBatch(toNic(withLifetimesOf(await findLinkState(bridge), kernel), change))
    return
  }
  const state = withLifetimesOf(await findLinkState(nic), kernel)
  await runBatch(makeBridge(state, change))
  await copyIpv6Settings(nic, bridge)
  await runBatch(toBridge(state, change))
}
