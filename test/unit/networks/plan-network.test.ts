import { describe, expect, it } from 'vitest'
import { buildNetwork } from '../../../electron/networks/edit-xml'
import { parseNetwork } from '../../../electron/networks/network-xml'
import { planNetwork } from '../../../electron/networks/plan-network'
import { toFailure, type Failure } from '../../../shared/failure'
import { NEW_KINDS, type NetworkWish } from '../../../shared/world/network-wish'
import type { World } from '../../../shared/world/world'
import { link, network, world, worldWithBridge } from '../shared/worlds'
import { noRandom, wish } from './wishes'

const default_ = network('default', {
  subnets: [{ family: 4, address: '192.168.122.1', prefix: 24, dhcp: null, reservations: [] }],
})
const plain = world({ networks: [default_] })
const bridged = worldWithBridge({ networks: [default_] })

function failureOf(change: Partial<NetworkWish>, on: World = plain): Failure {
  try {
    planNetwork(on, wish(change), noRandom)
  } catch (thrown) {
    return toFailure(thrown)
  }
  throw new Error('it was taken')
}

describe('a new network', () => {
  it('of which only the kind is said gets all else that is free', () => {
    expect(planNetwork(plain, wish(), noRandom)).toEqual({
      name: 'lab',
      kind: 'nat',
      bridge: 'virbr1',
      subnet: {
        address: '192.168.123.1',
        prefix: 24,
        dhcp: { start: '192.168.123.2', end: '192.168.123.254' },
      },
      ipv6: null,
      domain: null,
      dns: true,
      mtu: null,
      isolatedPorts: false,
      via: null,
    })
  })

  it.each<[Partial<NetworkWish>, string]>([
    [{ name: '' }, 'name'],
    [{ name: ' lab' }, 'name'],
    [{ name: 'a/b' }, 'name'],
    [{ name: 'a:b' }, 'name'],
    [{ name: 'a\nb' }, 'name'],
    [{ name: 'ä'.repeat(123) }, 'name'],
    [{ bridge: 'virbr0123456789a' }, 'bridge'],
    [{ bridge: 'vir br' }, 'bridge'],
    [{ domain: 'a..b' }, 'domain'],
    [{ domain: '-a.test' }, 'domain'],
    [{ domain: `${'a'.repeat(64)}.test` }, 'domain'],
    [{ mtu: '12' }, 'mtu'],
    [{ subnet: '10.0.0.0' }, 'subnet'],
    [{ dhcp: 'on' }, 'dhcp'],
    [{ ipv6: 'on' }, 'ipv6'],
    [{ links: ['enp3s0', 'enp3s0'] }, 'links'],
    [{ kind: 'macvtap', links: ['enp3s0', 'enp3s0'] }, 'links'],
    [{ mode: 'vepa' }, 'mode'],
    [{ kind: 'open', links: ['enp3s0'] }, 'links'],
    [{ dns: false }, 'dns'],
    [{ kind: 'very-isolated', subnet: '10.1.0.0/24' }, 'subnet'],
    [{ kind: 'very-isolated', domain: 'lab.test' }, 'domain'],
    [{ kind: 'bridged', mtu: '1400' }, 'mtu'],
    [{ kind: 'macvtap', bridge: 'br0' }, 'bridge'],
    [{ kind: 'macvtap', isolatedPorts: true }, 'isolatedPorts'],
  ])('that makes no sense is refused: %j at %s', (change, field) => {
    const failure = failureOf(change)
    expect(failure).toMatchObject({ code: 'usage', field })
    expect(failure.hint).toBeTruthy()
  })

  it.each<[Partial<NetworkWish>, string, World]>([
    [{ name: 'default' }, 'name', plain],
    [{ bridge: 'virbr0' }, 'bridge', plain],
    [{ bridge: 'enp3s0' }, 'bridge', plain],
    [{ subnet: '192.168.122.128/25' }, 'subnet', plain],
    [{ links: ['enp9s0'] }, 'links', plain],
    [{ kind: 'bridged' }, 'bridge', plain],
    [{ kind: 'bridged', bridge: 'enp3s0' }, 'bridge', plain],
    [{ kind: 'bridged', bridge: 'virbr0' }, 'bridge', plain],
    [{ kind: 'macvtap' }, 'links', bridged],
    [{ kind: 'macvtap', links: ['lo'] }, 'links', withLink('lo', 'loopback')],
    [{ kind: 'macvtap', links: ['wlan0'] }, 'links', withLink('wlan0', 'wifi')],
    [{ kind: 'macvtap' }, 'links', world({ host: { ...world().host, uplink: null } })],
  ])('that this host has no room for is refused: %j at %s', (change, field, on) => {
    const failure = failureOf(change, on)
    expect(failure).toMatchObject({ code: 'refused', field })
    expect(failure.hint).toBeTruthy()
  })

  it('over a bridge takes the one to the LAN, macvtap the uplink’s card', () => {
    expect(planNetwork(bridged, wish({ kind: 'bridged' }), noRandom)).toMatchObject({ bridge: 'br0' })
    expect(planNetwork(plain, wish({ kind: 'macvtap' }), noRandom)).toMatchObject({
      links: ['enp3s0'],
      mode: 'bridge',
    })
  })
})

