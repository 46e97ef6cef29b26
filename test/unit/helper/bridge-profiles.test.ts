import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deriveProfiles } from '../../../electron/helper/backends/network-manager/bridge-profiles'
import { fixedTwin } from '../../../electron/helper/backends/network-manager/lease'
import { interfaceIdOf, isEui64 } from '../../../electron/host/interface-id'
import { variant } from '../../../electron/system/dbus-values'
import type { HostFacts } from '../../../electron/host/facts'
import type { NmSettings } from '../../../electron/host/managers/network-manager/facts'
import { fixedAddresses } from '../../../electron/host/managers/network-manager/profiles'
import { aHost, aLink, aProfile, aRoute, MAC } from '../host/a-host'

const identity = { nic: 'enp3s0', bridge: 'br0', mac: MAC, uuids: { bridge: 'uuid-b', port: 'uuid-p' } }
const derive = (settings: NmSettings = {}, facts: Partial<Parameters<typeof aHost>[0]> = {}) =>
  deriveProfiles(aHost({ profiles: [aProfile({}, settings)], ...facts }), identity)

const value = (settings: NmSettings, group: string, key: string): unknown => settings[group]?.[key]?.value

describe('the bridge’s profile', () => {
  it('has the NIC’s MAC, no spanning tree, no delay, and the highest priority', () => {
    const { bridge } = derive()
    expect(value(bridge, '802-3-ethernet', 'assigned-mac-address')).toBe(MAC)
    expect(value(bridge, 'bridge', 'stp')).toBe(false)
    expect(value(bridge, 'bridge', 'forward-delay')).toBe(0)
    expect(value(bridge, 'connection', 'autoconnect-priority')).toBe(999)
    expect(value(bridge, 'connection', 'interface-name')).toBe('br0')
  })

  it('takes every IP setting along as it is, save the deprecated twins', () => {
    const key = fc.constantFrom(
      'method',
      'dns',
      'dns-search',
      'dhcp-hostname',
      'may-fail',
      'route-data',
      'routing-rules',
    )
    const group = fc.dictionary(
      key,
      fc.string().map((text) => variant('s', text)),
    )
    fc.assert(
      fc.property(group, group, (ipv4, ipv6) => {
        const old = { addresses: variant('aau', []), routes: variant('aau', []) }
        const { bridge } = derive({ ipv4: { ...ipv4, ...old }, ipv6: { ...ipv6, ...old } })
        expect(bridge.ipv4).toMatchObject(ipv4)
        expect(bridge.ipv6).toMatchObject(ipv6)
        expect(Object.keys({ ...bridge.ipv4, ...bridge.ipv6 })).not.toContain('addresses')
      }),
    )
  })

  it('keeps zone and multicast DNS, but neither identity nor permissions of the old profile', () => {
    const connection = {
      zone: variant('s', 'home'),
      mdns: variant('i', 2),
      permissions: variant('as', ['user:dev:']),
      timestamp: variant('t', 17),
      'autoconnect-retries': variant('i', 1),
    }
    const { bridge } = derive({ connection })
    expect(bridge.connection).toMatchObject({ zone: connection.zone, mdns: connection.mdns })
    for (const key of ['permissions', 'timestamp', 'autoconnect-retries']) {
      expect(Object.keys(bridge.connection ?? {})).not.toContain(key)
    }
  })

  it('keeps the metric of the default route, which a bridge would raise', () => {
    expect(value(derive({}, { routes: [aRoute({ metric: 101 })] }).bridge, 'ipv4', 'route-metric')).toBe(101)
    const ipv4 = { method: variant('s', 'auto'), 'route-metric': variant('x', 7) }
    expect(value(derive({ ipv4 }).bridge, 'ipv4', 'route-metric')).toBe(7)
  })

  it('states a DHCP client identifier only where it would change', () => {
    expect(value(derive().bridge, 'ipv4', 'dhcp-client-id')).toBeUndefined()
    const facts = withDhcp(aHost(), { dhcp_client_identifier: 'ff:12:34' })
    expect(value(deriveProfiles(facts, identity).bridge, 'ipv4', 'dhcp-client-id')).toBe('ff:12:34')
  })

  it('states the interface identifier of a privacy-stable IPv6 address, not of one made from the MAC', () => {
    const address = (ip: string) => aLink({ addresses: [{ family: 6, ip, prefix: 64, origin: 'dynamic' }] })
    const stable = derive({}, { links: [address('fd77::99ca:4b74:5897:c091')] }).bridge
    expect(value(stable, 'ipv6', 'token')).toBe('::99ca:4b74:5897:c091')
    expect(value(stable, 'ipv6', 'addr-gen-mode')).toBe(0)
    const fromMac = derive({}, { links: [address('fd77::70:62ff:fe00:3')] }).bridge
    expect(value(fromMac, 'ipv6', 'token')).toBeUndefined()
  })
})

