import { execFile } from 'node:child_process'
import { networkInterfaces } from 'node:os'
import { z } from 'zod'
import { isLive, type Machine, type Nic, type NicAddress } from '../../shared/world'

/** What `ip -j neigh` tells of one entry; those that never answered have no MAC. */
const neighbour = z.object({
  dst: z.string(),
  dev: z.string(),
  lladdr: z.string().optional(),
  state: z.array(z.string()),
})
export type Neighbour = z.infer<typeof neighbour>

/** Entries that were confirmed just now; `STALE` ones were at some time (rtnetlink(7), neighbour states). */
const FRESH = ['REACHABLE', 'DELAY', 'PROBE', 'PERMANENT']

/**
 * The machines with the addresses of NICs on bridges of the host, as far as the host has talked to them: no lease tells
 * of those. Machines on libvirt's own networks cost nothing here.
 */
export async function withNeighbours(machines: readonly Machine[]): Promise<Machine[]> {
  if (!machines.some((machine) => machine.nics.some((nic) => bridgeOf(machine, nic) !== null))) {
    return [...machines]
  }
  const known = await readNeighbours()
  return machines.map((machine) => ({
    ...machine,
    nics: machine.nics.map((nic) => {
      const bridge = bridgeOf(machine, nic)
      return bridge === null
        ? nic
        : { ...nic, addresses: addressesAmong(known, bridge, nic.mac, prefixesOf(bridge)) }
    }),
  }))
}

const bridgeOf = ({ state }: Machine, { live }: Nic): string | null =>
  isLive(state) && live?.type === 'bridge' ? live.bridge : null

/** IPv4 only: IPv6 neighbours come with many temporary addresses. Empty without ip(8). */
function readNeighbours(): Promise<Neighbour[]> {
  return new Promise((resolve) => {
    execFile('ip', ['-4', '-j', 'neigh', 'show'], (error, stdout) => {
      // An empty table is printed as nothing at all.
      const known =
        error === null && stdout.trim() !== '' ? z.array(neighbour).safeParse(JSON.parse(stdout)) : null
      resolve(known?.data ?? [])
    })
  })
}

/** The host's own IPv4 addresses on a bridge, as prefix lengths. */
function prefixesOf(bridge: string): number[] {
  const own = networkInterfaces()[bridge] ?? []
  return own.flatMap(({ family, cidr }) =>
    family === 'IPv4' && cidr !== null ? [Number(cidr.split('/')[1])] : [],
  )
}

/** The addresses behind a MAC on a bridge: those confirmed just now, or else those known from before. */
export function addressesAmong(
  known: readonly Neighbour[],
  bridge: string,
  mac: string,
  prefixes: readonly number[],
): NicAddress[] {
  const mine = known.filter((one) => one.dev === bridge && one.lladdr === mac)
  const fresh = mine.filter(({ state }) => state.some((word) => FRESH.includes(word)))
  const stale = mine.filter(({ state }) => state.includes('STALE'))
  return (fresh.length > 0 ? fresh : stale).map(({ dst }) => ({
    ip: dst,
    prefix: prefixes[0] ?? 32,
    source: 'arp',
  }))
}
