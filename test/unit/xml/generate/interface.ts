import fc, { type Arbitrary } from 'fast-check'
import { MACVTAP_MODES, type Attachment } from '../../../../shared/world/world'
import { bandwidth, isolated, mtu, route, virtualport, vlan } from './common'
import { element, interleaved, maybe, type Markup } from './markup'
import { ipv4, linkName, mac, onOff, orNull, port, text, uuid, visibleText, yesNo } from './text'

/** An `<interface>`, and what a reader has to make of it; of what is not switched, that it is not. */
export interface GeneratedInterface {
  markup: Markup
  mac: string
  model: string | null
  alias: string | null
  tap: string | null
  linkUp: boolean
  attachment: Exclude<Attachment, { type: 'other' }> | 'other'
}

interface Plugged {
  type: string
  source: readonly Markup[]
  attachment: GeneratedInterface['attachment']
}

const source = (attributes: Parameters<typeof element>[1], ...children: Markup[]): readonly Markup[] => [
  element('source', attributes, ...children),
]

const fixed = (type: string, sources: Arbitrary<readonly Markup[]>): Arbitrary<Plugged> =>
  sources.map((one) => ({ type, source: one, attachment: 'other' }))

const live = fc.record({ portgroup: orNull(visibleText), portid: orNull(uuid) })

/** What libvirt and versions of it to come may say of a place besides its name. */
const moreAttributes = fc.record({ future: orNull(visibleText), zone: orNull(linkName) })
const moreElements = interleaved(
  maybe(ipv4.map((address) => element('ip', { address, prefix: 24 }))),
  maybe(
    fc
      .tuple(linkName, visibleText)
      .map(([key, value]) => element('future', { key }, element('deep', { value }))),
  ),
)
const more = fc.tuple(moreAttributes, moreElements)

const switched: readonly Arbitrary<Plugged>[] = [
  fc
    .tuple(visibleText, live, orNull(linkName), fc.constantFrom('network', 'bridge', 'direct'), more)
    .map(([name, { portgroup, portid }, led, type, [attributes, children]]) => ({
      type,
      source: source(
        { network: name, portgroup, portid, [type === 'direct' ? 'dev' : 'bridge']: led, ...attributes },
        ...children,
      ),
      attachment: { type: 'network', network: name, ...(portgroup !== null && { portGroup: portgroup }) },
    })),
  fc.tuple(visibleText, more).map(([bridge, [attributes, children]]) => ({
    type: 'bridge',
    source: source({ bridge, ...attributes }, ...children),
    attachment: { type: 'bridge', bridge },
  })),
  fc
    .tuple(linkName, orNull(fc.constantFrom(...MACVTAP_MODES)), more)
    .map(([link, mode, [attributes, children]]) => ({
      type: 'direct',
      source: source({ dev: link, mode, ...attributes }, ...children),
      attachment: { type: 'direct', link, mode: mode ?? 'vepa' },
    })),
]

const end = fc.record({ address: ipv4, port })
const pciSource = fc.tuple(fc.nat(255), fc.nat(31), fc.nat(7)).map(([bus, slot, fn]) =>
  source(
    {},
    element('address', {
      type: 'pci',
      domain: '0x0',
      bus: `0x${bus.toString(16)}`,
      slot: `0x${slot.toString(16)}`,
      function: `0x${fn}`,
    }),
  ),
)
const none: Arbitrary<readonly Markup[]> = fc.constant([])

