import type { Failure } from '../../../shared/failure'
import type { Route } from '../../../shared/world/host'
import type { HostFacts } from '../facts'
import { refused } from './manager-plan'

/**
 * Why one of `link`'s routes that `concerns` picks can't go along with its network, or null when every one can: its other hops,
 * or the nexthop object that it goes by, would stay behind. Pure.
 */
export function immovableRoute(
  facts: HostFacts,
  link: string,
  concerns: (route: Route) => boolean,
): Failure | null {
  const stays = (route: Route): boolean => route.link === link && concerns(route)
  const hop = facts.multipath.find(stays)
  if (hop) {
    return refused(
      `The route to ${hop.to} has several hops, one of them over ${link}, and such a route can’t be moved yet`,
      `Set it with one hop (ip route replace ${hop.to} via …), or use NAT.`,
    )
  }
  const route = facts.byNexthop.find(stays)
  if (!route) return null
  return refused(
    `The route to ${route.to} goes by a nexthop object over ${link}, and such a route can’t be moved yet`,
    `Set it without one (ip route replace ${route.to} via ${route.via ?? '…'} dev ${link}), or use NAT.`,
  )
}
