import ipaddr from 'ipaddr.js'
import type { Host } from './host'
import {
  attachmentOf,
  networkIdOf,
  type Attachment,
  type Machine,
  type Nic,
  type NicAddress,
} from './machine'
import type { Network } from './network'

/** What tells which addresses belong where: the subnets of networks, and the host's own addresses on its links. */
export interface Subnets {
  networks: readonly Network[]
  host: Pick<Host, 'links'>
}

/** The addresses of a NIC that belong to what it is plugged into now. */
export type AddressesHere = (nic: Nic) => readonly NicAddress[]

type Ip = ipaddr.IPv4 | ipaddr.IPv6
type Range = [Ip, number]

/**
 * Tells apart what a NIC has here from what it kept from elsewhere, which nobody here answers: a guest keeps its address until
 * it asks for one again, and its agent or a neighbour table tells that one meanwhile. An address belongs here when it lies in
 * a subnet of this network. On a network of libvirt nothing else does; on a LAN, which may have subnets that this host has no
 * part in, whatever lies in no other network that is known.
 * @returns a function for many NICs of one World: subnets are read once
 */
export function addressesHere({ networks, host }: Subnets): AddressesHere {
  const ofLibvirt = new Map(networks.map((network) => [network.id, rangesOf(network)]))
  const ofLinks = new Map(
    host.links.map(({ name, addresses }) => [
      name,
      addresses.flatMap(({ ip, prefix, origin }) => (origin === 'link-local' ? [] : rangeOf(ip, prefix))),
    ]),
  )
  // A tunnel's range is often far wider than what is behind it.
  const near = host.links.filter(({ kind }) => kind !== 'tunnel' && kind !== 'ppp')
  const all = [...ofLibvirt.values(), ...near.map(({ name }) => ofLinks.get(name) ?? [])].flat()

  function rangesAt(attachment: Attachment): { own: readonly Range[]; isLibvirts: boolean } {
    const own = ofLibvirt.get(networkIdOf(attachment) ?? '') ?? []
    if (own.length > 0) return { own, isLibvirts: true }
    const links = linksOf(attachment, networks)
    // A NIC may be plugged into a network's virtual bridge by the bridge's name.
    const served = networks.find(
      (network) => network.source === 'libvirt' && network.bridge !== null && links.includes(network.bridge),
    )
    const ranges = served === undefined ? [] : (ofLibvirt.get(served.id) ?? [])
    if (ranges.length > 0) return { own: ranges, isLibvirts: true }
    const carriers = links.flatMap((name) => {
      const master = host.links.find((link) => link.name === name)?.master
      return master == null ? [name] : [name, master]
    })
    return { own: carriers.flatMap((name) => ofLinks.get(name) ?? []), isLibvirts: false }
  }

  return (nic) => {
    const attachment = attachmentOf(nic)
    if (attachment === null || nic.addresses.length === 0) return []
    const { own, isLibvirts } = rangesAt(attachment)
    return nic.addresses.filter(({ ip }) => {
      const address = parse(ip)
      // What is no address is nobody's: a guest's agent may say anything.
      if (address === null) return false
      if (own.some((range) => isIn(address, range))) return true
      const isKnownFamily = own.some(([of]) => of.kind() === address.kind())
      if (isLibvirts && isKnownFamily) return false
      return !all.some((range) => isIn(address, range))
    })
  }
}

/** The address that stands for several: the first IPv4 one, else any. */
export const mainOf = (addresses: readonly NicAddress[]): NicAddress | null =>
  addresses.find(({ ip }) => !ip.includes(':')) ?? addresses[0] ?? null

/**
 * The address of a machine on one network: of the NICs that are plugged in there, and never one that it has elsewhere.
 * @param network the network's key in the World
 */
export function addressAt(
  { nics }: Pick<Machine, 'nics'>,
  network: string,
  here: AddressesHere,
): string | null {
  const there = nics.filter((nic) => {
    const attachment = attachmentOf(nic)
    return attachment !== null && networkIdOf(attachment) === network
  })
  return mainOf(there.flatMap(here))?.ip ?? null
}

const rangesOf = (network: Network): Range[] =>
  network.source === 'libvirt'
    ? network.subnets.flatMap(({ address, prefix }) => rangeOf(address, prefix))
    : []

/** The host's links that lead to where an attachment is. */
function linksOf(attachment: Attachment, networks: readonly Network[]): readonly string[] {
  switch (attachment.type) {
    case 'bridge':
      return [attachment.bridge]
    case 'direct':
      return [attachment.link]
    case 'network': {
      const network = networks.find((one) => one.source === 'libvirt' && one.name === attachment.network)
      if (network?.source !== 'libvirt') return []
      return network.bridge === null ? network.links : [network.bridge, ...network.links]
    }
    case 'other':
      return []
  }
}

const parse = (ip: string): Ip | null => (ipaddr.isValid(ip) ? ipaddr.parse(ip) : null)

/** A single address (`/32`, `/128`) says nothing of a network. */
function rangeOf(ip: string, prefix: number): Range[] {
  const address = parse(ip)
  if (address === null || prefix >= (address.kind() === 'ipv4' ? 32 : 128)) return []
  return [[address, prefix]]
}

const isIn = (address: Ip, [network, prefix]: Range): boolean =>
  address.kind() === network.kind() && address.match(network, prefix)
