import type { Failure } from '../../../shared/failure'
import type { Route } from '../../../shared/world/host'
import type { HostFacts } from '../facts'
import { refused } from './manager-plan'
import { say } from '../../../shared/phrases/phrase'

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
      say('route-to-several-hops-over', { to: hop.to, link }),
      say('set-with-hop-ip-route', { to: hop.to }),
    )
  }
  const route = facts.byNexthop.find(stays)
  if (!route) return null
  return refused(
    say('route-to-goes-nexthop-object', { to: route.to, link }),
    say('set-without-ip-route-replace', { to: route.to, via: route.via ?? '…', link }),
  )
}
