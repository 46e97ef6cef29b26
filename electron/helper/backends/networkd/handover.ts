import type { Change } from '../../change/change'
import { refuseUnlessPort } from '../../kernel/is-port'
import { announceAgain, hold, letGo, standIn, withoutStandIns } from '../../kernel/hold'
import { type LinkState, readLinkState } from '../../kernel/link-state'
import {
  addMissingAddresses,
  addMissingRoutes,
  removal,
  restate,
  restateAddresses,
  routeRemovals,
  runBatch,
  toBridge,
  toNic,
} from '../../kernel/move'
import { type Patience, waitUntil } from '../../protocol/wait'
import { putAside, removeAside } from './aside'
import { ownDataOf } from './own-data'
import { hasBegun, isUnmanaged, listen, reload } from './state'

/**
 * The bridge takes over what `state`, the NIC's, says. networkd first prepares the bridge, which has no port yet: what it
 * finds on a link that it begins with it removes, what comes later stays. It learns of the port only from the next `settle`.
 * What is carried is removed by name: networkd 257 can't remove everything that it knows of, such as a route with `mtu lock`, gives
 * the link up then, and hears nothing of a route that is replaced by another link's or ends with its address.
 */
export async function moveToBridge(change: Change, state: LinkState, patience: Patience): Promise<void> {
  const { nic, bridge, files } = change
  const { paths } = ownDataOf(change)
  await files.put('bridge', [paths.netdev, paths.bridge])
  await reload()
  const begun = (): Promise<boolean> => hasBegun(bridge, paths.bridge)
  await waitUntil(`systemd-networkd did not make ${bridge} in time`, begun, patience, listen)
  patience.signal?.throwIfAborted()
  const lines = [
    ...hold(state, await readLinkState('lo')),
    ...routeRemovals(change.carried, nic),
    ...toBridge(standIn(state), change),
    ...state.addresses.filter(({ family }) => family === 4).map((address) => removal(address, nic)),
    ...announceAgain(state, bridge),
    // networkd would give the lease back once it learns of the port; without its neighbour it reaches nobody.
    `neigh flush dev ${nic}`,
  ]
  refuseUnlessPort(change, lines, await runBatch(lines))
}

/**
 * The NIC takes over what `state`, the bridge's, says, and the bridge is gone. networkd must not release the port: to it (systemd
 * 252) the NIC is a new link then, which it begins with anew when it gets to it.
 */
export async function moveToNic(change: Change, state: LinkState, patience: Patience): Promise<void> {
  const { nic, bridge, files } = change
  const { paths, original } = ownDataOf(change)
  await putAside(nic, paths.port)
  const leftAlone = (): Promise<boolean> => isUnmanaged(nic)
  await waitUntil(`systemd-networkd did not let go of ${nic} in time`, leftAlone, patience, listen)
  patience.signal?.throwIfAborted()
  await runBatch([
    ...hold(state, await readLinkState('lo')),
    // First of all: of what came before the NIC was a new link networkd knows nothing, and waits for it in vain.
    `link set dev ${nic} nomaster`,
    ...routeRemovals(change.carried, bridge),
    ...toNic(standIn(state), change),
  ])
  await files.put('nic')
  await removeAside(paths.port)
  await reload()
  const begun = (): Promise<boolean> => hasBegun(nic, original)
  await waitUntil(`systemd-networkd did not take ${nic} up in time`, begun, patience, listen)
  // With IPv6 nobody answers for another link's address, and the router's next word may take seconds.
  await runBatch([...restate(ipv6Of(state), nic), ...announceAgain(state, nic)])
}

const ipv6Of = (state: LinkState): LinkState => ({
  ...state,
  addresses: state.addresses.filter(({ family }) => family === 6),
  routes: state.routes.filter(({ family }) => family === 6),
})

/** Ends the time between: networkd has set on `link` what is its own, and of `state` the rest is added. */
export async function letSettle({ lease, kernel }: Change, state: LinkState, link: string): Promise<void> {
  const isLeased = (ip: string): boolean => lease?.addresses.some((address) => address.ip === ip) ?? false
  const stated = state.addresses.filter(({ ip, valid }) => valid === null && !isLeased(ip))
  await runBatch([
    ...addMissingAddresses({ ...state, addresses: stated }, link),
    ...letGo(await readLinkState('lo')),
    ...withoutStandIns(state, link),
    ...addMissingRoutes(state, link),
    // Had networkd been started anew meanwhile, it would have forgotten the metric of what it found (systemd 252).
    ...restateAddresses(kernel, await readLinkState(link)),
  ])
}
