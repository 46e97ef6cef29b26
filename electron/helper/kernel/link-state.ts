import { existsSync } from 'node:fs'
import { z } from 'zod'
import { runCommand } from '../../system/command'
import { readJsonList } from '../../system/json-output'
import { type Moment, momentNow } from './moment'
import { isKernels, type KernelRoute, routesFrom, valueOf } from './route-text'

/**
 * A link's network as the kernel has it, down to the last route: what is moved to the bridge and back without asking
 * any manager, and what an interrupted change is brought back to. Plain data.
 */
export interface LinkState {
  link: string
  mac: string | null
  mtu: number
  /** Without IPv6's link-local and temporary addresses, which the kernel makes by itself. */
  addresses: readonly KernelAddress[]
  routes: readonly KernelRoute[]
  neighbours: readonly { ip: string; mac: string; permanent: boolean }[]
  /** Whom the host answers for on the link (ip-neighbour(8), `proxy`). */
  proxies: readonly string[]
  /** When it was so; not known of records by Patchbay 0.1. */
  readAt?: Moment
}

export interface KernelAddress {
  family: 4 | 6
  ip: string
  prefix: number
  /** What follows the address in `ip address add`, without lifetimes: broadcast, scope, label, flags, peer. */
  options: readonly string[]
  /** Seconds left; null for ever. */
  valid: number | null
  preferred: number | null
}

/** A link that has nothing. */
export const noState = (link: string): LinkState => ({
  ...{ link, mac: null, mtu: 1500 },
  ...{ addresses: [], routes: [], neighbours: [], proxies: [] },
})

const family = z.union([z.literal(4), z.literal(6)])
const seconds = z.number().nullable()
export const linkState: z.ZodType<LinkState> = z.object({
  link: z.string(),
  mac: z.string().nullable(),
  mtu: z.number(),
  addresses: z.array(
    z.object({
      family,
      ip: z.string(),
      prefix: z.number(),
      options: z.array(z.string()),
      valid: seconds,
      preferred: seconds,
    }),
  ),
  routes: z.array(z.object({ family, words: z.array(z.string()) })),
  // Older records have none of these.
  neighbours: z.array(z.object({ ip: z.string(), mac: z.string(), permanent: z.boolean().default(false) })),
  proxies: z.array(z.string()).default([]),
  readAt: z.object({ boot: z.string(), uptime: z.number(), time: z.number() }).exactOptional(),
})

/** An entry of what `ip -j address` prints. */
export const ipAddress = z.object({
  address: z.string().optional(),
  mtu: z.number().default(1500),
  link_type: z.string().default(''),
  addr_info: z.array(z.looseObject({ family: z.string(), local: z.string().optional() })).default([]),
})

const neighbour = z.object({
  dst: z.string(),
  lladdr: z.string().optional(),
  state: z.array(z.string()).default([]),
})

/** The kernel's way of saying "for ever" (INFINITY_LIFE_TIME, net/addrconf.h). */
const FOR_EVER = 0xffff_ffff

/** Reads a link's state with iproute2. Throws a `PatchbayError` when there is no such link. */
export async function readLinkState(link: string): Promise<LinkState> {
  const [readAt, shown, routes4, routes6, known, answered] = await Promise.all([
    momentNow(),
    runCommand('ip', ['-j', 'address', 'show', 'dev', link]),
    runCommand('ip', ['-d', '-4', 'route', 'show', 'table', 'all', 'dev', link]),
    runCommand('ip', ['-d', '-6', 'route', 'show', 'table', 'all', 'dev', link]),
    runCommand('ip', ['-j', 'neigh', 'show', 'dev', link]),
    runCommand('ip', ['-j', 'neigh', 'show', 'proxy', 'dev', link]),
  ])
  const [about] = readJsonList('ip -j address', shown, ipAddress).filter(
    ({ address }) => address !== undefined,
  )
  const routes = [...routesFrom(4, routes4), ...routesFrom(6, routes6)]
  const addresses = withRoutesMetrics(
    (about?.addr_info ?? []).flatMap((info) => addressFrom(info, link)),
    routes,
  )
  return {
    link,
    mac: about?.link_type === 'ether' ? (about.address ?? null) : null,
    mtu: about?.mtu ?? 1500,
    addresses,
    routes: routes.filter((route) => !comesWithAddress(route, addresses)),
    neighbours: neighboursIn(known).flatMap(({ dst, lladdr, state }) =>
      lladdr === undefined ? [] : [{ ip: dst, mac: lladdr, permanent: state.includes('PERMANENT') }],
    ),
    proxies: neighboursIn(answered).map(({ dst }) => dst),
    readAt,
  }
}

