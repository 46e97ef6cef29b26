import ipaddr from 'ipaddr.js'
import { toFailure } from '../../../shared/failure'
import { runCommand } from '../../system/command'
import { becomePort } from './is-port'
import { type KernelAddress, type LinkState, withOptionsOf } from './link-state'
import { spelledOut, withoutPair } from './route-text'

/**
 * Moving the network between the NIC and the bridge in the kernel alone, as lines for one `ip -batch`: a few milliseconds
 * from the first to the last. The new side has the addresses before the frames come there, and every route is
 * replaced in one step, so that no packet finds neither. Pure.
 */

export interface BridgeLinks {
  nic: string
  bridge: string
  mac: string
}

/** The bridge without a port. A bridge's port forwards at once only without spanning tree and delay. */
export const makeBridge = ({ mtu }: LinkState, { bridge, mac }: BridgeLinks): string[] => [
  `link add name ${bridge} address ${mac} mtu ${mtu} type bridge stp_state 0 forward_delay 0`,
]

/**
 * The bridge, which exists, with everything that `state`, the NIC's, says; the NIC becomes its port and keeps no
 * address.
 */
export function toBridge(state: LinkState, { nic, bridge }: BridgeLinks): string[] {
  return [
    `link set dev ${bridge} up`,
    ...addressLines(state, bridge),
    ...neighbourLines(state, bridge),
    becomePort({ nic, bridge }),
    ...routeLines(state, bridge),
    ...state.addresses.map((address) => removal(address, nic)),
    ...leftRoutes(state, nic),
    // Routes with a fixed source that were bound to the NIC's addresses went with them.
    ...routeLines(state, bridge),
  ]
}

/** The NIC with everything that `state`, the bridge's or the NIC's own of before, says; the bridge is gone. */
export function toNic(state: LinkState, { nic, bridge }: BridgeLinks): string[] {
  return [
    `link set dev ${nic} up`,
    ...addressLines(state, nic),
    ...neighbourLines(state, nic),
    `link set dev ${nic} nomaster`,
    ...routeLines(state, nic),
    `link delete dev ${bridge} type bridge`,
    ...routeLines(state, nic),
  ]
}

/** States the options again that a manager has left out when it took the addresses over. */
export const restateAddresses = (before: LinkState, now: LinkState): string[] =>
  addressLines(withOptionsOf(before, now), now.link)

/** States the addresses and routes of `state` on a link that exists. */
export const restate = (state: LinkState, link: string): string[] => [
  ...addressLines(state, link),
  ...routeLines(state, link),
]

/** Adds what is missing of the routes, and touches no other: one to the same place with the same metric counts. */
export const addMissingRoutes = (state: LinkState, link: string): string[] =>
  routeLines(state, link).map((line) => line.replace(/^route replace/, 'route add'))

/** Adds what is missing of the addresses, as they are or with other options. */
export const addMissingAddresses = (state: LinkState, link: string): string[] =>
  addressLines(state, link).map((line) => line.replace(/^address replace/, 'address add'))

/** No duplicate address detection: the other side had the address a moment ago, and may still have it. */
function addressLines({ addresses }: LinkState, link: string): string[] {
  return addresses.map(({ family, ip, prefix, options, valid, preferred }) => {
    const lifetimes = [
      ...(valid === null ? [] : ['valid_lft', String(valid)]),
      ...(preferred === null ? [] : ['preferred_lft', String(preferred)]),
    ]
    const local = options[0] === 'peer' ? ip : `${ip}/${prefix}`
    const nodad = family === 6 ? ['nodad'] : []
    return ['address replace', local, 'dev', link, ...labelled(options, link), ...nodad, ...lifetimes].join(
      ' ',
    )
  })
}

const labelled = (options: readonly string[], link: string): string[] =>
  options.map((word, index) => (options[index - 1] === 'label' ? `${link}${word}` : word))

/**
 * Routes that stay behind on the NIC: a port reaches nobody by them. With an IPv6 address by a router's word the route to its
 * network is not the address's own, and outlives it (kernel: net/ipv6/addrconf.c, `addrconf_prefix_route`).
 */
function leftRoutes({ addresses, routes }: LinkState, nic: string): string[] {
  const networks = addresses
    .filter(({ family }) => family === 6)
    .map(({ ip, prefix }) => `${ipaddr.IPv6.networkAddressFromCIDR(`${ip}/${prefix}`).toString()}/${prefix}`)
  return [
    ...[...new Set(networks)].map((words) => `route delete ${words} dev ${nic}`),
    ...routeRemovals({ routes }, nic),
  ]
}

/** Takes routes off a link, each down to its last word but the time that it has left. */
export const routeRemovals = ({ routes }: Pick<LinkState, 'routes'>, link: string): string[] =>
  routes.map((route) => `route delete ${withoutPair(spelledOut(route), 'expires').join(' ')} dev ${link}`)

/** Takes an address off a link. */
export const removal = ({ ip, prefix }: KernelAddress, link: string): string =>
  `address delete ${ip}/${prefix} dev ${link}`

/** Takes off a link what `state` had leased for IPv4, but for the addresses that it has again. */
export const removeOldLease = (state: LinkState, again: readonly string[], link: string): string[] =>
  state.addresses
    .filter(({ family, ip, valid }) => family === 4 && valid !== null && !again.includes(ip))
    .map((address) => removal(address, link))

/** What is known of the neighbours: a lost ARP request would be repeated only after a second. */
export const neighbourLines = ({ neighbours, proxies }: LinkState, link: string): string[] => [
  ...neighbours.map(
    ({ ip, mac, permanent }) =>
      `neigh replace ${ip} lladdr ${mac} dev ${link} nud ${permanent ? 'permanent' : 'stale'}`,
  ),
  ...proxies.map((ip) => `neigh replace proxy ${ip} dev ${link}`),
]

/** Link routes first: a gateway must be reachable when its route is set. */
export function routeLines({ routes }: LinkState, link: string): string[] {
  const viaGateway = (words: readonly string[]): boolean => words.includes('via')
  const ordered = [
    ...routes.filter(({ words }) => !viaGateway(words)),
    ...routes.filter(({ words }) => viaGateway(words)),
  ]
  return ordered.map((route) => `route replace ${spelledOut(route).join(' ')} dev ${link}`)
}

/**
 * Runs the lines as one batch. A line that finds its work done already (a link that exists, a route that is there) is no
 * error; whether the whole came out right is what the verification is for. Returns what `ip` complained of.
 */
export const runBatch = (lines: readonly string[]): Promise<string> => prepareBatch()(lines)

/** Starts `ip` in advance, which takes longer than its work: the lines run at once when they are handed over, which must be done. */
export function prepareBatch(): (lines: readonly string[]) => Promise<string> {
  let handOver: (text: string) => void = () => undefined
  const input = new Promise<string>((resolve) => {
    handOver = resolve
  })
  const complaint = runCommand('ip', ['-force', '-batch', '-'], { input }).then(
    () => '',
    (error: unknown) => toFailure(error).detail ?? String(error),
  )
  return (lines) => {
    handOver(lines.map((line) => `${line}\n`).join(''))
    return complaint
  }
}
