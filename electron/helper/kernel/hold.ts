import ipaddr from 'ipaddr.js'
import { type KernelAddress, type LinkState } from './link-state'
import { removal } from './move'
import { type KernelRoute, spelledOut, valueOf } from './route-text'

/**
 * Keeps the host reachable while a manager takes a link up anew: first it removes what it finds there, and what it then gets
 * by DHCP it gets in its own time. Meanwhile the loopback has the addresses, for which the kernel answers ARP on every link
 * (kernel: ip-sysctl.rst, arp_ignore 0), and IPv4's routes go by stand-ins that managers take for the kernel's own. Pure.
 */

/** Seconds after which a held address goes by itself, should nobody be left to let it go. */
const HELD_S = 120
const HELD_FOR = `valid_lft ${HELD_S} preferred_lft ${HELD_S}`

const lengthOf = ({ family }: KernelAddress): number => (family === 6 ? 128 : 32)

/** The loopback, `lo`, also has a link's addresses. One that is there for good stays what it is. */
export const hold = ({ addresses }: LinkState, lo: LinkState): string[] =>
  addresses
    .filter(({ ip }) => !lo.addresses.some((one) => one.ip === ip && one.valid === null))
    .map((address) => `address replace ${hostOf(address)} dev lo noprefixroute ${HELD_FOR}`)

/** Nobody else gives the loopback an address for some time only. */
export const letGo = (lo: LinkState): string[] =>
  lo.addresses
    .filter((address) => address.valid !== null && address.prefix === lengthOf(address))
    .map((address) => removal(address, 'lo'))

const hostOf = (address: KernelAddress): string => `${address.ip}/${lengthOf(address)}`

/** What a link has while the loopback holds its addresses: IPv6 as it is, and IPv4's routes as if by the kernel. */
export function standIn(state: LinkState): LinkState {
  return {
    ...state,
    addresses: state.addresses.filter(({ family }) => family === 6),
    routes: [...networkRoutes(state.addresses), ...state.routes.map(asKernels)],
  }
}

/**
 * Removes the stand-ins, each down to its last word, so that what the manager has set stays. The routes to the addresses'
 * own networks are by now the kernel's in truth, or went with the address that they were bound to.
 */
export const withoutStandIns = ({ routes }: LinkState, link: string): string[] =>
  routes
    .filter(({ family }) => family === 4)
    .map((route) => `route delete ${spelledOut(asKernels(route)).join(' ')} dev ${link}`)

/**
 * States the routes to the addresses' own networks once more on `link`, which has them, when no other link has them any longer.
 * systemd-networkd (since 256) takes routes without a gateway for the same whatever their link, so it ascribes the bridge's to
 * the NIC, forgets it with the NIC's, and waits for ever until the gateways can be reached (networkd-route-nexthop.c,
 * `route_nexthop_compare_func_full`). Both lines run at once; in between only the way by the gateway is there.
 */
export const announceAgain = ({ addresses }: LinkState, link: string): string[] =>
  [...networkRoutes(addresses), ...networkRoutes6(addresses)].flatMap((route) => {
    const words = spelledOut(route).join(' ')
    return [`route delete ${words} dev ${link}`, `route add ${words} dev ${link}`]
  })

/**
 * `state` as it is to be kept without a router's word: its leased addresses bring no route, and the routes are stated. networkd,
 * should it get the lease later on, forgets the metric of an address that it finds (systemd 252, `link_request_address`).
 */
export function keptWithoutLease(state: LinkState): LinkState {
  const isLeased = ({ family, valid }: KernelAddress): boolean => family === 4 && valid !== null
  return {
    ...state,
    addresses: state.addresses.map((address) =>
      isLeased(address) && !address.options.includes('noprefixroute')
        ? { ...address, options: [...address.options, 'noprefixroute'] }
        : address,
    ),
    routes: [...networkRoutes(state.addresses.filter(isLeased)), ...state.routes],
  }
}

/** The routes that the kernel makes for IPv4 addresses by itself, one for each network (kernel: `fib_add_ifaddr`). */
function networkRoutes(addresses: readonly KernelAddress[]): KernelRoute[] {
  const found = new Map<string, KernelRoute>()
  for (const { family, ip, prefix, options } of addresses) {
    if (family === 6 || prefix === 32 || options.includes('noprefixroute') || options[0] === 'peer') continue
    const network = `${ipaddr.IPv4.networkAddressFromCIDR(`${ip}/${prefix}`).toString()}/${prefix}`
    const position = options.indexOf('metric')
    const metric = position === -1 ? [] : options.slice(position, position + 2)
    const key = [network, ...metric].join(' ')
    if (found.has(key)) continue
    const words = [network, 'proto', 'kernel', 'scope', 'link', 'src', ip, ...metric]
    found.set(key, { family, words })
  }
  return [...found.values()]
}

/** The metric of IPv6 routes for which none is stated (kernel: IP6_RT_PRIO_ADDRCONF). */
const METRIC_6 = '256'

/** The same for the fixed addresses of IPv6; a router's word brings its own. */
function networkRoutes6(addresses: readonly KernelAddress[]): KernelRoute[] {
  const networks = addresses
    .filter(({ family, prefix, options, valid }) => {
      const bringsRoute = prefix < 128 && !options.includes('noprefixroute') && options[0] !== 'peer'
      return family === 6 && valid === null && bringsRoute
    })
    .map(({ ip, prefix, options }) => {
      const network = ipaddr.IPv6.networkAddressFromCIDR(`${ip}/${prefix}`).toString()
      return `${network}/${prefix} metric ${valueOf(options, 'metric') ?? METRIC_6}`
    })
  return [...new Set(networks)].map((network) => ({
    family: 6,
    words: [...network.split(' '), 'proto', 'kernel'],
  }))
}

function asKernels(route: KernelRoute): KernelRoute {
  if (route.family === 6) return route
  const position = route.words.indexOf('proto')
  const words =
    position === -1
      ? [...route.words, 'proto', 'kernel']
      : route.words.map((word, index) => (index === position + 1 ? 'kernel' : word))
  return { ...route, words }
}