function withDhcp(facts: HostFacts, dhcp4: Record<string, string>): HostFacts {
  const { networkManager } = facts
  if (!networkManager) return facts
  const devices = networkManager.devices.map((device) => ({ ...device, dhcp4 }))
  return { ...facts, networkManager: { ...networkManager, devices } }
}

describe('the first moments', () => {
  it('have the lease as a fixed address, behind every other route, and no haste with DHCP', () => {
    const { provisional, bridge, moved } = derive()
    expect(fixedAddresses(provisional)).toEqual(['10.77.0.123/24'])
    expect(value(provisional, 'ipv4', 'gateway')).toBe('10.77.0.1')
    expect(value(provisional, 'ipv4', 'route-metric')).toBeGreaterThan(10_000)
    // 10.77.0.1 with its bytes in network order, as a little-endian number.
    expect(value(provisional, 'ipv4', 'dns')).toEqual([0x01004d0a])
    expect(fixedAddresses(bridge)).toEqual([])
    expect(moved).toEqual({ addresses: ['10.77.0.123'], leased: true })
  })

  it('add to fixed addresses and don’t replace them', () => {
    const data = [{ address: variant('s', '10.99.0.5'), prefix: variant('u', 16) }]
    const settings: NmSettings = { ipv4: { 'address-data': variant('aa{sv}', data) } }
    const lease = { addresses: [{ ip: '10.0.0.2', prefix: 24 }], gateway: null, dns: [], search: [] }
    expect(fixedAddresses({ ipv4: fixedTwin(settings, lease) })).toEqual(['10.99.0.5/16', '10.0.0.2/24'])
  })
})

describe('the port’s profile', () => {
  it('keeps what belongs to the card: MTU, wake-on-LAN, offloads, a made-up MAC', () => {
    const { port, bridge } = derive({
      '802-3-ethernet': {
        mtu: variant('u', 9000),
        'wake-on-lan': variant('u', 64),
        'assigned-mac-address': variant('s', 'random'),
      },
      ethtool: { 'feature-gro': variant('b', false) },
    })
    expect(value(port, '802-3-ethernet', 'mtu')).toBe(9000)
    expect(value(bridge, '802-3-ethernet', 'mtu')).toBe(9000)
    expect(value(port, '802-3-ethernet', 'wake-on-lan')).toBe(64)
    expect(value(port, '802-3-ethernet', 'assigned-mac-address')).toBe(MAC)
    expect(value(port, 'ethtool', 'feature-gro')).toBe(false)
    expect(bridge.ethtool).toBeUndefined()
    expect(value(port, 'connection', 'master')).toBe('uuid-b')
    expect(port.ipv4).toBeUndefined()
  })

  it.each([
    ['bond', { options: variant('a{ss}', { mode: '802.3ad' }) }, 1],
    ['vlan', { parent: variant('s', 'enp3s0'), id: variant('u', 5) }, undefined],
  ])('keeps how a %s is made, and its kind', (type, making, brings) => {
    const links = [aLink({ name: 'lan', kind: type === 'bond' ? 'bond' : 'vlan' })]
    const profiles = [aProfile({ type, interfaceName: 'lan' }, { [type]: making })]
    const facts = aHost({ links, profiles, routes: [aRoute({ link: 'lan' })] })
    const { port, bridge } = deriveProfiles(facts, { ...identity, nic: 'lan' })
    expect(value(port, 'connection', 'type')).toBe(type)
    expect(port[type]).toEqual(making)
    expect(bridge[type]).toBeUndefined()
    expect(value(bridge, 'connection', 'type')).toBe('bridge')
    expect(value(port, 'connection', 'autoconnect-slaves')).toBe(brings)
  })

  it('states an MTU that did not come from the profile', () => {
    expect(value(derive({}, { links: [aLink({ mtu: 1400 })] }).port, '802-3-ethernet', 'mtu')).toBe(1400)
  })
})

describe('interface identifiers', () => {
  it('are the lower half of an address', () => {
    expect(interfaceIdOf('fd77:6c61:6e00:0:99ca:4b74:5897:c091')).toBe('::99ca:4b74:5897:c091')
  })

  it('are told from those made of a MAC address', () => {
    expect(isEui64('fe80::70:62ff:fe00:3', MAC)).toBe(true)
    expect(isEui64('fe80::70:62ff:fe00:4', MAC)).toBe(false)
  })
})
