import type { Document, Element } from '@xmldom/xmldom'
import type { AddressRange, DnsHost, Reservation } from '../../shared/world/world'
import {
  addElement,
  elementsOf,
  ensureElement,
  parseDocument,
  removeElements,
  serialize,
} from '../libvirt/dom'
import type { AddressedSpec, HostAddress, NetworkSpec } from './spec'

/** What is to be different in a network's XML; what is left out stays as it is, and null takes an element out. */
export interface NetworkEdits {
  subnet?: HostAddress & { dhcp: AddressRange | null }
  /** `ranges`: what its DHCP gives out, in the order that it has them; null takes out every IPv6 subnet. */
  ipv6?: (HostAddress & { ranges?: readonly AddressRange[] }) | null
  domain?: string | null
  mtu?: number | null
  isolatedPorts?: boolean
}

/** The XML of a new network (https://libvirt.org/formatnetwork.html). */
export function buildNetwork(spec: NetworkSpec): string {
  const { document, root } = parseDocument('<network/>', 'network')
  addElement(document, root, 'name').textContent = spec.name
  switch (spec.kind) {
    case 'very-isolated':
      addVirtualBridge(document, root, spec.bridge)
      edit(document, root, { mtu: spec.mtu, isolatedPorts: spec.isolatedPorts })
      break
    case 'bridged':
      addElement(document, root, 'forward', { mode: 'bridge' })
      addElement(document, root, 'bridge', { name: spec.bridge })
      edit(document, root, { isolatedPorts: spec.isolatedPorts })
      break
    case 'macvtap': {
      const forward = addElement(document, root, 'forward', { mode: spec.mode })
      for (const dev of spec.links) addElement(document, forward, 'interface', { dev })
      break
    }
    case 'nat':
    case 'isolated':
    case 'routed':
    case 'open':
      addForward(document, root, spec)
      addVirtualBridge(document, root, spec.bridge)
      if (!spec.dns) addElement(document, root, 'dns', { enable: 'no' })
      edit(document, root, spec)
  }
  return serialize(root)
}

/**
 * A bridge that libvirt makes. Its STP is on unless told otherwise, and with STP the kernel forwards for no new port in its
 * first 4 s (BR_MIN_FORWARD_DELAY twice, net/bridge/br_stp_if.c), which every machine that is switched there would wait for.
 */
function addVirtualBridge(document: Document, root: Element, name: string): void {
  addElement(document, root, 'bridge', { name, stp: 'off', delay: '0' })
}

const FORWARD_MODES = { nat: 'nat', routed: 'route', open: 'open' } as const

function addForward(document: Document, root: Element, { kind, via }: AddressedSpec): void {
  if (kind !== 'isolated') addElement(document, root, 'forward', { mode: FORWARD_MODES[kind], dev: via })
}

/** The same network with some things different. @throws PatchbayError `protocol` when it is no network */
export function editNetwork(xml: string, edits: NetworkEdits): string {
  const { document, root } = parseDocument(xml, 'network')
  edit(document, root, edits)
  return serialize(root)
}

function edit(document: Document, root: Element, edits: NetworkEdits): void {
  const { subnet, ipv6, domain, mtu, isolatedPorts } = edits
  if (mtu !== undefined) setAttribute(document, root, 'mtu', 'size', mtu === null ? null : String(mtu))
  if (domain !== undefined) setAttribute(document, root, 'domain', 'name', domain)
  if (isolatedPorts !== undefined)
    setAttribute(document, root, 'port', 'isolated', isolatedPorts ? 'yes' : null)
  if (subnet !== undefined) setSubnet(document, root, subnet)
  if (ipv6 !== undefined) setIpv6(document, root, ipv6)
}

/** Says it in the element of that name, or takes the element out. */
function setAttribute(
  document: Document,
  root: Element,
  name: string,
  key: string,
  value: string | null,
): void {
  if (value === null) removeElements(root, name)
  else ensureElement(document, root, name).setAttribute(key, value)
}

