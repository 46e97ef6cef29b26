import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addressAt, addressesHere, mainOf } from '../../../shared/world/address-here'
import type { Attachment, LibvirtNetwork, Nic, NicAddress, World } from '../../../shared/world/world'
import { link, machine, network, nic, world } from './worlds'

const subnet = (address: string, prefix = 24): LibvirtNetwork['subnets'][number] => ({
  ...{ family: address.includes(':') ? 6 : 4, address, prefix, dhcp: null, reservations: [] },
})
const host: World['host'] = {
  ...world().host,
  links: [
    link('enp3s0', { master: 'br0' }),
    link('br0', {
      kind: 'bridge',
      addresses: [
        { family: 4, ip: '10.77.0.50', prefix: 24, origin: 'dynamic' },
        { family: 6, ip: 'fe80::1', prefix: 64, origin: 'link-local' },
      ],
    }),
    link('tun0', {
      kind: 'tunnel',
      addresses: [{ family: 4, ip: '10.8.0.2', prefix: 8, origin: 'static' }],
    }),
  ],
}
const networks: World['networks'] = [
  network('default', { subnets: [subnet('192.168.122.1'), subnet('fd00:122::1', 64)] }),
  network('services', { kind: 'isolated', bridge: 'virbr1', subnets: [subnet('10.20.0.1')] }),
  network('dark', { kind: 'very-isolated', bridge: 'virbr2' }),
  network('pool', { kind: 'macvtap', bridge: null, links: ['enp3s0'], mode: 'bridge' }),
  network('by-br0', { kind: 'bridged', bridge: 'br0' }),
]
const here = addressesHere({ networks, host })

const on = (name: string): Attachment => ({ type: 'network', network: name })
const BR0: Attachment = { type: 'bridge', bridge: 'br0' }
const found = (ip: string): NicAddress => ({ ip, prefix: 24, source: 'agent' })
const plugged = (live: Attachment, ips: readonly string[], mac = '52:54:00:00:00:01'): Nic =>
  nic(mac, { live, saved: live, addresses: ips.map(found) })
const ipsAt = (live: Attachment, ...ips: string[]): string[] => here(plugged(live, ips)).map(({ ip }) => ip)

describe('the addresses of a NIC where it is plugged in', () => {
  it('are those of the network’s subnets, and no others of that family', () => {
    expect(ipsAt(on('default'), '10.77.0.126', '192.168.122.9', '172.16.9.9')).toEqual(['192.168.122.9'])
    expect(ipsAt(on('default'), 'fd00:122::9', '2001:db8::9')).toEqual(['fd00:122::9'])
    expect(ipsAt(on('services'), '192.168.122.9')).toEqual([])
  })

  it('are the same when the NIC names the virtual bridge itself', () => {
    expect(ipsAt({ type: 'bridge', bridge: 'virbr1' }, '10.20.0.5', '10.77.0.9')).toEqual(['10.20.0.5'])
  })

  it.each([
    ['its bridge', BR0],
    ['a network of that bridge', on('by-br0')],
    ['macvtap of its card', { type: 'direct', link: 'enp3s0', mode: 'bridge' }],
    ['a pool of its card', on('pool')],
  ] as const)('are on the LAN by %s whatever belongs to no other network', (_by, attachment) => {
    const ips = ['192.168.122.9', '10.77.0.126', '10.78.0.4', '2001:db8::9', 'fd00:122::9']
    expect(ipsAt(attachment, ...ips)).toEqual(['10.77.0.126', '10.78.0.4', '2001:db8::9'])
  })

  it('are on a network without a subnet whatever belongs to no other', () => {
    expect(ipsAt(on('dark'), '192.168.122.9', '10.77.0.126', '172.16.9.9')).toEqual(['172.16.9.9'])
  })

  it('are none while it is plugged into nothing', () => {
    expect(
      here(nic('52:54:00:00:00:01', { live: null, saved: null, addresses: [found('10.77.0.9')] })),
    ).toEqual([])
  })

  it('are never of a network that the NIC is not in', () => {
    const anyIp = fc.constantFrom('192.168.122.7', '10.20.0.7', '10.77.0.7', '172.16.0.7')
    const homes: Record<string, string> = { '192.168.122.7': 'default', '10.20.0.7': 'services' }
    fc.assert(
      fc.property(fc.array(anyIp), fc.constantFrom('default', 'services', 'dark'), (ips, name) => {
        for (const ip of ipsAt(on(name), ...ips)) expect(homes[ip] ?? name).toBe(name)
        expect(ipsAt(on(name), ...ips)).not.toContain('10.77.0.7')
      }),
    )
  })
})

describe('the address of a machine on one network', () => {
  const router = machine('router-test', {
    state: 'running',
    nics: [
      plugged(on('services'), ['10.20.0.5']),
      plugged(on('dark'), [], '52:54:00:00:00:02'),
      plugged(BR0, ['fe80::2', '2001:db8::2', '192.168.122.5', '10.77.0.131'], '52:54:00:00:00:03'),
    ],
  })

  it('is that of its NIC there, IPv4 first', () => {
    expect(addressAt(router, 'network:services', here)).toBe('10.20.0.5')
    expect(addressAt(router, 'bridge:br0', here)).toBe('10.77.0.131')
  })

  it('is none where its NIC has none, though it has others elsewhere', () => {
    expect(addressAt(router, 'network:dark', here)).toBeNull()
    expect(addressAt(router, 'network:default', here)).toBeNull()
  })

  it('stands for several by the first IPv4 one, else by any', () => {
    expect(mainOf([found('2001:db8::2'), found('10.0.0.2')])?.ip).toBe('10.0.0.2')
    expect(mainOf([found('2001:db8::2')])?.ip).toBe('2001:db8::2')
    expect(mainOf([])).toBeNull()
  })
})