const other: readonly Arbitrary<Plugged>[] = [
  fixed(
    'user',
    fc.oneof(
      none,
      linkName.map((dev) => source({ dev })),
    ),
  ),
  fixed(
    'ethernet',
    fc.oneof(
      none,
      ipv4.map((address) => source({}, element('ip', { address }))),
    ),
  ),
  fixed(
    'hostdev',
    fc.oneof(
      pciSource,
      fc.constant(source({}, element('vendor', { id: '0x1' }), element('product', { id: '0x2' }))),
    ),
  ),
  fixed(
    'internal',
    linkName.map((name) => source({ name })),
  ),
  fixed(
    'vhostuser',
    text.map((path) =>
      source({ type: 'unix', path, mode: 'client' }, element('reconnect', { enabled: 'yes', timeout: 3 })),
    ),
  ),
  fixed(
    'vdpa',
    linkName.map((dev) => source({ dev })),
  ),
  fixed(
    'udp',
    end.map((one) => source(one, element('local', one))),
  ),
  ...['mcast', 'client', 'server'].map((type) =>
    fixed(
      type,
      end.map((one) => source(one)),
    ),
  ),
  fixed('null', none),
  fixed(
    'vds',
    uuid.map((switchid) => source({ switchid, portid: 1, portgroupid: 'g', connectionid: 2 })),
  ),
  fixed('bridge', none),
  fixed(
    'newer',
    linkName.map((wire) => source({ wire })),
  ),
]

const offloads = fc.record({ csum: orNull(onOff), gso: orNull(onOff), tso4: orNull(onOff) })
const extras = interleaved(
  maybe(bandwidth),
  maybe(vlan),
  maybe(virtualport),
  maybe(mtu),
  maybe(isolated),
  fc.array(route, { maxLength: 1 }),
  fc.array(
    ipv4.map((address) => element('ip', { address, prefix: 24 })),
    { maxLength: 2 },
  ),
  maybe(
    fc
      .tuple(orNull(fc.nat(9)), offloads)
      .map(([queues, host]) => element('driver', { queues }, element('host', host))),
  ),
  maybe(text.map((path) => element('script', { path }))),
  maybe(linkName.map((dev) => element('guest', { dev }))),
  maybe(
    text.map((value) =>
      element('filterref', { filter: 'clean-traffic' }, element('parameter', { name: 'IP', value })),
    ),
  ),
  maybe(fc.constant(element('backend', { type: 'passt' }))),
  maybe(fc.nat(9999).map((bytes) => element('tune', {}, element('sndbuf', {}, String(bytes))))),
  maybe(
    fc.nat(9).map((frames) => element('coalesce', {}, element('rx', {}, element('frames', { max: frames })))),
  ),
  maybe(fc.constant(element('portForward', { proto: 'tcp' }, element('range', { start: 22, to: 2022 })))),
  maybe(fc.nat(9).map((order) => element('boot', { order }))),
  maybe(text.map((file) => element('rom', { file }))),
  maybe(fc.constant(element('teaming', { type: 'persistent' }))),
  maybe(fc.nat(99).map((index) => element('acpi', { index }))),
  maybe(
    fc.constant(
      element('address', { type: 'pci', domain: '0x0000', bus: '0x01', slot: '0x00', function: '0x0' }),
    ),
  ),
)

const own = fc.record({
  mac,
  model: orNull(linkName),
  alias: orNull(linkName),
  tap: orNull(linkName),
  link: orNull(fc.constantFrom('up', 'down')),
  trust: orNull(yesNo),
})

/** `<interface>` of every type, with all that the schema knows (libvirt, domaincommon.rng). */
const interfaceOf = (places: readonly Arbitrary<Plugged>[]): Arbitrary<GeneratedInterface> =>
  fc.tuple(fc.oneof(...places), own, extras).chain(([{ type, source: from, attachment }, card, more]) =>
    interleaved(
      fc.constant([
        element('mac', { address: card.mac }),
        ...from,
        ...(card.model === null ? [] : [element('model', { type: card.model })]),
        ...(card.alias === null ? [] : [element('alias', { name: card.alias })]),
        ...(card.tap === null ? [] : [element('target', { dev: card.tap })]),
        ...(card.link === null ? [] : [element('link', { state: card.link })]),
      ]),
      fc.constant(more),
    ).map((children) => ({
      markup: element('interface', { type, trustGuestRxFilters: card.trust }, ...children),
      mac: card.mac,
      model: card.model,
      alias: card.alias,
      tap: card.tap,
      linkUp: card.link !== 'down',
      attachment,
    })),
  )

export const switchedInterface = interfaceOf(switched)
export const anyInterface = interfaceOf([...switched, ...other])