const neighboursIn = (printed: string): z.infer<typeof neighbour>[] =>
  readJsonList('ip -j neigh', printed, neighbour)

/**
 * An address whose own route has a metric that it does not show itself gets it: systemd-networkd (252), started anew, sets an
 * address that it finds without its metric, and the route stays as it was. Pure.
 */
export function withRoutesMetrics(
  addresses: readonly KernelAddress[],
  routes: readonly KernelRoute[],
): KernelAddress[] {
  return addresses.map((address) => {
    const { ip, options } = address
    if (options.includes('metric')) return address
    const own = routes.filter((route) => isKernels(route) && valueOf(route.words, 'src') === ip)
    const metrics = own.map(({ words }) => valueOf(words, 'metric'))
    const [metric] = metrics
    if (metric === undefined || metrics.includes(undefined)) return address
    return { ...address, options: [...options, 'metric', metric] }
  })
}

/** Flags that `ip address add` takes by the names under which `ip -j` prints them (ip-address(8)). */
const FLAGS = ['noprefixroute', 'mngtmpaddr', 'home', 'autojoin']

type AddressInfo = z.infer<typeof ipAddress>['addr_info'][number]

function addressFrom(info: AddressInfo, link: string): KernelAddress[] {
  const { local, scope, temporary } = info
  if (local === undefined || scope === 'host' || temporary === true) return []
  if (info.family === 'inet6' && scope === 'link') return []
  const peer = typeof info.address === 'string' ? ['peer', `${info.address}/${String(info.prefixlen)}`] : []
  const broadcast = typeof info.broadcast === 'string' ? ['broadcast', info.broadcast] : []
  const metric = typeof info.metric === 'number' ? ['metric', String(info.metric)] : []
  const unlimited = info.dynamic === true ? A_DAY : null
  const address = {
    family: info.family === 'inet6' ? (6 as const) : (4 as const),
    ip: local,
    prefix: typeof info.prefixlen === 'number' ? info.prefixlen : 0,
    options: [
      ...peer,
      ...broadcast,
      ...metric,
      ...(typeof scope === 'string' && scope !== 'global' ? ['scope', scope] : []),
      ...labelOf(info.label, link),
      ...FLAGS.filter((flag) => info[flag] === true),
    ],
    valid: lifetime(info.valid_life_time) ?? unlimited,
    preferred: lifetime(info.preferred_life_time) ?? unlimited,
  }
  return [address]
}

/** A label is the link's name with something behind it, which alone is kept: it moves to a link of another name (ip-address(8)). */
function labelOf(label: unknown, link: string): string[] {
  const isOwn = typeof label === 'string' && label.startsWith(link) && label !== link
  return isOwn ? ['label', label.slice(link.length)] : []
}

/**
 * What a router has given for ever gets a day for the move: the kernel would take it for a fixed address, and the router's next
 * word sets it anew. Seconds.
 */
export const A_DAY = 86_400

const lifetime = (value: unknown): number | null =>
  typeof value === 'number' && value < FOR_EVER ? value : null

/** The kernel makes the route to an address's own network by itself, unless it was told not to. */
function comesWithAddress(route: KernelRoute, addresses: readonly KernelAddress[]): boolean {
  const own = addresses.filter((address) => address.family === route.family)
  return isKernels(route) && !own.some(({ options }) => options.includes('noprefixroute'))
}

/**
 * `now` with the addresses' options as they were in `before`: a manager that takes an address over may not state all of them.
 * Pure.
 */
export function withOptionsOf(before: LinkState, now: LinkState): LinkState {
  const addresses = now.addresses.map((address) => {
    const known = before.addresses.find(({ ip, prefix }) => ip === address.ip && prefix === address.prefix)
    return known ? { ...address, options: known.options } : address
  })
  return { ...now, addresses }
}

/** A link's state, or null when there is no such link. */
export async function findLinkState(link: string): Promise<LinkState | null> {
  return existsSync(`/sys/class/net/${link}`) ? readLinkState(link) : null
}
