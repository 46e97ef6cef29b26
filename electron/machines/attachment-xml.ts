import { MACVTAP_MODES, type Attachment, type MacvtapMode } from '../../shared/world'
import { at, attribute, type XmlElement } from '../libvirt/xml'

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
  if (network !== null) return { type: 'network', network }
  const bridge = attribute(source, 'bridge')
  if (type === 'bridge' && bridge !== null) return { type: 'bridge', bridge }
  const link = attribute(source, 'dev')
  if (type === 'direct' && link !== null) {
    return { type: 'direct', link, mode: modeOf(attribute(source, 'mode')) }
  }
  return { type: 'other', description: describe(type, element) }
}

/** libvirt takes `vepa` where no mode is written. */
const modeOf = (mode: string | null): MacvtapMode => MACVTAP_MODES.find((known) => known === mode) ?? 'vepa'

function describe(type: string, element: XmlElement): string {
  const backend = attribute(at(element, 'backend'), 'type')
  const source = at(element, 'source')
  switch (type) {
    case 'user':
      return backend === 'passt' ? 'user networking (passt)' : 'user networking'
    case 'hostdev':
      return `host device ${pciAddress(at(element, 'source', 'address')) ?? ''}`.trim()
    case 'vhostuser':
      return `vhost-user ${attribute(source, 'path') ?? ''}`.trim()
    case 'ethernet':
      return `host interface ${attribute(at(element, 'target'), 'dev') ?? ''}`.trim()
    default:
      return type
  }
}

/** `0000:03:00.0`, from the hexadecimal parts that libvirt writes. */
function pciAddress(address: XmlElement | null): string | null {
  const digits = (name: string, width: number): string | null => {
    const value = attribute(address, name)
    return value === null ? null : value.replace(/^0x/, '').padStart(width, '0')
  }
  const parts = [digits('domain', 4), digits('bus', 2), digits('slot', 2), digits('function', 1)]
  const [domain, bus, slot, fn] = parts
  return parts.includes(null) ? null : `${domain ?? ''}:${bus ?? ''}:${slot ?? ''}.${fn ?? ''}`
}
