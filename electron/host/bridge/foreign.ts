import type { Failure } from '../../../shared/failure'
import type { Address, Route } from '../../../shared/world/host'
import type { PlanNotice } from '../../../shared/helper/plan'
import type { HostFacts } from '../facts'
import { ownershipOf } from '../ownership/ownership'
import { immovableRoute } from '../managers/immovable-route'
import { info } from '../managers/manager-plan'
import { sameWords, say, type Text } from '../../../shared/phrases/phrase'

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

function nameOf({ to, table }: Route): Text {
  const route = to === 'default' ? say('the-default-route') : say('the-route-to', { to })
  return table === 'main' ? route : say('in-table', { route, table })
}

/** A route of two families, such as a default route, is named once. */
const distinct = (names: readonly Text[]): Text[] =>
  names.filter((name, i) => names.findIndex((other) => sameWords(other, name)) === i)

/** What goes along though no configuration has it, in one line; none where there is nothing of the kind. Pure. */
export function foreignNotices(facts: HostFacts, nic: string, bridge: string): PlanNotice[] {
  const { addresses, routes } = foreignOn(facts, nic)
  const names: Text[] = [
    ...addresses.map(({ ip, prefix }) => `${ip}/${prefix}`),
    ...routes.filter((route) => !isLinkLocal(route)).map(nameOf),
  ]
  if (names.length === 0) return []
  return [info(say('foreign-goes-along', { nic, names: distinct(names), bridge }))]
}

/** Why a route that is nobody's but the kernel's can't go along with `link`'s network, or null when every one can. Pure. */
export function immovableForeignRoute(facts: HostFacts, link: string): Failure | null {
  const own = ownershipOf(facts, link)
  return immovableRoute(facts, link, (route) => !own.route(route))
}
