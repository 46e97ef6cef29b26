import { MACVTAP_MODES, type Attachment, type MacvtapMode, type PlaceDetails } from '../../shared/world/world'
import { at, attribute, partOfXml, type XmlElement } from '../libvirt/xml'
import { say, type Text } from '../../shared/phrases/phrase'

/**
 * What an `<interface>` is plugged into (https://libvirt.org/formatdomain.html#network-interfaces).
 *
 * `<source network>` decides, whatever the type says: in the XML of a running machine, libvirt shows a network
 * that leads to a host bridge or link by what it leads to (`type='bridge'` or `'direct'`) and keeps the network's name.
 */
export function attachmentOfInterface(element: XmlElement): Attachment {
  const type = attribute(element, 'type') ?? 'unknown'
  const source = at(element, 'source')
  const network = attribute(source, 'network')
  if (network !== null) {
    const portGroup = attribute(source, 'portgroup')
    return {
      type: 'network',
      network,
      ...(portGroup !== null && { portGroup }),
      ...detailsOf(element, ['network', 'portgroup', ...CHOSEN_BY_LIBVIRT]),
    }
  }
  const bridge = attribute(source, 'bridge')
  if (type === 'bridge' && bridge !== null)
    return { type: 'bridge', bridge, ...detailsOf(element, ['bridge']) }
  const link = attribute(source, 'dev')
  if (type === 'direct' && link !== null) {
    const mode = modeOf(attribute(source, 'mode'))
    return { type: 'direct', link, mode, ...detailsOf(element, ['dev', 'mode']) }
  }
  return { type: 'other', description: describe(type, element) }
}

/**
 * Attributes of `<source>` that libvirt shows of a running NIC on a network, and nobody has written: its port there, and
 * what the network leads to (src/conf/domain_conf.c, virDomainActualNetDefContentsFormat).
 */
export const CHOSEN_BY_LIBVIRT = ['portid', 'bridge', 'macTableManager', 'dev', 'mode'] as const

/** @param known attributes of `<source>` that are told otherwise, or are nothing to keep */
function detailsOf(element: XmlElement, known: readonly string[]): PlaceDetails {
  const [source, virtualPort] = [at(element, 'source'), at(element, 'virtualport')]
  const rest = source && partOfXml(source, known)
  const saysMore = rest !== null && Object.keys(rest.attributes).length + rest.children.length > 0
  return {
    ...(virtualPort && { virtualPort: partOfXml(virtualPort) }),
    ...(saysMore && { more: rest }),
  }
}

/** libvirt takes `vepa` where no mode is written. */
const modeOf = (mode: string | null): MacvtapMode => MACVTAP_MODES.find((known) => known === mode) ?? 'vepa'

/** What a NIC uses that is no network, bridge or link of the host, as a noun. */
function describe(type: string, element: XmlElement): Text {
  const source = at(element, 'source')
  const named = (noun: Text, name: string | null): Text =>
    name === null ? noun : say('named-place', { noun, name })
  switch (type) {
    case 'user':
      return attribute(at(element, 'backend'), 'type') === 'passt'
        ? say('user-networking-passt')
        : say('user-networking')
    case 'hostdev':
      return hostDevice(source)
    case 'vhostuser':
      return named('vhost-user', attribute(source, 'path'))
    case 'vdpa':
      return named('vDPA', attribute(source, 'dev'))
    case 'ethernet':
      return named(say('noun-host-interface'), attribute(at(element, 'target'), 'dev'))
    case 'internal':
      return named(say('noun-internal-network'), attribute(source, 'name'))
    case 'mcast':
      return named(say('noun-multicast-group'), endOf(source))
    case 'udp':
      return named(say('noun-udp-tunnel-to'), endOf(source))
    case 'client':
      return named(say('noun-tcp-tunnel-to'), endOf(source))
    case 'server':
      return named(say('noun-tcp-tunnel-at'), endOf(source))
    case 'vds':
      return named(say('noun-vmware-switch'), attribute(source, 'switchid'))
    case 'null':
      return say('no-network-at-all')
    case 'network':
    case 'bridge':
      return say('without-name', { type })
    case 'direct':
      return say('macvtap-without-host-link')
    default:
      return type
  }
}

/** `10.0.0.1:5558`, or the port alone. */
function endOf(source: XmlElement | null): string | null {
  const parts = [attribute(source, 'address'), attribute(source, 'port')].filter((part) => part !== null)
  return parts.length === 0 ? null : parts.join(':')
}

/** A PCI device by its address, a USB device by its address or by what it is. */
function hostDevice(source: XmlElement | null): Text {
  const address = source && at(source, 'address')
  const usb = source && (usbIds(source) ?? usbAddress(address))
  if (usb !== null) return say('host-usb-device', { usb })
  const pci = pciAddress(address)
  return pci === null ? say('host-device') : say('named-place', { noun: say('host-device'), name: pci })
}

/** `0525:a4a1`: the vendor and the product. */
function usbIds(source: XmlElement): string | null {
  const [vendor, product] = ['vendor', 'product'].map((name) => hex(attribute(at(source, name), 'id'), 4))
  return vendor && product ? `${vendor}:${product}` : null
}

/** `1.4`: the bus and the device. */
function usbAddress(address: XmlElement | null): string | null {
  const [bus, device] = [attribute(address, 'bus'), attribute(address, 'device')]
  return bus === null || device === null ? null : `${bus}.${device}`
}

/** `0000:03:00.0`. */
function pciAddress(address: XmlElement | null): string | null {
  const part = (name: string, width: number): string | null => hex(attribute(address, name), width)
  const [domain, bus, slot, fn] = [
    part('domain', 4) ?? '0000',
    part('bus', 2),
    part('slot', 2),
    part('function', 1),
  ]
  return bus && slot && fn ? `${domain}:${bus}:${slot}.${fn}` : null
}

/** The digits of a number that libvirt writes as `0x…`, with zeros in front. */
const hex = (value: string | null, width: number): string | null =>
  value === null ? null : value.replace(/^0x/i, '').toLowerCase().padStart(width, '0')