function setSubnet(
  document: Document,
  root: Element,
  { address, prefix, dhcp }: NonNullable<NetworkEdits['subnet']>,
): void {
  const ip = ipv4Of(root) ?? addElement(document, root, 'ip')
  setAddress(ip, { address, prefix })
  const old = elementsOf(ip, 'dhcp')[0]
  const [range, ...more] = old ? elementsOf(old, 'range') : []
  for (const one of dhcp === null && range ? [range, ...more] : more) old?.removeChild(one)
  if (dhcp === null) return
  const kept = range ?? addElement(document, old ?? addElement(document, ip, 'dhcp'), 'range')
  setRange(kept, dhcp)
}

function setRange(range: Element, { start, end }: AddressRange): void {
  range.setAttribute('start', start)
  range.setAttribute('end', end)
}

function setAddress(ip: Element, { address, prefix }: HostAddress): void {
  ip.removeAttribute('netmask')
  ip.setAttribute('address', address)
  ip.setAttribute('prefix', String(prefix))
}

/**
 * Sets the first IPv6 subnet, or takes out all of them. A NAT network's private IPv6 goes through NAT, too, since nobody routes it back;
 * global addresses are routed.
 */
function setIpv6(document: Document, root: Element, next: NonNullable<NetworkEdits['ipv6']> | null): void {
  const old = elementsOf(root, 'ip').filter(isIpv6)
  if (next === null) {
    for (const ip of old) root.removeChild(ip)
  } else {
    const ip = old[0] ?? addElement(document, root, 'ip', { family: 'ipv6' })
    setAddress(ip, next)
    const ranges = elementsOf(ip, 'dhcp').flatMap((dhcp) => elementsOf(dhcp, 'range'))
    for (const [index, range] of (next.ranges ?? []).entries()) {
      const element = ranges[index]
      if (element) setRange(element, range)
    }
  }
  const [forward] = elementsOf(root, 'forward')
  const left = elementsOf(root, 'ip').filter(isIpv6)
  if (forward && (forward.getAttribute('mode') ?? 'nat') === 'nat') {
    setNat6(document, forward, left.some(isPrivate))
  }
}

const isPrivate = (ip: Element): boolean => /^f[cd]/i.test(ip.getAttribute('address') ?? '')

function setNat6(document: Document, forward: Element, isOn: boolean): void {
  if (isOn) {
    ensureElement(document, forward, 'nat').setAttribute('ipv6', 'yes')
    return
  }
  for (const nat of elementsOf(forward, 'nat')) {
    nat.removeAttribute('ipv6')
    if (nat.attributes.length === 0 && nat.childNodes.length === 0) forward.removeChild(nat)
  }
}

const isIpv6 = (ip: Element): boolean => ip.getAttribute('family') === 'ipv6'

/** The IPv4 `<ip>` with DHCP, of which libvirt allows one; else the first. */
function ipv4Of(root: Element): Element | undefined {
  const all = elementsOf(root, 'ip').filter((ip) => !isIpv6(ip))
  return all.find((ip) => elementsOf(ip, 'dhcp').length > 0) ?? all[0]
}

/** The `<range>` elements of the `<ip>` at this place, each as XML of its own. */
export function rangesIn(xml: string, index: number): string[] {
  const ip = elementsOf(parseDocument(xml, 'network').root, 'ip')[index]
  const dhcp = ip && elementsOf(ip, 'dhcp')[0]
  return dhcp ? elementsOf(dhcp, 'range').map(serialize) : []
}

/**
 * `<range>`, as virNetworkUpdate takes it.
 * @param like a range whose lease time is kept
 */
export function rangeXml(range: AddressRange, like = '<range/>'): string {
  const { root } = parseDocument(like, 'range')
  setRange(root, range)
  return serialize(root)
}

/** `<host>` of DHCP. */
export const reservationXml = ({ mac, name, ip }: Reservation): string =>
  standAlone('host', { mac, name, ip })

/** `<host>` of DNS. */
export function dnsHostXml({ ip, names }: DnsHost): string {
  const { document, root } = parseDocument('<host/>', 'host')
  root.setAttribute('ip', ip)
  for (const name of names) addElement(document, root, 'hostname').textContent = name
  return serialize(root)
}

function standAlone(name: string, attributes: Readonly<Record<string, string | null>>): string {
  const { root } = parseDocument(`<${name}/>`, name)
  for (const [key, value] of Object.entries(attributes)) if (value !== null) root.setAttribute(key, value)
  return serialize(root)
}
