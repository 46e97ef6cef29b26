import { networkInterfaces } from 'node:os'
import { PatchbayError } from '../../shared/failure'
import { isLive, type Machine, type Nic, type NicAddress } from '../../shared/world'
import { readNeighbours, type IpNeighbour } from '../host/ip-json'

/** Entries that were confirmed just now; `STALE` ones were at some time (rtnetlink(7), neighbour states). */
const FRESH = ['REACHABLE', 'DELAY', 'PROBE', 'PERMANENT']

/**
 * The machines with the addresses of NICs on bridges of the host, as far as the host has talked to them: no lease tells
 * of those. Machines on libvirt's own networks cost nothing here. Where the table can't be read this time, nothing is
 * said, and the World keeps what it knew.
 * @param read IPv4 only: IPv6 neighbours come with many temporary addresses
 */
export async function withNeighbours(
  machines: readonly Machine[],
  read: () => Promise<readonly IpNeighbour[]> = () => readNeighbours(),
): Promise<Machine[]> {
  if (!machines.some((machine) => machine.nics.some((nic) => bridgeOf(machine, nic) !== null))) {
    return [...machines]
  }
  const known = await unlessUnreadable(read)
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

/** No neighbours without ip(8), or when it prints what it should not. */
async function unlessUnreadable(
  read: () => Promise<readonly IpNeighbour[]>,
): Promise<readonly IpNeighbour[]> {
  try {
    return await read()
  } catch (thrown) {
    if (thrown instanceof PatchbayError) return []
    throw thrown
  }
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
  known: readonly IpNeighbour[],
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
