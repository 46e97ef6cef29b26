import { networkInterfaces } from 'node:os'
import { PatchbayError } from '../../shared/failure'
import type { Link } from '../../shared/world/host'
import { whereaboutsOf, type Whereabouts } from '../../shared/world/whereabouts'
import { isLive, type Machine, type Nic, type NicAddress } from '../../shared/world/world'
import { readNeighbours, type IpNeighbour } from '../system/ip-json'
import { metAt } from '../host/met'

/**
 * The machines with the addresses of NICs on bridges of the host, as far as the host has talked to them: no lease tells
 * of those. Machines on libvirt's own networks cost nothing here. Where the table can't be read this time, nothing is
 * said, and the World keeps what it knew.
 * @param read IPv4 only: IPv6 neighbours come with many temporary addresses
 * @param links the host's links with their addresses
 */
export async function withNeighbours(
  machines: readonly Machine[],
  read: () => Promise<readonly IpNeighbour[]> = () => readNeighbours(),
  links: () => readonly Link[] = linksHere,
): Promise<Machine[]> {
  if (!machines.some((machine) => machine.nics.some((nic) => isOnBridge(machine, nic)))) return [...machines]
  const known = await unlessUnreadable(read)
  const here = { host: { links: links() }, networks: [] }
  return machines.map((machine) => ({
    ...machine,
    nics: machine.nics.map((nic) =>
      isOnBridge(machine, nic)
        ? { ...nic, addresses: addressesAmong(known, nic.mac, whereaboutsOf(here, nic.live), Date.now()) }
        : nic,
    ),
  }))
}

const isOnBridge = ({ state }: Machine, { live }: Nic): boolean => isLive(state) && live?.type === 'bridge'

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

/** What the system tells of links without starting a program: their names and addresses. */
function linksHere(): Link[] {
  return Object.entries(networkInterfaces()).map(([name, addresses = []], index) => ({
    ...{ name, index, kind: 'other', mac: null, mtu: 0, up: true, carrier: true, master: null },
    ...{ parent: null, speed: null },
    addresses: addresses.map(({ family, address, cidr }) => ({
      family: family === 'IPv4' ? 4 : 6,
      ip: address,
      prefix: Number(cidr?.split('/')[1] ?? 32),
      origin: 'static',
    })),
  }))
}

/** The addresses behind a MAC where its NIC is: those confirmed just now, or else those known from before. */
export function addressesAmong(
  known: readonly IpNeighbour[],
  mac: string,
  where: Whereabouts,
  now: number,
): NicAddress[] {
  const met = metAt(known, { mac, where }, now).map(({ address }) => address)
  const fresh = met.filter(({ seenAt }) => seenAt !== undefined)
  return fresh.length > 0 ? fresh : met
}
