import type { Subnet } from '../../shared/world/network'
import { networkIdOf, partOf, type Attachment } from '../../shared/world/world'
import { t, inWords } from '../text'
import type { Place } from './places'

/** What a place is called: "LAN" for the bridge to it, else its own name. */
export function placeName(place: Place): string {
  if (place.isLan) return t.networks.lan
  return place.network === null ? t.networks.macvtapName(place.name) : place.name
}

/** The same inside a sentence: "joins the LAN at start". */
export const placeInSentence = (place: Place): string =>
  place.isLan || (place.network === null && place.leadsTo === 'router') ? t.networks.theLan : placeName(place)

/** The same for an attachment, also when what it names is not there. */
export function attachmentName(attachment: Attachment, places: readonly Place[]): string {
  const id = networkIdOf(attachment)
  const place = places.find((candidate) => candidate.id === id)
  return place === undefined ? attachmentDevice(attachment) : withPart(placeName(place), attachment)
}

/** The same for an attachment inside a sentence: "moved from the LAN". */
export function attachmentInSentence(attachment: Attachment, places: readonly Place[]): string {
  const place = places.find(({ id }) => id === networkIdOf(attachment))
  return place === undefined ? attachmentDevice(attachment) : withPart(placeInSentence(place), attachment)
}

/** “floor (staff)”: a port group of a network, or a profile at a switch. */
function withPart(name: string, attachment: Attachment): string {
  const part = partOf(attachment)
  return part === null ? name : t.networks.partOf(name, part)
}

/** The name that a person finds on the host: `br0` instead of "LAN". */
export function attachmentDevice(attachment: Attachment): string {
  switch (attachment.type) {
    case 'network':
      return withPart(attachment.network, attachment)
    case 'bridge':
      return withPart(attachment.bridge, attachment)
    case 'direct':
      return withPart(t.networks.macvtapName(attachment.link), attachment)
    case 'other':
      return inWords(attachment.description)
  }
}

/** `192.168.122.0/24`: the network that a host address belongs to. IPv6 keeps the address, which is as clear. */
export function subnetText({
  family,
  address,
  prefix,
}: Pick<Subnet, 'family' | 'address' | 'prefix'>): string {
  if (family === 6) return `${address}/${prefix}`
  const bits = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
  const size = 2 ** (32 - prefix)
  const base = Math.floor(bits / size) * size
  const parts = [24, 16, 8, 0].map((shift) => Math.floor(base / 2 ** shift) % 256)
  return `${parts.join('.')}/${prefix}`
}

/** The host's address as short as its subnet allows: `.1` in a /24. */
const shortHost = ({ family, address, prefix }: Subnet): string =>
  family === 4 && prefix >= 24 ? address.slice(address.lastIndexOf('.')) : address

/** One line about a place, as its card shows it. */
export function placeDetail(place: Place, uplinkNic: string | null): string {
  const { details } = t.networks
  const { network, reach } = place
  const { code } = reach.hostToMachine.reason
  const hasAccess = code === 'host-access' || code === 'no-address-known'
  const macvtap = hasAccess ? details.macvtapAccess : details.macvtap
  if (network === null) return macvtap
  if (!network.active) return details.stopped
  if (network.source === 'bridge') {
    if (network.ports === null) return details.bridgedUnseen
    if (network.onLan === true)
      return t.networks.lanCard(network.name, uplinkNic ?? network.ports[0] ?? network.name)
    return details.bridgedElsewhere(network.ports.join(', '))
  }
  const subnet = network.subnets[0]
  if (network.kind === 'macvtap') return macvtap
  if (network.kind === 'bridged') return details.bridged(network.bridge ?? network.name)
  if (subnet === undefined) return details.veryIsolated
  if (network.kind === 'isolated' && network.leases.length === 0)
    return details.isolated(subnetText(subnet), shortHost(subnet))
  return details.nat(subnetText(subnet), network.leases.length)
}
