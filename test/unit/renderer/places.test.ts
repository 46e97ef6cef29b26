import { describe, expect, it } from 'vitest'
import { placesOf, pluggedInto } from '../../../renderer/model/places'
import { sampleWorld } from '../../renderer-harness/sample-world'

const world = sampleWorld('bridge')

describe('the places of the World', () => {
  it('puts the LAN first and macvtap links in use last', () => {
    const ids = placesOf(world).map(({ id }) => id)
    expect(ids).toEqual([
      'bridge:br0',
      'network:default',
      'network:services',
      'network:dark',
      'macvtap:enp3s0',
    ])
  })

  it('leads each place where its machines get to', () => {
    const ends = Object.fromEntries(placesOf(world).map(({ id, leadsTo }) => [id, leadsTo]))
    expect(ends).toEqual({
      'bridge:br0': 'router',
      'network:default': 'host',
      'network:services': 'host',
      'network:dark': null,
      'macvtap:enp3s0': 'router',
    })
  })

  it('knows no LAN while there is no bridge', () => {
    expect(placesOf(sampleWorld('nobridge')).some(({ isLan }) => isLan)).toBe(false)
  })

  it('still leads the LAN to the router while its cable is out, and says that nobody gets through', () => {
    const links = world.host.links.map((link) => ({ ...link, carrier: false }))
    const [lan] = placesOf({ ...world, host: { ...world.host, links } })
    expect([lan?.leadsTo, lan?.reach.machineToOutside.answer]).toEqual(['router', 'no'])
  })

  it('finds the machines of a place, stopped ones by their saved definition', () => {
    const names = (id: string): string[] => pluggedInto(id, world.machines).map(({ name }) => name)
    expect(names('bridge:br0')).toEqual(['web01', 'printer-sim'])
    expect(names('macvtap:enp3s0')).toEqual(['win11'])
    expect(names('network:nowhere')).toEqual([])
  })
})
