import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseXml, type XmlElement } from '../../../electron/libvirt/xml'
import {
  dnsHostXml,
  editNetwork,
  rangeXml,
  reservationXml,
  type NetworkEdits,
} from '../../../electron/networks/edit-xml'
import { parseNetwork } from '../../../electron/networks/network-xml'

/** What libvirt wrote, with much that Patchbay knows nothing of. */
const ODD = `<network xmlns:dnsmasq='http://libvirt.org/schemas/network/dnsmasq/1.0' connections='2' ipv6='yes'>
  <name>odd</name><uuid>0b1690dc-a020-4534-8692-479c8a8b4e7c</uuid>
  <!-- kept -->
  <metadata><a:note xmlns:a="urn:a" level="1">say &amp; keep</a:note></metadata>
  <forward mode='nat' dev='enp3s0'><nat><address start='10.77.0.9' end='10.77.0.10'/><port start='1' end='9'/></nat></forward>
  <bridge name='virbr7' stp='off' delay='3' zone='lab' macTableManager='libvirt'/>
  <mac address='52:54:00:72:cc:d5'/><future key='v'><x/></future>
  <dns forwardPlainNames='no'><txt name='t' value='v'/><host ip='10.5.0.9'><hostname>db</hostname></host></dns>
  <bandwidth><inbound average='1000'/></bandwidth>
  <portgroup name='p' default='yes'><vlan><tag id='4'/></vlan></portgroup>
  <ip address='10.4.0.1' prefix='24'/>
  <ip address='10.5.0.1' netmask='255.255.255.0' localPtr='yes'><tftp root='/srv'/>
    <dhcp><range start='10.5.0.2' end='10.5.0.9'/><range start='10.5.0.20' end='10.5.0.29'><lease expiry='5'/></range>
      <host mac='52:54:00:00:00:01' ip='10.5.0.50'/><bootp file='pxe'/></dhcp></ip>
  <route address='10.6.0.0' prefix='24' gateway='10.5.0.7'/>
  <dnsmasq:options><dnsmasq:option value='log-queries'/></dnsmasq:options>
</network>`

/** Everything in a document but the white space between elements. */
const canonical = ({ name, attributes, children, text }: XmlElement): unknown => [
  name,
  Object.entries(attributes).sort(),
  text.trim(),
  children.map(canonical),
]
const meaning = (xml: string): unknown => canonical(parseXml(xml, 'network'))

describe('editing a network', () => {
  it('without changes leaves all as it was, comments as well', () => {
    const same = editNetwork(ODD, {})
    expect(meaning(same)).toEqual(meaning(ODD))
    expect(same).toContain('<!-- kept -->')
  })

  it('and putting back what was there leaves everything as it was', () => {
    const there: NetworkEdits = { domain: null, mtu: null, isolatedPorts: false, ipv6: null }
    const edits: NetworkEdits = {
      domain: 'lab.test',
      mtu: 1400,
      isolatedPorts: true,
      ipv6: { address: 'fd00::1', prefix: 64 },
    }
    const changed = editNetwork(ODD, edits)
    expect(parseNetwork(changed)).toMatchObject({ domain: 'lab.test', mtu: 1400, isolatedPorts: true })
    expect(changed).toContain('ipv6="yes"')
    expect(meaning(editNetwork(changed, there))).toEqual(meaning(ODD))
  })

  it('of the subnet changes that with DHCP, and keeps the rest of it', () => {
    const subnet = { address: '10.9.0.1', prefix: 16, dhcp: { start: '10.9.1.1', end: '10.9.1.9' } }
    const xml = editNetwork(ODD, { subnet })
    expect(parseNetwork(xml).subnets).toEqual([
      { family: 4, address: '10.4.0.1', prefix: 24, dhcp: null, reservations: [] },
      {
        family: 4,
        ...subnet,
        reservations: [{ mac: '52:54:00:00:00:01', name: null, ip: '10.5.0.50' }],
      },
    ])
    for (const kept of ["root='/srv'", "localPtr='yes'", "file='pxe'"])
      expect(xml.replaceAll('"', "'")).toContain(kept)
    expect(xml).not.toContain('netmask')
  })

  it('keeps what it knows nothing of, whatever is edited', () => {
    const anyEdits = fc.record<NetworkEdits>(
      {
        domain: fc.constantFrom(null, 'a.test'),
        mtu: fc.constantFrom(null, 1400),
        isolatedPorts: fc.boolean(),
        ipv6: fc.constantFrom(null, { address: 'fd00::1', prefix: 64 }),
        subnet: fc.constant({ address: '10.9.0.1', prefix: 24, dhcp: null }),
      },
      { requiredKeys: [] },
    )
    const unknown = [
      'metadata',
      'bridge',
      'mac',
      'future',
      'dns',
      'bandwidth',
      'portgroup',
      'route',
      'dnsmasq:options',
    ]
    const partsOf = (xml: string) =>
      parseXml(xml, 'network')
        .children.filter(({ name }) => unknown.includes(name))
        .map(canonical)
    fc.assert(
      fc.property(fc.array(anyEdits, { maxLength: 4 }), (all) => {
        expect(partsOf(all.reduce(editNetwork, ODD))).toEqual(partsOf(ODD))
      }),
    )
  })
})

describe('the elements of a live update', () => {
  it('escape what is in them, and leave out what is not said', () => {
    expect(rangeXml({ start: '10.0.0.2', end: '10.0.0.9' })).toBe('<range start="10.0.0.2" end="10.0.0.9"/>')
    expect(reservationXml({ ip: '10.0.0.2', mac: null, name: 'a"b' })).toBe(
      '<host name="a&quot;b" ip="10.0.0.2"/>',
    )
    expect(dnsHostXml({ ip: '10.0.0.2', names: ['db', 'a&b'] })).toBe(
      '<host ip="10.0.0.2"><hostname>db</hostname><hostname>a&amp;b</hostname></host>',
    )
  })
})
