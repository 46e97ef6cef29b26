import type { Failure } from '../../shared/failure'
import type { Address, Route } from '../../shared/host'
import type { PlanNotice } from '../../shared/plan'
import type { HostFacts } from './facts'
import { ownershipOf } from './ownership'
import { info, refused } from './plans/manager-plan'

/** What is on a link besides its manager's: set by hand, by a VPN client, or by a script. Pure. */
interface Foreign {
  addresses: readonly Address[]
  routes: readonly Route[]
}

function foreignOn(facts: HostFacts, link: string): Foreign {
  const own = ownershipOf(facts, link)
  const addresses = facts.host.links.find(({ name }) => name === link)?.addresses ?? []
  return {
    addresses: addresses.filter((address) => address.origin === 'static' && !own.address(address)),
    routes: facts.host.routes.filter((route) => route.link === link && !own.route(route)),
  }
}

/** Every Debian with a desktop has it, by avahi-autoipd, which sets it again at every start. */
const isLinkLocal = ({ to }: Route): boolean => to.startsWith('169.254.') || to.startsWith('fe80:')

const nameOf = ({ to, table }: Route): string =>
  `the ${to === 'default' ? 'default route' : `route to ${to}`}${table === 'main' ? '' : ` in table ${table}`}`

/** What goes along though no configuration has it, in one line; none where there is nothing of the kind. Pure. */
export function foreignNotices(facts: HostFacts, nic: string, bridge: string): PlanNotice[] {
  const { addresses, routes } = foreignOn(facts, nic)
  const names = [
    ...addresses.map(({ ip, prefix }) => `${ip}/${prefix}`),
    ...routes.filter((route) => !isLinkLocal(route)).map(nameOf),
  ]
  if (names.length === 0) return []
  return [
    info(
      `No configuration of ${nic} has ${[...new Set(names)].join(', ')}: that goes along to ${bridge}, and back with the undo, but only until the next restart.`,
    ),
  ]
}

/**
 * Why a route that is nobody's but the kernel's can't go along with `link`'s network, or null when every one can: its other
 * hops, or the nexthop object that it goes by, would stay behind. `every`: its manager's own as well. Pure.
 */
export function immovableRoute(facts: HostFacts, link: string, every = false): Failure | null {
  const own = ownershipOf(facts, link)
  const stays = (route: Route): boolean => route.link === link && (every || !own.route(route))
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
