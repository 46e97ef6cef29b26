import type { Link, Route, Uplink } from '../../shared/world/host'
import type { IpRoute } from '../system/ip-json'

/** The IPv6 metric that the kernel uses when none is given (IP6_RT_PRIO_USER, include/net/ip6_route.h). */
const IPV6_USUAL_METRIC = 1024

/** Unicast routes with a link; what the kernel derives from addresses by itself (table `local`) is left out. */
export function routesFrom(family: 4 | 6, routes: readonly IpRoute[]): Route[] {
  return routes
    .filter(({ type, table, dst }) => type === 'unicast' && table !== 'local' && !dst.startsWith('ff00:'))
    .flatMap((route) => {
      const hops = route.nexthops ?? [{ gateway: route.gateway ?? route.via?.host, dev: route.dev }]
      return hops.flatMap(({ gateway, dev }) =>
        dev === undefined
          ? []
          : [
              {
                family,
                to: route.dst,
                via: gateway ?? null,
                link: dev,
                metric: route.metric ?? null,
                table: route.table,
                protocol: route.protocol,
              },
            ],
      )
    })
}

export const isMultipath = ({ nexthops }: IpRoute): boolean => nexthops !== undefined

/** Whether a route goes by a nexthop object, which names the link in its place. */
export const isByNexthop = ({ nhid }: IpRoute): boolean => nhid !== undefined

/** Default routes of the main table, preferred first: IPv4 before IPv6, lower metric before higher. */
export function defaultRoutes(routes: readonly Route[]): Route[] {
  return routes
    .filter(({ to, table }) => to === 'default' && table === 'main')
    .sort((a, b) => a.family - b.family || metricOf(a) - metricOf(b))
}

/** The preferred default route of a link and family that its manager has set; one by hand tells nothing about the profile. */
export function managersDefault(routes: readonly Route[], link: string, family: 4 | 6): Route | undefined {
  return defaultRoutes(routes).find(
    (route) => route.link === link && route.family === family && route.protocol !== 'boot',
  )
}

/** The metric that the kernel compares. */
export function metricOf({ family, metric }: Route): number {
  return metric ?? (family === 6 ? IPV6_USUAL_METRIC : 0)
}

/**
 * The link with the preferred default route. When it is a bridge, its NIC is the first port that is a card of its
 * own rather than a machine's tap; a bridge without such a port is its own NIC.
 */
export function uplinkFrom(links: readonly Link[], routes: readonly Route[]): Uplink | null {
  const [route] = defaultRoutes(routes)
  const link = links.find(({ name }) => name === route?.link)
  if (!route || !link) return null
  const isBridge = link.kind === 'bridge'
  const port = isBridge ? links.find((other) => other.master === link.name && isCard(other)) : undefined
  return {
    link: link.name,
    nic: port?.name ?? link.name,
    bridge: isBridge ? link.name : null,
    gateway: route.via,
  }
}

/**
 * A link that can lead outside. A veth counts: it is the NIC of a container; but libvirt names its own taps and
 * container ends `vnet` and never anything else.
 */
function isCard({ kind, name }: Link): boolean {
  const kinds = ['ethernet', 'veth', 'bond', 'vlan', 'wifi']
  return kinds.includes(kind) && !name.startsWith('vnet')
}
