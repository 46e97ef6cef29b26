import { describe, expect, it } from 'vitest'
import { placesOf } from '../../../renderer/model/places'
import { search } from '../../../renderer/model/search'
import { sampleWorld } from '../../renderer-harness/sample-world'

const world = sampleWorld('bridge')
const places = placesOf(world)

function find(query: string): { machines: string[]; places: string[] } {
  const found = search(query, world.machines, places)
  return { machines: found.machines.map(({ name }) => name), places: found.places.map(({ id }) => id) }
}

describe('search', () => {
  it('leaves everything for an empty text', () => {
    expect(find('  ').machines).toHaveLength(world.machines.length)
    expect(find('').places).toHaveLength(places.length)
  })

  it('finds a machine by name in any case, and keeps the network it is plugged into', () => {
    expect(find('WEB')).toEqual({ machines: ['web01'], places: ['bridge:br0'] })
  })

  it('finds by address and by MAC', () => {
    expect(find('192.168.122.9').machines).toEqual(['db-dev'])
    expect(find('52:54:00:00:05').machines).toEqual(['router-test'])
  })

  it('finds a network by name or subnet, with its machines', () => {
    expect(find('services')).toEqual({
      machines: ['router-test'],
      places: ['network:services', 'network:dark'],
    })
    expect(find('10.20.0.0/24').places).toEqual(['network:services'])
  })

  it('finds nothing for nonsense', () => {
    expect(find('no such thing')).toEqual({ machines: [], places: [] })
  })
})
