import fc, { type Arbitrary } from 'fast-check'
import type { NetworkKind } from '../../../../shared/world/world'
import { bandwidth, isolated, metadata, mtu, route, virtualport, vlan } from './common'
import { dns, subnet, type GeneratedSubnet } from './network-parts'
import { element, interleaved, maybe, type Markup } from './markup'
import { ipv4, linkName, mac, onOff, orNull, port, text, uuid, visibleText, yesNo } from './text'

/** A network, and what a reader has to make of it. */
export interface GeneratedNetwork {
  markup: Markup
  name: string
  kind: NetworkKind
  bridge: string | null
  links: readonly string[]
  subnets: readonly GeneratedSubnet['expected'][]
}

interface Forward {
  markup: readonly Markup[]
  /** Its kind, told whether there is a bridge and an address. */
  kind: (bridge: string | null, addressed: boolean) => NetworkKind
  links: readonly string[]
}

const forwarding = (
  mode: string | null,
  kind: Forward['kind'],
  inside: Arbitrary<readonly Markup[]>,
  links: Arbitrary<readonly string[]> = fc.constant([]),
): Arbitrary<Forward> =>
  fc.tuple(orNull(linkName), links, inside, orNull(yesNo)).map(([dev, pool, children, managed]) => ({
    markup: [
      element(
        'forward',
        { mode, dev, managed },
        ...pool.map((link) => element('interface', { dev: link })),
        ...children,
      ),
    ],
    kind,
    links: [...new Set([...(dev === null ? [] : [dev]), ...pool])],
  }))

const nat = fc
  .tuple(orNull(yesNo), orNull(fc.tuple(ipv4, ipv4)), orNull(fc.tuple(port, port)))
  .map(([ipv6, range, ports]) =>
    element(
      'nat',
      { ipv6 },
      ...(range ? [element('address', { start: range[0], end: range[1] })] : []),
      ...(ports ? [element('port', { start: ports[0], end: ports[1] })] : []),
    ),
  )

const pci = fc.tuple(fc.nat(255), fc.nat(31), fc.nat(7)).map(([bus, slot, fn]) =>
  element('address', {
    type: 'pci',
    domain: '0x0000',
    bus: `0x${bus.toString(16)}`,
    slot: `0x${slot.toString(16)}`,
    function: `0x${fn}`,
  }),
)

const nothing = fc.constant([])
const pool = fc.array(linkName, { maxLength: 4 })
const isolatedKind = (_bridge: string | null, addressed: boolean): NetworkKind =>
  addressed ? 'isolated' : 'very-isolated'

/** Every `<forward>`, and none. */
const forward: Arbitrary<Forward> = fc.oneof(
  fc.constant({ markup: [], kind: isolatedKind, links: [] }),
  forwarding('none', isolatedKind, nothing),
  forwarding('nat', () => 'nat', maybe(nat)),
  forwarding(null, () => 'nat', maybe(nat)),
  forwarding('route', () => 'routed', nothing, pool),
  forwarding('open', () => 'open', nothing),
  forwarding('bridge', (bridge) => (bridge === null ? 'macvtap' : 'bridged'), nothing, pool),
  ...['vepa', 'private', 'passthrough'].map((mode) => forwarding(mode, () => 'macvtap', nothing, pool)),
  forwarding('hostdev', () => 'other', fc.oneof(nothing, fc.array(pci, { maxLength: 3 }))),
  forwarding('warp', () => 'other', nothing),
)

const bridge = fc.record({
  name: orNull(linkName),
  stp: orNull(onOff),
  delay: orNull(fc.nat(9)),
  zone: orNull(linkName),
})

const portgroup = fc
  .tuple(linkName, orNull(yesNo), interleaved(maybe(virtualport), maybe(bandwidth), maybe(vlan)))
  .map(([name, isDefault, children]) => element('portgroup', { name, default: isDefault }, ...children))

const options = fc
  .array(text, { maxLength: 3 })
  .map((values) =>
    element(
      'd:options',
      { 'xmlns:d': 'http://libvirt.org/schemas/network/dnsmasq/1.0' },
      ...values.map((value) => element('d:option', { value })),
    ),
  )

const extras = interleaved(
  maybe(metadata),
  maybe(visibleText.map((title) => element('title', {}, title))),
  maybe(mtu),
  maybe(mac.map((address) => element('mac', { address }))),
  maybe(virtualport),
  fc.array(portgroup, { maxLength: 2 }),
  maybe(fc.tuple(linkName, orNull(yesNo)).map(([name, localOnly]) => element('domain', { name, localOnly }))),
  maybe(dns),
  maybe(bandwidth),
  maybe(vlan),
  maybe(isolated),
  fc.array(route, { maxLength: 2 }),
  maybe(options),
)

/** `<network>` with all that the schema knows (libvirt, network.rng). */
export const network: Arbitrary<GeneratedNetwork> = fc
  .record({
    name: visibleText,
    uuid: orNull(uuid),
    forward,
    bridge: orNull(bridge),
    subnets: fc.array(subnet, { maxLength: 3 }),
    extras,
    attributes: fc.record({
      ipv6: orNull(yesNo),
      connections: orNull(fc.nat(9)),
      trustGuestRxFilters: orNull(yesNo),
    }),
  })
  .chain(({ name, uuid: id, forward: way, bridge: over, subnets, extras: more, attributes }) => {
    const expected = subnets.flatMap((one) => (one.expected === null ? [] : [one.expected]))
    const bridgeName = over?.name ?? null
    return interleaved(
      fc.constant([element('name', {}, name), ...(id === null ? [] : [element('uuid', {}, id)])]),
      fc.constant([...way.markup, ...(over === null ? [] : [element('bridge', over)])]),
      fc.constant(more),
    ).map((children) => ({
      // Subnets stay in their order, which the model has as well.
      markup: element('network', attributes, ...children, ...subnets.map(({ markup }) => markup)),
      name,
      kind: way.kind(bridgeName, expected.length > 0),
      bridge: bridgeName,
      links: way.links,
      subnets: expected,
    }))
  })
