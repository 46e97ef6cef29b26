import { describe, expect, it } from 'vitest'
import { addressAfter, refusalOf, segmentOf, wayTo } from '../../../renderer/model/moves'
import { placesOf, type Place } from '../../../renderer/model/places'
import { saying } from '../shared/saying'
import { anotherHost } from '../../../shared/world/host'
import type { Attachment, Network } from '../../../shared/world/world'
import { LAN, NAT, sampleHost, sampleWorld } from '../../renderer-harness/sample-world'

const world = sampleWorld('many')
const places = placesOf(world)

function place(id: string): Place {
  const found = places.find((candidate) => candidate.id === id)
  if (found === undefined) throw new Error(`no place ${id} in the sample`)
  return found
}

describe('where a cable can go', () => {
  const [db] = world.machines.filter(({ name }) => name === 'db-dev')
  const [nic] = db?.nics ?? []
  if (db === undefined || nic === undefined) throw new Error('the sample has db-dev with a card')
  const why = (id: string, now: typeof world = world, attachment: Attachment = NAT): string | null =>
    refusalOf(place(id), db.id, { ...nic, live: attachment }, now)

  it('goes to any active network, and to macvtap', () => {
    expect(why('network:services')).toBeNull()
    expect(why('bridge:br0')).toBeNull()
    const free = { ...world, host: sampleHost(null) }
    expect(why('macvtap:enp3s0', free)).toBeNull()
  })

  it('says why not: stopped, a card in a bridge, libvirt away, a card of another kind', () => {
    expect(why('network:lab')).toContain('start it first')
    expect(why('macvtap:enp3s0')).toContain('port of br0')
    expect(why('network:services', sampleWorld('offline'))).toContain('libvirt')
    expect(why('bridge:br0', world, { type: 'other', description: 'hostdev' })).toContain('card')
  })

  it('never refuses the place that a cable is in', () => {
    expect(why('macvtap:enp3s0', world, { type: 'direct', link: 'enp3s0', mode: 'bridge' })).toBeNull()
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

  it('lead nowhere on another computer, whose way to its LAN is not seen', () => {
    const far = { ...world, host: anotherHost('lab') }
    expect(wayTo({ kind: 'lan' }, far)).toMatchObject({ kind: 'closed', why: saying('lab') })
    expect(wayTo({ kind: 'nat' }, far)).toEqual({ kind: 'open', placeId: 'network:default' })
  })

  it('name the NAT network that must be started, or say that there is none', () => {
    const stopped = world.networks.map((network) => ({ ...network, active: false }))
    expect(wayTo({ kind: 'nat' }, withNetworks(stopped))).toEqual({
      kind: 'closed',
      why: 'default is stopped: start it first',
      remedy: { kind: 'start-network', network: 'default' },
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
