import { z } from 'zod'
import { findBinary, runCommand } from './command'
import { readJsonList } from './json-output'

/**
 * The parts of iproute2's JSON that Patchbay reads. Keys as printed by iproute2 5.10 and later; unknown ones are
 * dropped.
 *
 * Routes are read with `-d`: without it `ip` leaves out what is usual with `ip route add`, such as the protocol `boot`, by which
 * a route set by hand is known (iproute2, ip/iproute.c, `print_route`, `show_details`).
 */
export const ipLink = z.object({
  ifindex: z.number(),
  ifname: z.string(),
  flags: z.array(z.string()).default([]),
  mtu: z.number().default(0),
  link_type: z.string().default(''),
  address: z.string().optional(),
  master: z.string().optional(),
  /** The link below, by name; by index in `link_index` when it is in another network namespace. */
  link: z.string().nullish(),
  link_index: z.number().optional(),
  /** The network namespace of the link below, by the number that this one has given it (ip-netns(8)). */
  link_netnsid: z.number().optional(),
  linkinfo: z
    .object({
      info_kind: z.string().optional(),
      info_slave_kind: z.string().optional(),
      info_data: z
        .object({
          stp_state: z.number().optional(),
          forward_delay: z.number().optional(),
          /** Of a bond a word; other kinds have modes of their own. */
          mode: z.unknown().optional(),
        })
        .optional(),
      info_slave_data: z.object({ state: z.string().optional() }).optional(),
    })
    .optional(),
})
export type IpLink = z.infer<typeof ipLink>

const ipAddress = z.object({
  ifname: z.string(),
  addr_info: z
    .array(
      z.object({
        family: z.string(),
        local: z.string().optional(),
        prefixlen: z.number().default(0),
        scope: z.string().default('global'),
        dynamic: z.boolean().default(false),
        temporary: z.boolean().default(false),
        tentative: z.boolean().default(false),
      }),
    )
    .default([]),
})
export type IpAddress = z.infer<typeof ipAddress>

export const ipRoute = z.object({
  type: z.string().default('unicast'),
  dst: z.string(),
  gateway: z.string().optional(),
  via: z.object({ host: z.string() }).optional(),
  dev: z.string().optional(),
  metric: z.number().optional(),
  table: z.string().default('main'),
  protocol: z.string().default(''),
  prefsrc: z.string().optional(),
  /** The nexthop object that the route goes by (ip-nexthop(8)). */
  nhid: z.number().optional(),
  nexthops: z.array(z.object({ gateway: z.string().optional(), dev: z.string().optional() })).optional(),
})
export type IpRoute = z.infer<typeof ipRoute>

const ipRule = z.looseObject({ priority: z.number().default(0) })
export type IpRule = z.infer<typeof ipRule>

const ipNeighbour = z.object({
  dst: z.string(),
  dev: z.string(),
  /** Those that never answered have none. */
  lladdr: z.string().optional(),
  /** NUD_* of rtnetlink(7), without the prefix. */
  state: z.array(z.string()).default([]),
  /** Whole seconds since it was last confirmed, rounded down; without a meaning for one that never was. */
  confirmed: z.number().optional(),
})
export type IpNeighbour = z.infer<typeof ipNeighbour>

export const fdbEntry = z.object({
  mac: z.string(),
  ifname: z.string(),
  flags: z.array(z.string()).default([]),
  state: z.string().default(''),
})
export type FdbEntry = z.infer<typeof fdbEntry>

/** `ip -j -d link`: every link of this network namespace, or of another one by the path of its handle, which needs root. */
export const readLinks = (namespace?: string): Promise<IpLink[]> =>
  readIp(ipLink, ['-d', 'link'], namespace === undefined ? [] : ['nsenter', `--net=${namespace}`])
/** `ip -j addr`: the addresses, link by link. */
export const readAddresses = (): Promise<IpAddress[]> => readIp(ipAddress, ['addr'])
/** `ip -j -d route show table all` of one address family. */
export const readRoutes = (family: 4 | 6): Promise<IpRoute[]> =>
  readIp(ipRoute, ['-d', `-${family}`, 'route', 'show', 'table', 'all'])
/** `ip -j rule` of one address family. */
export const readRules = (family: 4 | 6): Promise<IpRule[]> => readIp(ipRule, [`-${family}`, 'rule'])

/** `ip -s -j neigh` of one address family: who has answered, or spoken, on each link; without a MAC, who did not answer. */
export const readNeighbours = (family: 4 | 6 = 4): Promise<IpNeighbour[]> =>
  readIp(ipNeighbour, ['-s', `-${family}`, 'neigh'])

/** `bridge -j fdb`: which MAC addresses each link knows, or takes frames for. Empty without the program. */
export async function readFdb(): Promise<FdbEntry[]> {
  return findBinary('bridge') === null ? [] : readList(fdbEntry, 'bridge', ['-j', 'fdb', 'show'])
}

/** Runs `ip -j ARGS`, as an argument of `before` where that says so, and checks what it prints. */
function readIp<T>(
  item: z.ZodType<T>,
  args: readonly string[],
  before: readonly string[] = [],
): Promise<T[]> {
  const [command = '', ...words] = [...before, 'ip', '-j', ...args]
  return readList(item, command, words)
}

const readList = async <T>(item: z.ZodType<T>, command: string, words: readonly string[]): Promise<T[]> =>
  readJsonList(`${command} ${words.join(' ')}`, await runCommand(command, words), item)
