import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseXml, type XmlElement } from '../../../electron/libvirt/xml'
import {
  extractInterface,
  linkOf,
  plugInto,
  withLink,
  type LinkState,
  type Pluggable,
} from '../../../electron/machines/interface-xml'
import { attachmentOfInterface } from '../../../electron/machines/attachment-xml'
import { toFailure } from '../../../shared/failure'
import { english } from '../../../shared/phrases/english'

const NAT: Pluggable = { type: 'network', network: 'default' }
const LAN: Pluggable = { type: 'bridge', bridge: 'br0' }

const read = (xml: string): XmlElement => parseXml(xml, 'interface')

/** Everything a switch must leave alone: all but the type, the source and the identity at a virtual switch. */
function rest(xml: string): object {
  const { attributes, children } = read(xml)
  return {
    attributes: { ...attributes, type: '' },
    children: children.filter(({ name }) => name !== 'source' && name !== 'virtualport').map(trimmed),
  }
}

const trimmed = ({ name, attributes, children, text }: XmlElement): object => ({
  name,
  attributes: { ...attributes },
  children: children.map(trimmed),
  text: text.trim(),
})

/** One of everything libvirt knows about a NIC on a network or bridge, and something it does not. */
const RICH = `<interface type='network' trustGuestRxFilters='yes' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>
  <mac address='52:54:00:12:34:56' type='static' check='no'/>
  <source network='default' portgroup='web' portid='910b82e8-976f-49d0-9cdd-43f676d0a674' bridge='virbr0'/>
  <virtualport type='openvswitch'><parameters interfaceid='09b11c53-8b5c-4eeb-8f00-d84eaa0aaa4f'/></virtualport>
  <vlan trunk='yes'><tag id='42' nativeMode='untagged'/><tag id='47'/></vlan>
  <bandwidth><inbound average='1000' peak='5000' burst='1024'/><outbound average='128'/></bandwidth>
  <target dev='web0'/>
  <guest dev='eth7'/>
  <model type='virtio'/>
  <driver name='vhost' txmode='iothread' ioeventfd='on' queues='5' rx_queue_size='256' packed='on'>
    <host csum='off' gso='off' tso4='off'/><guest csum='off' tso4='off'/>
  </driver>
  <backend tap='/dev/net/tun' vhost='/dev/vhost-net'/>
  <filterref filter='clean-traffic'><parameter name='IP' value='10.0.0.1'/></filterref>
  <tune><sndbuf>1600</sndbuf></tune>
  <link state='up'/>
  <mtu size='1400'/>
  <coalesce><rx><frames max='7'/></rx></coalesce>
  <port isolated='yes'/>
  <teaming type='persistent'/>
  <rom bar='on' file='/usr/share/rom.bin'/>
  <boot order='2'/>
  <acpi index='11'/>
  <alias name='ua-uplink'/>
  <qemu:quirk level='3'>&lt;as is &amp; always&gt;</qemu:quirk>
  <address type='pci' domain='0x0000' bus='0x01' slot='0x00' function='0x0'/>
</interface>`

