import { describe, expect, it } from 'vitest'
import { kindOf, parseNetwork } from '../../../electron/networks/network-xml'
import { prefixOf } from '../../../electron/networks/prefix'
import { toFailure } from '../../../shared/failure'

const network = (inside: string): string =>
  `<network><name>lab</name><uuid>0b1690dc-a020-4534-8692-479c8a8b4e7c</uuid>${inside}</network>`

describe('a network’s XML', () => {
  it('as libvirt ships it is NAT with a DHCP range', () => {
    const xml = network(`
      <forward mode='nat'><nat><port start='1024' end='65535'/></nat></forward>
      <bridge name='virbr0' stp='on' delay='0'/>
      <mac address='52:54:00:72:cc:d5'/>
      <ip address='192.168.122.1' netmask='255.255.255.0'>
        <dhcp><range start='192.168.122.2' end='192.168.122.254'/></dhcp>
      </ip>`)
    expect(parseNetwork(xml)).toEqual({
      name: 'lab',
      uuid: '0b1690dc-a020-4534-8692-479c8a8b4e7c',
      kind: 'nat',
      bridge: 'virbr0',
      links: [],
      subnets: [
        {
          family: 4,
          address: '192.168.122.1',
          prefix: 24,
          dhcp: { start: '192.168.122.2', end: '192.168.122.254' },
          reservations: [],
        },
      ],
      mode: null,
      domain: null,
      hosts: [],
      mtu: null,
      isolatedPorts: false,
    })
  })

  it.each([
    ['<forward/><bridge name="b"/><ip address="10.1.0.1" prefix="16"/>', 'nat'],
    ['<bridge name="b"/><ip address="10.1.0.1" prefix="16"/>', 'isolated'],
    ['<bridge name="b"/>', 'very-isolated'],
    ['<forward mode="route" dev="eth0"/><bridge name="b"/><ip address="10.1.0.1" prefix="16"/>', 'routed'],
    ['<forward mode="open"/><bridge name="b"/><ip address="10.1.0.1" prefix="16"/>', 'open'],
    ['<forward mode="bridge"/><bridge name="br0"/>', 'bridged'],
    ['<forward mode="bridge"/><bridge name="ovs0"/><virtualport type="openvswitch"/>', 'bridged'],
    ['<forward mode="bridge"><interface dev="eth0"/></forward>', 'macvtap'],
    ['<forward mode="bridge" dev="eth0"/>', 'macvtap'],
    ['<forward mode="vepa"><interface dev="eth0"/></forward>', 'macvtap'],
    ['<forward mode="private"><interface dev="eth0"/></forward>', 'macvtap'],
    ['<forward mode="passthrough"><pf dev="eth0"/></forward>', 'macvtap'],
    ['<forward mode="hostdev"><pf dev="eth0"/></forward>', 'other'],
  ])('%s is %s', (inside, kind) => {
    expect(parseNetwork(network(inside)).kind).toBe(kind)
  })

  it('names the host links it goes through, each once', () => {
    const xml = network(
      '<forward mode="bridge" dev="eth0"><interface dev="eth0"/><interface dev="eth1"/></forward>',
    )
    expect(parseNetwork(xml)).toMatchObject({ links: ['eth0', 'eth1'], bridge: null })
  })

  it('goes through a physical function, whether libvirt lists its virtual ones or not', () => {
    const xml = (virtual: string): string =>
      network(`<forward mode="passthrough"><pf dev="eth0"/>${virtual}</forward>`)
    expect(parseNetwork(xml('<interface dev="eth0v0"/>'))).toEqual(parseNetwork(xml('')))
    expect(parseNetwork(xml('')).links).toEqual(['eth0'])
  })

  it('has a subnet for each address, with and without DHCP', () => {
    const xml = network(`<bridge name='b'/>
      <ip address='10.1.0.1' prefix='16'><dhcp>
        <range start='10.1.1.1' end='10.1.1.9'/><range start='10.1.2.1' end='10.1.2.9'/>
      </dhcp></ip>
      <ip family='ipv6' address='fd00::1' prefix='64'/>
      <ip address='172.20.0.1' netmask='255.255.252.0'><dhcp><host mac='52:54:00:00:00:01' ip='172.20.0.2'/></dhcp></ip>`)
    const ranges = [
      { start: '10.1.1.1', end: '10.1.1.9' },
      { start: '10.1.2.1', end: '10.1.2.9' },
    ]
    expect(parseNetwork(xml).subnets).toMatchObject([
      { family: 4, address: '10.1.0.1', prefix: 16, dhcp: { start: '10.1.1.1', end: '10.1.2.9' }, ranges },
      { family: 6, address: 'fd00::1', prefix: 64, dhcp: null },
      { family: 4, address: '172.20.0.1', prefix: 22, dhcp: null },
    ])
  })

  it('has port groups, one of them for whoever names none, and the virtual ports that they lend', () => {
    const xml = network(`<forward mode='bridge'/><bridge name='ovs0'/><virtualport type='openvswitch'/>
      <portgroup name='staff' default='yes'><vlan><tag id='20'/></vlan></portgroup>
      <portgroup name='web'><virtualport type='802.1Qbh'><parameters profileid='web'/></virtualport></portgroup>`)
    expect(parseNetwork(xml)).toMatchObject({
      virtualPort: 'openvswitch',
      portGroups: [
        { name: 'staff', isDefault: true },
        { name: 'web', isDefault: false, virtualPort: '802.1Qbh' },
      ],
    })
    expect(parseNetwork(network('')).portGroups).toBeUndefined()
  })

  it('has static leases, by MAC or by name, and records of DNS', () => {
    const xml = network(`<bridge name='b'/><mtu size='9000'/><domain name='lab.test'/><port isolated='yes'/>
      <dns><host ip='10.1.0.9'><hostname>db</hostname><hostname> db.lab.test </hostname></host></dns>
      <ip address='10.1.0.1' prefix='16'><dhcp>
        <host mac='52:54:00:00:00:0A' name='web' ip='10.1.0.10'/><host name='ci' ip='10.1.0.11'/>
      </dhcp></ip>`)
    const parsed = parseNetwork(xml)
    expect(parsed).toMatchObject({ mtu: 9000, domain: 'lab.test', isolatedPorts: true })
    expect(parsed.hosts).toEqual([{ ip: '10.1.0.9', names: ['db', 'db.lab.test'] }])
    expect(parsed.subnets[0]?.reservations).toEqual([
      { ip: '10.1.0.10', mac: '52:54:00:00:00:0a', name: 'web' },
      { ip: '10.1.0.11', mac: null, name: 'ci' },
    ])
  })

  it('that is no network is a protocol failure', () => {
    let code = 'no error'
    try {
      parseNetwork('<domain/>')
    } catch (thrown) {
      code = toFailure(thrown).code
    }
    expect(code).toBe('protocol')
  })
})

describe('the kind of a network', () => {
  it('without forwarding depends on the host’s address alone', () => {
    expect(kindOf({ forward: null, bridge: 'virbr1', addressed: true })).toBe('isolated')
    expect(kindOf({ forward: null, bridge: 'virbr1', addressed: false })).toBe('very-isolated')
  })
})

describe('the prefix of a subnet', () => {
  it.each([
    ['10.0.0.1', null, '255.255.255.128', 25],
    ['10.0.0.1', '20', '255.255.255.128', 20],
    ['10.0.0.1', null, null, 8],
    ['172.20.0.1', null, null, 16],
    ['192.168.1.1', null, null, 24],
    ['192.168.1.1', null, 'nonsense', 24],
  ])('of %s with prefix %s and netmask %s is %d', (address, prefix, netmask, expected) => {
    expect(prefixOf({ family: 4, address, prefix, netmask })).toBe(expected)
  })

  it('is 64 for IPv6 unless written', () => {
    expect(prefixOf({ family: 6, address: 'fd00::1', prefix: null, netmask: null })).toBe(64)
    expect(prefixOf({ family: 6, address: 'fd00::1', prefix: '48', netmask: null })).toBe(48)
  })
})
