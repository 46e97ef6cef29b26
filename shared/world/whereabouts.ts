import ipaddr from 'ipaddr.js'
import type { Host, Link } from './host'
import { hasOwnBridge, type LibvirtNetwork, type Network } from './network'
import type { Attachment } from './machine'

/** Where a NIC is plugged in, as far as that decides which addresses can be its own there. */
export interface Whereabouts {
  /** The host's links among whose neighbours the NIC is; none where the host meets nobody, or is another computer. */
  links: readonly string[]
  /** The subnets that are known to be there. */
  subnets: readonly KnownSubnet[]
  /** Whether there can be no others: those of libvirt's own networks are all told. */
  complete: boolean
}

/** A subnet by any address in it. */
export interface KnownSubnet {
  address: string
  prefix: number
}

/** `outside`: somebody who has this address has it from elsewhere. `unknown`: nothing is known of subnets there. */
export type Fit = 'inside' | 'outside' | 'unknown'

/** Where an attachment leads on this host. On another computer's, `host` has no links, and only libvirt's networks are known. */
export function whereaboutsOf(
  { host, networks }: { host: Pick<Host, 'links'>; networks: readonly Network[] },
  attachment: Attachment | null,
): Whereabouts {
  switch (attachment?.type) {
    case 'network': {
      const network = libvirtNetworks(networks).find(({ name }) => name === attachment.network)
      return network === undefined ? NOWHERE : onNetwork(network, host)
    }
    case 'bridge': {
      const network = libvirtNetworks(networks).find(
        (one) => hasOwnBridge(one) && one.bridge === attachment.bridge,
      )
      return network === undefined ? onBridge(attachment.bridge, host) : onNetwork(network, host)
    }
    case 'direct':
      return onLinks([attachment.link], host)
    default:
      return NOWHERE
  }
}

/** Whether an address can be that of a NIC there. Loopback and link-local addresses never are: everybody has them, everywhere. */
export function fitOf(where: Pick<Whereabouts, 'subnets' | 'complete'>, ip: string): Fit {
  const address = parse(ip)
  if (address === null || NOBODYS.has(address.range())) return 'outside'
  const same = where.subnets.filter((subnet) => parse(subnet.address)?.kind() === address.kind())
  if (same.some((subnet) => contains(subnet, address))) return 'inside'
  return same.length > 0 || where.complete ? 'outside' : 'unknown'
}

/** The prefix length of the subnet that an address is in; that of the address alone where none is known. */
export function prefixAt({ subnets }: Pick<Whereabouts, 'subnets'>, ip: string): number {
  const address = parse(ip)
  if (address === null) return 32
  return subnets.find((subnet) => contains(subnet, address))?.prefix ?? hostPrefix(address)
}

const NOWHERE: Whereabouts = { links: [], subnets: [], complete: false }

/** Kinds of addresses, in ipaddr.js's words, that tell nothing of where somebody is. */
const NOBODYS: ReadonlySet<string> = new Set([
  'loopback',
  'linkLocal',
  'unspecified',
  'multicast',
  'broadcast',
])

const libvirtNetworks = (networks: readonly Network[]): LibvirtNetwork[] =>
  networks.filter((network): network is LibvirtNetwork => network.source === 'libvirt')

function onNetwork(network: LibvirtNetwork, host: Pick<Host, 'links'>): Whereabouts {
  if (network.kind === 'macvtap') return onLinks(network.links, host)
  if (network.bridge === null || network.kind === 'other') return NOWHERE
  if (network.kind === 'bridged') return onBridge(network.bridge, host)
  // Without an address of the host there, machines may use among themselves what they like.
  const complete = network.subnets.length > 0
  return { links: isHere(host) ? [network.bridge] : [], subnets: network.subnets, complete }
}

/** Another computer's links are not looked at; every computer has its loopback. */
const isHere = ({ links }: Pick<Host, 'links'>): boolean => links.length > 0

function onBridge(name: string, host: Pick<Host, 'links'>): Whereabouts {
  const links = host.links.filter((link) => link.name === name)
  return { links: links.map((link) => link.name), subnets: links.flatMap(subnetsOf), complete: false }
}

/** By macvtap: the host is in the same subnets, and meets who is there by a host access alone. */
function onLinks(names: readonly string[], host: Pick<Host, 'links'>): Whereabouts {
  const access = host.links.filter(({ kind, parent }) => kind === 'macvlan' && names.includes(parent ?? ''))
  const below = host.links.filter((link) => names.includes(link.name))
  return {
    links: access.map(({ name }) => name),
    subnets: [...access, ...below].flatMap(subnetsOf),
    complete: false,
  }
}

/** An address that is alone in its subnet tells of no other. */
const subnetsOf = ({ addresses }: Link): KnownSubnet[] =>
  addresses
    .filter(({ family, origin, prefix }) => origin !== 'link-local' && prefix < (family === 4 ? 32 : 128))
    .map(({ ip, prefix }) => ({ address: ip, prefix }))

type Ip = ipaddr.IPv4 | ipaddr.IPv6

function parse(text: string): Ip | null {
  return ipaddr.isValid(text) ? ipaddr.parse(text) : null
}

function contains({ address, prefix }: KnownSubnet, ip: Ip): boolean {
  const own = parse(address)
  return own !== null && own.kind() === ip.kind() && ip.match(own, prefix)
}

const hostPrefix = (ip: Ip): number => (ip.kind() === 'ipv4' ? 32 : 128)
