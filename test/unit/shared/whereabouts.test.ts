import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitOf, prefixAt, whereaboutsOf } from '../../../shared/world/whereabouts'
import type { Address } from '../../../shared/world/host'
import { link, network, world } from './worlds'

const at = (ip: string, prefix: number, origin: Address['origin'] = 'static'): Address => ({
  ...{ ip, prefix, origin },
  family: ip.includes(':') ? 6 : 4,
})
const host = {
  ...world().host,
  links: [
    link('br0', {
      kind: 'bridge',
      addresses: [at('10.77.0.50', 24), at('fe80::1', 64, 'link-local'), at('2001:db8::50', 64)],
    }),
    link('enp3s0', { master: 'br0' }),
    link('enp4s0', { addresses: [at('10.88.0.50', 16), at('10.99.0.1', 32)] }),
    link('pb-mv0', { kind: 'macvlan', parent: 'enp4s0', addresses: [at('10.88.0.51', 16)] }),
    link('virbr0', { kind: 'bridge', addresses: [at('192.168.122.1', 24)] }),
  ],
}
const subnet = { family: 4, address: '192.168.122.1', prefix: 24, dhcp: null, reservations: [] } as const
const networks = [
  network('default', { bridge: 'virbr0', subnets: [subnet] }),
  network('dark', { kind: 'very-isolated', bridge: 'virbr1' }),
  network('lan', { kind: 'bridged', bridge: 'br0' }),
  network('direct', { kind: 'macvtap', bridge: null, links: ['enp4s0'], mode: 'bridge' }),
]
const where = (text: string) => {
  const [type, name = ''] = text.split(':')
  if (type === 'network') return whereaboutsOf({ host, networks }, { type: 'network', network: name })
  if (type === 'bridge') return whereaboutsOf({ host, networks }, { type: 'bridge', bridge: name })
  return whereaboutsOf({ host, networks }, { type: 'direct', link: name, mode: 'bridge' })
}

describe('a NIC is met', () => {
  it.each([
    ['network:default', ['virbr0'], ['192.168.122.1/24'], true],
    ['bridge:virbr0', ['virbr0'], ['192.168.122.1/24'], true],
    ['network:dark', ['virbr1'], [], false],
    ['network:lan', ['br0'], ['10.77.0.50/24', '2001:db8::50/64'], false],
    ['bridge:br0', ['br0'], ['10.77.0.50/24', '2001:db8::50/64'], false],
    ['network:direct', ['pb-mv0'], ['10.88.0.51/16', '10.88.0.50/16'], false],
    ['macvtap:enp4s0', ['pb-mv0'], ['10.88.0.51/16', '10.88.0.50/16'], false],
    ['bridge:gone', [], [], false],
    ['network:gone', [], [], false],
  ] as const)('on %s by %j in %j', (place, links, subnets, complete) => {
    const found = where(place)
    expect(found.links).toEqual(links)
    expect(found.subnets.map(({ address, prefix }) => `${address}/${prefix}`)).toEqual(subnets)
    expect(found.complete).toBe(complete)
  })

  it('by nobody here on another computer, where libvirt’s own subnets are known all the same', () => {
    const far = { host: { ...host, links: [] }, networks }
    const found = whereaboutsOf(far, { type: 'network', network: 'default' })
    expect(found).toMatchObject({ links: [], complete: true })
    expect(fitOf(found, '192.168.122.9')).toBe('inside')
    expect(fitOf(whereaboutsOf(far, { type: 'bridge', bridge: 'br0' }), '10.77.0.9')).toBe('unknown')
  })
})

describe('an address', () => {
  it('fits by its subnet, in each family by itself', () => {
    expect(fitOf(where('bridge:br0'), '10.77.0.133')).toBe('inside')
    expect(fitOf(where('bridge:br0'), '192.168.122.7')).toBe('outside')
    expect(fitOf(where('bridge:br0'), '2001:db8::7')).toBe('inside')
    expect(fitOf(where('bridge:br0'), '2001:db8:1::7')).toBe('outside')
    expect(fitOf(where('macvtap:enp4s0'), '2001:db8:1::7')).toBe('unknown')
    expect(fitOf(where('network:default'), '2001:db8:1::7')).toBe('outside')
    expect(fitOf(where('network:dark'), '10.1.2.3')).toBe('unknown')
  })

  it('of no place fits nowhere', () => {
    for (const ip of ['169.254.1.1', 'fe80::1', '127.0.0.1', '::1', '::', '224.0.0.1', 'x', '']) {
      expect(fitOf({ subnets: [{ address: '0.0.0.0', prefix: 1 }], complete: false }, ip)).toBe('outside')
    }
  })

  it('never fits two subnets that do not overlap', () => {
    const octet = fc.integer({ min: 1, max: 254 })
    fc.assert(
      fc.property(octet, octet, octet, (a, b, last) => {
        const [one, two] = [a, b].map((third) => ({
          subnets: [{ address: `10.7.${third}.1`, prefix: 24 }],
          complete: false,
        }))
        if (one === undefined || two === undefined) return
        const ip = `10.7.${a}.${last}`
        expect(fitOf(one, ip)).toBe('inside')
        expect(fitOf(two, ip)).toBe(a === b ? 'inside' : 'outside')
      }),
    )
  })

  it('has the prefix of its subnet', () => {
    expect(prefixAt(where('macvtap:enp4s0'), '10.88.3.4')).toBe(16)
    expect(prefixAt(where('bridge:br0'), '2001:db8::7')).toBe(64)
    expect(prefixAt(where('network:gone'), '10.88.3.4')).toBe(32)
  })
})
