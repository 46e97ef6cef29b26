import { describe, expect, it } from 'vitest'
import { checkMacvtap, macvtapNotes } from '../../../shared/world/macvtap'
import type { Attachment, MacvtapMode, World } from '../../../shared/world/world'
import { saying } from './saying'
import { link, machine, network, nic, world, worldWithBridge } from './worlds'

const MAC = '52:54:00:00:00:01'
const own = { family: 4, ip: '10.77.0.50', prefix: 24, origin: 'static' } as const
const on = (name: string, mode: MacvtapMode = 'bridge') => ({ type: 'direct', link: name, mode }) as const
const links = (...all: ReturnType<typeof link>[]): World => world({ host: { ...world().host, links: all } })

function check(here: World, to: ReturnType<typeof on>, who = { machine: 'id-web', mac: MAC }) {
  const result = checkMacvtap(here, to, who)
  return result.ok ? 'fine' : result.failure
}

describe('macvtap on a link', () => {
  it.each(['bridge', 'vepa', 'private'] as const)('that carries the host is fine in mode %s', (mode) => {
    expect(check(links(link('enp3s0', { addresses: [own] })), on('enp3s0', mode))).toBe('fine')
  })

  it('that carries the host’s address is not handed through, with the address named', () => {
    const here = links(link('enp3s0'), link('enp9s0', { addresses: [{ ...own, ip: '10.9.0.1' }] }))
    expect(check(here, on('enp9s0', 'passthrough'))).toMatchObject({
      code: 'refused',
      message: saying('10.9.0.1'),
      hint: saying('macvtap:enp9s0:bridge'),
    })
  })

  it('that is the uplink is not handed through, even without an address', () => {
    expect(check(links(link('enp3s0')), on('enp3s0', 'passthrough'))).toMatchObject({
      message: saying('cut the host off'),
    })
  })

  it('of no use to the host is handed through, whatever link-local address the kernel gave it', () => {
    const local = { family: 6, ip: 'fe80::1', prefix: 64, origin: 'link-local' } as const
    expect(check(links(link('enp9s0', { addresses: [local] })), on('enp9s0', 'passthrough'))).toBe('fine')
  })

  it('that is a port of a bridge is refused, with the bridge as the way', () => {
    expect(check(worldWithBridge(), on('enp3s0'))).toMatchObject({
      code: 'refused',
      hint: saying('bridge:br0'),
    })
  })

  it('that is a port of a bond is refused, with the bond as the way', () => {
    const here = links(link('bond0', { kind: 'bond' }), link('enp3s0', { master: 'bond0' }))
    expect(check(here, on('enp3s0'))).toMatchObject({ hint: saying('macvtap:bond0') })
  })

  it('that is macvtap itself is refused, with the link below as the way', () => {
    const here = links(link('macvtap0', { kind: 'macvtap', parent: 'enp3s0' }))
    expect(check(here, on('macvtap0', 'vepa'))).toMatchObject({ hint: saying('macvtap:enp3s0:vepa') })
  })

  describe('handed through to another machine', () => {
    const taken = (mode: MacvtapMode): World => ({
      ...links(link('enp3s0'), link('enp9s0')),
      machines: [machine('db', { state: 'running', nics: [nic(MAC, { live: on('enp9s0', mode) })] })],
    })

    it('is refused in every mode, with the machine named', () => {
      expect(check(taken('passthrough'), on('enp9s0'))).toMatchObject({ message: saying('db') })
    })

    it('is no obstacle to that machine itself', () => {
      expect(check(taken('passthrough'), on('enp9s0'), { machine: 'id-db', mac: MAC })).toBe('fine')
    })

    it('is refused while somebody else is there', () => {
      expect(check(taken('bridge'), on('enp9s0', 'passthrough'))).toMatchObject({ message: saying('db') })
      expect(check(taken('bridge'), on('enp9s0'))).toBe('fine')
    })

    it('is refused while the host has a link of its own there', () => {
      const here = links(link('enp9s0'), link('enp9s0.5', { kind: 'vlan', parent: 'enp9s0' }))
      expect(check(here, on('enp9s0', 'passthrough'))).toMatchObject({ message: saying('enp9s0.5') })
    })
  })
})

describe('before a machine is plugged into macvtap', () => {
  const to: Attachment = on('enp3s0')

  it('it is said that host and machine do not meet', () => {
    expect(macvtapNotes(world(), to)).toEqual([saying('do not reach each other')])
  })

  it('it is said by what they meet, where the host has a macvlan there', () => {
    const access = link('patchbay0', { kind: 'macvlan', parent: 'enp3s0', addresses: [own] })
    expect(macvtapNotes(links(link('enp3s0'), access), to)).toEqual([saying('through patchbay0 only')])
  })

  it('it is said also of a network that leads there', () => {
    const networks = [network('pool', { kind: 'macvtap', links: ['enp3s0'] })]
    expect(macvtapNotes(world({ networks }), { type: 'network', network: 'pool' })).toHaveLength(1)
  })

  it('Wi-Fi is warned of', () => {
    const here = links(link('wlan0', { kind: 'wifi' }))
    expect(macvtapNotes(here, on('wlan0'))).toContainEqual(saying('access points accept one MAC'))
  })

  it.each<Attachment>([
    { type: 'bridge', bridge: 'br0' },
    { type: 'network', network: 'default' },
  ])('nothing is said of $type', (other) => {
    expect(macvtapNotes(world({ networks: [network('default')] }), other)).toEqual([])
  })
})