function withLink(name: string, kind: 'loopback' | 'wifi'): World {
  return world({ host: { ...world().host, links: [link(name, { kind })] } })
}

describe('the XML of a new network', () => {
  it.each(NEW_KINDS)('of the kind %s reads back as what was wanted', (kind) => {
    const spec = planNetwork(kind === 'bridged' ? bridged : plain, wish({ kind }), noRandom)
    const parsed = parseNetwork(buildNetwork(spec))
    expect(parsed).toMatchObject({ name: 'lab', kind, domain: null, mtu: null, isolatedPorts: false })
    expect(parsed.bridge).toBe('bridge' in spec ? spec.bridge : null)
    const { dhcp, ...address } = 'subnet' in spec ? spec.subnet : { dhcp: null, address: null }
    expect(parsed.subnets).toEqual(
      address.address === null ? [] : [{ family: 4, ...address, dhcp, reservations: [] }],
    )
  })

  it('says everything that was said', () => {
    const all = wish({
      name: 'a & <b>',
      subnet: '10.1.2.0/24',
      dhcp: '10.1.2.9-10.1.2.99',
      ipv6: 'auto',
      domain: 'lab.test',
      mtu: '9000',
      bridge: 'lab0',
      links: ['enp3s0'],
      isolatedPorts: true,
    })
    const xml = buildNetwork(planNetwork(plain, all, noRandom))
    expect(parseNetwork(xml)).toEqual({
      name: 'a & <b>',
      uuid: '',
      kind: 'nat',
      bridge: 'lab0',
      links: ['enp3s0'],
      mode: null,
      subnets: [
        {
          family: 4,
          address: '10.1.2.1',
          prefix: 24,
          dhcp: { start: '10.1.2.9', end: '10.1.2.99' },
          reservations: [],
        },
        { family: 6, address: 'fd12:3456:789a::1', prefix: 64, dhcp: null, reservations: [] },
      ],
      domain: 'lab.test',
      hosts: [],
      mtu: 9000,
      isolatedPorts: true,
    })
    // Nobody routes private IPv6 back, so it needs NAT of its own; global addresses do not.
    expect(xml).toContain('<nat ipv6="yes"/>')
    const global = planNetwork(plain, wish({ ipv6: '2001:db8::/64' }), noRandom)
    expect(buildNetwork(global)).not.toContain('<nat')
  })

  it('of macvtap names its cards and how machines sit on them', () => {
    const on = world({ host: { ...world().host, links: [link('eth1'), link('eth2')] } })
    const spec = planNetwork(
      on,
      wish({ kind: 'macvtap', links: ['eth1', 'eth2'], mode: 'passthrough' }),
      noRandom,
    )
    expect(parseNetwork(buildNetwork(spec))).toMatchObject({
      kind: 'macvtap',
      mode: 'passthrough',
      links: ['eth1', 'eth2'],
    })
  })

  it('of an isolated network can do without DNS', () => {
    const spec = planNetwork(plain, wish({ kind: 'isolated', dns: false, dhcp: 'off' }), noRandom)
    expect(buildNetwork(spec)).toContain('<dns enable="no"/>')
  })
})
