import { describe, expect, it } from 'vitest'
import { addressAfter, refusalOf, segmentOf, wayTo } from '../../../renderer/model/moves'
import { placesOf, type Place } from '../../../renderer/model/places'
import type { Network } from '../../../shared/world'
import { LAN, NAT, sampleWorld } from '../../renderer-harness/sample-world'

const world = sampleWorld('many')
const places = placesOf(world)

function place(id: string): Place {
  const found = places.find((candidate) => candidate.id === id)
  if (found === undefined) throw new Error(`no place ${id} in the sample`)
  return found
}

describe('where a cable can go', () => {
  it('goes to any active network', () => {
    expect(refusalOf(place('network:services'), NAT, false)).toBeNull()
    expect(refusalOf(place('bridge:br0'), NAT, false)).toBeNull()
  })

  it('says why not: stopped, macvtap, libvirt away, a card of another kind', () => {
    expect(refusalOf(place('network:lab'), NAT, false)).toContain('start it first')
    expect(refusalOf(place('macvtap:enp3s0'), NAT, false)).toContain('macvtap')
    expect(refusalOf(place('network:services'), NAT, true)).toContain('libvirt')
    expect(refusalOf(place('bridge:br0'), { type: 'other', description: 'hostdev' }, false)).toContain('card')
  })

  it('never refuses the place that a cable is in', () => {
    const direct = { type: 'direct', link: 'enp3s0', mode: 'bridge' } as const
    expect(refusalOf(place('macvtap:enp3s0'), direct, false)).toBeNull()
  })
})

describe('the parts of the switch', () => {
  const withNetworks = (networks: readonly Network[]): typeof world => ({ ...world, networks })

  it('lead to the bridge and to the default network', () => {
    expect(wayTo({ kind: 'lan' }, world)).toEqual({ kind: 'open', placeId: 'bridge:br0' })
    expect(wayTo({ kind: 'nat' }, world)).toEqual({ kind: 'open', placeId: 'network:default' })
  })

  it('lead to making the bridge when there is none', () => {
    expect(wayTo({ kind: 'lan' }, sampleWorld('nobridge'))).toEqual({ kind: 'needs-bridge' })
  })

  it('name the NAT network that must be started, or say that there is none', () => {
    const stopped = world.networks.map((network) => ({ ...network, active: false }))
    expect(wayTo({ kind: 'nat' }, withNetworks(stopped))).toEqual({
      kind: 'closed',
      why: 'default is stopped: start it first',
    })
    expect(wayTo({ kind: 'nat' }, withNetworks([]))).toEqual({
      kind: 'closed',
      why: 'There is no NAT network',
    })
  })

  it('light up by what the cable is in', () => {
    expect(segmentOf(LAN, places)).toBe('lan')
    expect(segmentOf(NAT, places)).toBe('nat')
    expect(segmentOf({ type: 'network', network: 'services' }, places)).toBe('other')
    expect(segmentOf(null, places)).toBeNull()
    expect(segmentOf({ type: 'bridge', bridge: 'gone' }, places)).toBeNull()
  })
})

describe('the address after a move', () => {
  it('comes from the subnet, the router, or nobody', () => {
    expect(addressAfter(place('network:default'))).toBe('a new one from 192.168.122.0/24')
    expect(addressAfter(place('bridge:br0'))).toBe('a new one from your router')
    expect(addressAfter(place('network:dark'))).toContain('none by itself')
  })
})
