import { describe, expect, it } from 'vitest'
import { placesOf } from '../../../renderer/model/places'
import { wayFromHost } from '../../../renderer/model/way-from-host'
import type { Attachment, Nic } from '../../../shared/world/world'
import { machine, network, nic, world } from '../shared/worlds'

const networks = [
  network('default', {}),
  network('quiet', { kind: 'isolated' }),
  network('pool', { kind: 'macvtap', links: ['enp3s0'], mode: 'bridge', bridge: null }),
  network('apart', { kind: 'macvtap', links: ['enp3s0'], mode: 'private', bridge: null }),
  network('several', { kind: 'macvtap', links: ['enp3s0', 'enp4s0'], mode: 'bridge', bridge: null }),
]
const at = (live: Attachment | null, ips: readonly string[] = ['fe80::1', '192.168.122.9']) => {
  const plugged: Nic = nic('52:54:00:00:00:09', {
    ...{ live, saved: live },
    addresses: ips.map((ip) => ({ ip, prefix: 24, source: 'lease' })),
  })
  const machines = [machine('web01', { nics: [plugged] })]
  const places = placesOf(world({ networks, machines }))
  return wayFromHost(plugged, new Map(places.map((place) => [place.id, place])))
}
const to = (name: string): Attachment => ({ type: 'network', network: name })

describe('the way from this computer to a card', () => {
  it('is a port on NAT, by its IPv4 address', () => {
    expect(at(to('default'))).toEqual({ kind: 'nat', ip: '192.168.122.9', network: networks[0] })
  })

  it('leads around macvtap of one card, in its mode bridge', () => {
    const way = { kind: 'macvtap', ip: '192.168.122.9', link: 'enp3s0' }
    expect(at({ type: 'direct', link: 'enp3s0', mode: 'bridge' })).toEqual(way)
    expect(at(to('pool'))).toEqual(way)
    expect(at({ type: 'direct', link: 'enp3s0', mode: 'private' })).toBeNull()
    expect(at(to('apart'))).toBeNull()
    expect(at(to('several'))).toBeNull()
    expect(at(to('pool'), [])).toEqual({ ...way, ip: null })
  })

  it('is none to NAT without an address, off, or where it is reached anyway', () => {
    expect(at(to('default'), ['fe80::1'])).toBeNull()
    expect(at(null)).toBeNull()
    expect(at(to('quiet'))).toBeNull()
    expect(at({ type: 'bridge', bridge: 'br0' })).toBeNull()
  })
})
