import type { Change, Side } from '../../change'
import { copyIpv6Settings } from '../../kernel/ipv6-settings'
import { findLinkState, withLifetimesOf } from '../../kernel/link-state'
import { makeBridge, runBatch, toBridge, toNic } from '../../kernel/move'
import type { ApplyContext, Armed, Backend, Prepared } from '../backend'

/**
 * For an uplink that nobody manages: addresses set by a script or by hand. The kernel alone is changed, so the bridge lasts
 * until the next restart; the name servers stay where they are, since they hang on no link.
 */
export const kernelBackend: Backend = {
  name: 'kernel',
  configuration: ['/etc/resolv.conf'],
  prepare: (): Promise<Prepared> => Promise.resolve({ own: null, files: [], lease: null }),
  arm: (): Promise<Armed | null> => Promise.resolve(null),
  findArmed: (): Promise<Armed | null> => Promise.resolve(null),
  async apply(side: Side, change: Change, { signal }: ApplyContext): Promise<void> {
    signal.throwIfAborted()
    await move(side, change)
  },
  recover: (side, change) => move(side, change),
  keep: () => Promise.resolve(),
  checks: () => [],
  close: () => undefined,
}

async function move(side: Side, change: Change): Promise<void> {
  const { nic, bridge, kernel } = change
  if (side === 'bridge') {
    const state = withLifetimesOf(await findLinkState(nic), kernel)
    await runBatch(makeBridge(state, change))
    await copyIpv6Settings(nic, bridge)
    await runBatch(toBridge(state, change))
    return
  }
  await runBatch(toNic(withLifetimesOf(await findLinkState(bridge), kernel), change))
}
