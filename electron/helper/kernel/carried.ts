import type { OwnRoute, Ownership } from '../../host/ownership/ownership'
import type { LinkState } from './link-state'
import { addMissingAddresses, addMissingRoutes, neighbourLines } from './move'
import { destinationOf, HANDBACK_PROTOCOL, type KernelRoute, valueOf, withoutPair } from './route-text'

/**
 * What on a link is nobody's but the kernel's: routes by `ip route add`, a VPN client or a script; addresses, neighbours and
 * proxies that were set by hand. No manager sets it on another link, so it is carried along. Pure.
 */

/** The part of `state` that is not its manager's. */
export function foreignPart(state: LinkState, own: Ownership): LinkState {
  return {
    ...state,
    // What has an end came by a lease or a router's word, and the next one may be another.
    addresses: state.addresses.filter((address) => address.valid === null && !own.address(address)),
    routes: state.routes.filter((route) => {
      const about = aboutRoute(route)
      return about.protocol !== HANDBACK_PROTOCOL && !own.route(about)
    }),
    neighbours: state.neighbours.filter(({ permanent }) => permanent),
  }
}

/** What `state` has and `other` has not, whatever links they are of. */
export function without(state: LinkState, other: LinkState): LinkState {
  const routes = new Set(other.routes.map(textOf))
  const isThere = <T>(items: readonly T[], item: T): boolean =>
    items.some((one) => JSON.stringify(one) === JSON.stringify(item))
  return {
    ...state,
    addresses: state.addresses.filter(
      ({ ip, prefix }) => !other.addresses.some((one) => one.ip === ip && one.prefix === prefix),
    ),
    routes: state.routes.filter((route) => !routes.has(textOf(route))),
    neighbours: state.neighbours.filter((neighbour) => !isThere(other.neighbours, neighbour)),
    proxies: state.proxies.filter((proxy) => !other.proxies.includes(proxy)),
  }
}

/** What `state` has, and `more` beside it. */
export function together(state: LinkState, more: LinkState): LinkState {
  const added = without(more, state)
  return {
    ...state,
    addresses: [...state.addresses, ...added.addresses],
    routes: [...state.routes, ...added.routes],
    neighbours: [...state.neighbours, ...added.neighbours],
    proxies: [...state.proxies, ...added.proxies],
  }
}

/**
 * Of what is nobody's on the link that the network came to, that which was set there since: not what the network had `before` the
 * change, which a manager sets again with its own metric and protocol, and which nobody claims while that manager is down. Pure.
 */
export function addedSince(foreign: LinkState, before: LinkState): LinkState {
  const known = new Set(before.routes.map(wayOf))
  const { addresses } = without(foreign, before)
  return { ...foreign, addresses, routes: foreign.routes.filter((route) => !known.has(wayOf(route))) }
}

export const isEmpty = ({ addresses, routes, neighbours, proxies }: LinkState): boolean =>
  addresses.length + routes.length + neighbours.length + proxies.length === 0

/** Lines that give `link` all of `carried`; what the manager has set there meanwhile in its place stays. */
export const addLines = (carried: LinkState, link: string): string[] => [
  ...addMissingAddresses(carried, link),
  ...neighbourLines(carried, link),
  ...addMissingRoutes(carried, link),
]

/** What is carried, in a few words for people: routes by where they lead, everything else by its address. */
export const namesOf = ({ addresses, routes, neighbours, proxies }: LinkState): string[] => [
  ...addresses.map(({ ip, prefix }) => `${ip}/${prefix}`),
  ...routes.map(destinationOf).map((to) => (to === 'default' ? 'a default route' : `the route to ${to}`)),
  ...neighbours.map(({ ip }) => `the neighbour ${ip}`),
  ...proxies.map((ip) => `the proxy for ${ip}`),
]

function aboutRoute(route: KernelRoute): OwnRoute {
  const { family, words } = route
  return {
    family,
    to: destinationOf(route),
    table: valueOf(words, 'table') ?? 'main',
    protocol: valueOf(words, 'proto') ?? 'boot',
  }
}

/** Where a route leads, and by whom. */
const wayOf = ({ family, words }: KernelRoute): string =>
  [
    ...[family, destinationOf({ family, words }), valueOf(words, 'via') ?? ''],
    valueOf(words, 'table') ?? 'main',
  ].join(' ')

/** A route's time runs on, and tells nothing about which one it is. */
const textOf = ({ family, words }: KernelRoute): string =>
  [family, ...withoutPair(words, 'expires')].join(' ')