describe('plugging in', () => {
  it.each([LAN, NAT, { type: 'network', network: 'a & b' } satisfies Pluggable])(
    'changes the place alone: %o',
    (to) => {
      const moved = plugInto(RICH, to)
      expect(rest(moved)).toEqual(rest(RICH))
      expect(attachmentOfInterface(read(moved))).toEqual(to)
      expect(read(moved).attributes.type).toBe(to.type)
    },
  )

  it('drops what belongs to the old place: port identity, port group, virtual port', () => {
    const moved = read(plugInto(RICH, LAN))
    const [source, ...more] = moved.children.filter(({ name }) => name === 'source')
    expect(more).toEqual([])
    expect({ ...source?.attributes }).toEqual({ bridge: 'br0' })
    expect(moved.children.map(({ name }) => name)).not.toContain('virtualport')
  })

  it('keeps the order of what is there', () => {
    const order = read(RICH)
      .children.map(({ name }) => name)
      .filter((name) => name !== 'virtualport')
    expect(read(plugInto(RICH, LAN)).children.map(({ name }) => name)).toEqual(order)
  })

  it('there and back gives what was there', () => {
    const plain = RICH.replace(/<virtualport.*<\/virtualport>/, '').replace(
      / portgroup='web' portid='[^']*' bridge='virbr0'/,
      '',
    )
    expect(trimmed(read(plugInto(plugInto(plain, LAN), NAT)))).toEqual(trimmed(read(plain)))
  })

  it('moves a saved NIC from macvtap as well', () => {
    const xml =
      "<interface type='direct'><mac address='52:54:00:00:00:01'/><source dev='eth0' mode='vepa'/></interface>"
    const [mac, source] = read(plugInto(xml, LAN)).children
    expect(mac?.attributes.address).toBe('52:54:00:00:00:01')
    expect({ ...source?.attributes }).toEqual({ bridge: 'br0' })
  })

  it('puts a source in where there was none', () => {
    const xml =
      "<interface type='bridge'><mac address='52:54:00:00:00:01'/><model type='virtio'/></interface>"
    expect(read(plugInto(xml, NAT)).children.map(({ name }) => name)).toEqual(['mac', 'source', 'model'])
  })

  it('leaves unknown elements alone, whatever they are', () => {
    const name = fc
      .stringMatching(/^[a-z][a-z0-9]{0,6}$/)
      .filter((tag) => !['source', 'virtualport', 'mac'].includes(tag))
    const attributes = fc.dictionary(name, fc.string({ unit: 'grapheme-ascii' }), { maxKeys: 3 })
    const child = fc.record({ name, attributes, text: fc.string({ unit: 'grapheme-ascii' }) })
    fc.assert(
      fc.property(fc.array(child, { maxLength: 6 }), fc.constantFrom(NAT, LAN), (children, to) => {
        const inside = children.map(
          (one) =>
            `<${one.name}${Object.entries(one.attributes)
              .map(([key, value]) => ` ${key}="${escape(value)}"`)
              .join('')}>${escape(one.text)}</${one.name}>`,
        )
        const xml = `<interface type='network'><mac address='x'/><source network='n'/>${inside.join('')}</interface>`
        expect(rest(plugInto(xml, to))).toEqual(rest(xml))
      }),
    )
  })
})

const escape = (text: string): string => text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`)

describe('the link', () => {
  it.each<LinkState>(['up', 'down', 'unset'])('is read as it is set: %s', (state) => {
    expect(linkOf(withLink(RICH, state))).toBe(state)
    const without = (xml: string): object[] =>
      read(xml)
        .children.filter(({ name }) => name !== 'link')
        .map(trimmed)
    expect(without(withLink(RICH, state))).toEqual(without(RICH))
  })

  it('can be added to a NIC that says nothing of it, and taken out again', () => {
    const xml = "<interface type='bridge'><mac address='x'/></interface>"
    expect(linkOf(xml)).toBe('unset')
    expect(linkOf(withLink(xml, 'down'))).toBe('down')
    expect(trimmed(read(withLink(withLink(xml, 'down'), 'unset')))).toEqual(trimmed(read(xml)))
  })
})

describe('taking a NIC out of a machine', () => {
  const domain = (...interfaces: string[]): string =>
    `<domain type='kvm' xmlns:qemu='urn:q'><metadata><interface><mac address='52:54:00:00:00:01'/></interface></metadata><devices>${interfaces.join('')}</devices></domain>`
  const nic = (mac: string, bridge: string): string =>
    `<interface type='bridge'><mac address='${mac}'/><source bridge='${bridge}'/><qemu:x/></interface>`

  it('finds it by its MAC, in either case, and keeps namespaces declared', () => {
    const xml = domain(nic('52:54:00:00:00:01', 'br1'), nic('52:54:00:AA:00:02', 'br2'))
    const found = extractInterface(xml, '52:54:00:aa:00:02') ?? ''
    expect(attachmentOfInterface(read(found))).toEqual({ type: 'bridge', bridge: 'br2' })
    expect(found).toContain('xmlns:qemu="urn:q"')
  })

  it('finds none where none has the MAC', () => {
    expect(extractInterface(domain(nic('52:54:00:00:00:01', 'br1')), '52:54:00:00:00:09')).toBeNull()
  })

  it('refuses to choose between two with the same MAC', () => {
    const xml = domain(nic('52:54:00:00:00:01', 'br1'), nic('52:54:00:00:00:01', 'br2'))
    let failure = null
    try {
      extractInterface(xml, '52:54:00:00:00:01')
    } catch (thrown) {
      failure = toFailure(thrown)
    }
    expect(failure).toMatchObject({ code: 'refused' })
    expect(english(failure?.message ?? '')).toContain('2 network cards')
  })
})
