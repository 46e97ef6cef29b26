import { existsSync } from 'node:fs'
import { z } from 'zod'
import { runCommand } from '../../host/command'
import { type Moment, momentNow } from './moment'

/**
 * A link's network as the kernel has it, down to the last route: what is moved to the bridge and back without asking
 * any manager, and what an interrupted change is brought back to. Plain data.
 */
export interface LinkState {
  link: string
  mac: string | null
  mtu: number
  /** Without link-local and temporary addresses, which the kernel makes by itself. */
  addresses: readonly KernelAddress[]
  routes: readonly KernelRoute[]
  neighbours: readonly { ip: string; mac: string }[]
  /** When it was so; not known of records by Patchbay 0.1. */
  readAt?: Moment
}

export interface KernelAddress {
  family: 4 | 6
  ip: string
  prefix: number
  /** What follows the address in `ip address add`, without lifetimes: broadcast, scope, flags, peer. */
  options: readonly string[]
  /** Seconds left; null for ever. */
  valid: number | null
  preferred: number | null
}

export interface KernelRoute {
  family: 4 | 6
  /** What follows `ip route replace`, without the link: iproute2 reads what it prints (ip-route(8), "save and restore"). */
  words: readonly string[]
}

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
  neighbours: z.array(z.object({ ip: z.string(), mac: z.string() })),
  readAt: z.object({ boot: z.string(), uptime: z.number(), time: z.number() }).exactOptional(),
})

/** What `ip -j address` prints. */
export const ipAddresses = z.array(
  z.object({
    address: z.string().optional(),
    mtu: z.number().default(1500),
    link_type: z.string().default(''),
    addr_info: z.array(z.looseObject({ family: z.string(), local: z.string().optional() })).default([]),
  }),
)

const neighbours = z.array(z.object({ dst: z.string(), lladdr: z.string().optional() }))

/** The kernel's way of saying "for ever" (INFINITY_LIFE_TIME, net/addrconf.h). */
const FOR_EVER = 0xffff_ffff

/** Reads a link's state with iproute2. Throws a `PatchbayError` when there is no such link. */
export async function readLinkState(link: string): Promise<LinkState> {
  const [readAt, shown, routes4, routes6, known] = await Promise.all([
    momentNow(),
    runCommand('ip', ['-j', 'address', 'show', 'dev', link]),
    runCommand('ip', ['-4', 'route', 'show', 'table', 'all', 'dev', link]),
    runCommand('ip', ['-6', 'route', 'show', 'table', 'all', 'dev', link]),
    runCommand('ip', ['-j', 'neigh', 'show', 'dev', link]),
  ])
  const [about] = ipAddresses.parse(JSON.parse(shown)).filter(({ address }) => address !== undefined)
  const routes = [...routesFrom(4, routes4), ...routesFrom(6, routes6)]
  const addresses = withRoutesMetrics((about?.addr_info ?? []).flatMap(addressFrom), routes)
  return {
    link,
    mac: about?.link_type === 'ether' ? (about.address ?? null) : null,
    mtu: about?.mtu ?? 1500,
    addresses,
    routes: routes.filter((route) => !comesWithAddress(route, addresses)),
    neighbours: neighbours
      .parse(JSON.parse(known.trim() === '' ? '[]' : known))
      .flatMap(({ dst, lladdr }) => (lladdr === undefined ? [] : [{ ip: dst, mac: lladdr }])),
    readAt,
  }
}

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
    const own = routes.filter(({ words }) => isKernels(words) && valueOf(words, 'src') === ip)
    const metrics = own.map(({ words }) => valueOf(words, 'metric'))
    const [metric] = metrics
    if (metric === undefined || metrics.includes(undefined)) return address
    return { ...address, options: [...options, 'metric', metric] }
  })
}

/** What follows a keyword in a route's words; undefined without it. */
export function valueOf(words: readonly string[], key: string): string | undefined {
  const position = words.indexOf(key)
  return position === -1 ? undefined : words[position + 1]
}

/** A route that the kernel makes by itself. */
const isKernels = (words: readonly string[]): boolean =>
  valueOf(words, 'proto') === 'kernel' && !words.includes('via')

/** Flags that `ip address add` takes by the names under which `ip -j` prints them (ip-address(8)). */
const FLAGS = ['noprefixroute', 'mngtmpaddr', 'home', 'autojoin']

type AddressInfo = z.infer<typeof ipAddresses>[number]['addr_info'][number]

function addressFrom(info: AddressInfo): KernelAddress[] {
  const { local, scope, temporary } = info
  if (local === undefined || scope === 'link' || scope === 'host' || temporary === true) return []
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
      ...FLAGS.filter((flag) => info[flag] === true),
    ],
    valid: lifetime(info.valid_life_time) ?? unlimited,
    preferred: lifetime(info.preferred_life_time) ?? unlimited,
  }
  return [address]
}

/**
 * What a router has given for ever gets a day for the move: the kernel would take it for a fixed address, and the router's next
 * word sets it anew. Seconds.
 */
export const A_DAY = 86_400

const lifetime = (value: unknown): number | null =>
  typeof value === 'number' && value < FOR_EVER ? value : null

/** The kernel makes the route to an address's own network by itself, unless it was told not to. */
function comesWithAddress(
  { family: version, words }: KernelRoute,
  addresses: readonly KernelAddress[],
): boolean {
  const own = addresses.filter((address) => address.family === version)
  return isKernels(words) && !own.some(({ options }) => options.includes('noprefixroute'))
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

/** Kinds that the kernel derives from addresses by itself. */
const DERIVED = ['local', 'broadcast', 'anycast', 'multicast']

/** What `ip route` prints about a route's present state, and doesn't take back. */
const PASSING = / (error -?\d+|linkdown|dead|offload|trap|rt_offload|rt_trap)(?= |$)/g

function routesFrom(version: 4 | 6, text: string): KernelRoute[] {
  return text.split('\n').flatMap((line) => {
    // Printed with a unit, taken without one.
    const words = line
      .replace(PASSING, '')
      .replace(/ expires (\d+)sec/, ' expires $1')
      .trim()
      .split(/\s+/)
    const [first = ''] = words
    // Link-local and multicast routes come with the link.
    if (first === '' || DERIVED.includes(first) || first.startsWith('fe80:') || first.startsWith('ff00:')) {
      return []
    }
    return [{ family: version, words }]
  })
}
