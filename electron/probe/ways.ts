import type { End } from '../../shared/reach/reach'
import type { ProbeGap } from '../../shared/reach/probe'
import { whereaboutsOf } from '../../shared/world/whereabouts'
import { isLive, type Machine, type Nic, type World } from '../../shared/world/world'
import type { IpNeighbour } from '../system/ip-json'
import { metAt } from '../host/met'

/** How a pair of ends can be tried from here, without root. */
export type Way =
  | { by: 'host'; ips: readonly string[] }
  /** `back`: addresses of the machine, which show as well as a ping of its own that packets go both ways. */
  | { by: 'guest'; machine: Machine; ips: readonly string[]; back: readonly string[] }
  | { by: 'nobody'; gap: ProbeGap }

type Known = Pick<World, 'host' | 'networks'>

/** Who sends what to whom. */
export function wayOf(from: End, to: End, known: Known): Way {
  if (from.type === 'lan' || from.type === 'internet') return nobody('not-from-the-lan')
  if (to.type === 'internet') return nobody('not-into-the-internet')
  if (from.type === 'host' && to.type === 'host') return nobody('same-end')
  const ips = addressesFor(from, to, known)
  if (ips.length === 0) return nobody('no-address')
  if (from.type === 'host') return { by: 'host', ips }
  const back = to.type === 'host' ? ipsOf(from.machine) : []
  return { by: 'guest', machine: from.machine, ips, back }
}

/** Where `to` is met by `from`. */
function addressesFor(from: End, to: End, known: Known): string[] {
  switch (to.type) {
    case 'machine':
      return ipsOf(to.machine)
    case 'host':
      return from.type === 'machine' ? hostAddressesFor(from.machine, known) : []
    default: {
      const gateway = known.host.uplink?.gateway ?? null
      return gateway === null || gateway.includes(':') ? [] : [gateway]
    }
  }
}

const ipsOf = ({ nics }: Machine): string[] =>
  nics.flatMap(({ addresses }) => addresses.map(({ ip }) => ip)).filter((ip) => !ip.includes(':'))

/** The host's own addresses on what the machine is plugged into; on macvtap, those of the uplink. */
function hostAddressesFor({ nics }: Machine, { host, networks }: Known): string[] {
  const ofLink = (name: string | null): string[] =>
    host.links
      .filter((link) => link.name === name)
      .flatMap(({ addresses }) => addresses.filter(({ family }) => family === 4).map(({ ip }) => ip))
  const found = nics.flatMap(({ live }) => {
    if (live === null || live.type === 'other') return []
    if (live.type === 'bridge') return ofLink(live.bridge)
    const network =
      live.type === 'network'
        ? networks.find((one) => one.source === 'libvirt' && one.name === live.network)
        : undefined
    if (network?.source !== 'libvirt' || network.kind === 'macvtap') return ofLink(host.uplink?.link ?? null)
    if (network.kind === 'bridged') return ofLink(network.bridge)
    return network.subnets.filter(({ family }) => family === 4).map(({ address }) => address)
  })
  return [...new Set(found)]
}

const nobody = (gap: ProbeGap): Way => ({ by: 'nobody', gap })

/** The machines with addresses, for NICs that none is known of, at which the host has met them where they are plugged in. */
export const withMetAddresses = (
  machines: readonly Machine[],
  table: readonly IpNeighbour[],
  known: Known,
): Machine[] =>
  machines.map((machine) => ({
    ...machine,
    nics: machine.nics.map((nic) =>
      isLive(machine.state) && nic.addresses.length === 0
        ? { ...nic, addresses: met(nic, table, known).map(({ address }) => address) }
        : nic,
    ),
  }))

const met = ({ mac, live }: Nic, table: readonly IpNeighbour[], known: Known) =>
  metAt(table, { mac, where: whereaboutsOf(known, live) }, Date.now())
