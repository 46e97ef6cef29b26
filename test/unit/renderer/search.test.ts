import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { placesOf } from '../../../renderer/model/places'
import { search } from '../../../renderer/model/search'
import { sampleWorld } from '../../renderer-harness/sample-world'
import { machine, network, nic } from '../shared/worlds'

const sample = sampleWorld('states')
const lan = network('floor2', { kind: 'bridged', bridge: 'br0' })
const routed = network('lab', { kind: 'routed', bridge: 'virbr9', active: false })
const onFloor = { type: 'network', network: 'floor2' } as const
const onLab = { type: 'network', network: 'lab' } as const
const world = {
  ...sample,
  networks: [...sample.networks, lan, routed],
  machines: [
    ...sample.machines,
    machine('mail', {
      state: 'running',
      nics: [nic('52:54:00:00:77:01', { live: onFloor, saved: onFloor })],
    }),
    machine('lost', { nics: [nic('52:54:00:00:77:02', { saved: { type: 'bridge', bridge: 'br7' } })] }),
    machine('spare', { nics: [nic('52:54:00:00:77:03', { saved: onLab })] }),
  ],
}
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
    expect(find('10.20.0.0/24').machines).toEqual(['router-test'])
    expect(find('10.20.0.0/24').places).toContain('network:services')
  })

  const onNat = ['build-agent', 'db-dev', 'is-paused', 'is-shutting-down', 'is-crashed', 'is-suspended']
  const onLan = ['web01', 'printer-sim', 'win11', 'mail']
  it.each([
    ['NAT', onNat],
    ['isolated', ['router-test']],
    ['very isolated', ['router-test']],
    ['aislada', ['router-test']],
    ['macvtap', ['win11']],
    ['bridged', ['web01', 'printer-sim', 'mail']],
    ['puente', ['web01', 'printer-sim', 'mail']],
    ['lan', onLan],
    ['routed', ['spare']],
    ['enrutada', ['spare']],
  ])('finds machines by the kind of their network: %s', (query, machines) => {
    expect(find(query).machines).toEqual(machines)
  })

  it.each([
    ['nat', ['network:default']],
    ['isolated', ['network:services', 'network:dark']],
    ['routed', ['network:lab']],
    ['stopped', ['network:lab']],
    ['parada', ['network:lab']],
  ])('finds networks by kind and state: %s', (query, ids) => {
    expect(find(query).places).toEqual(ids)
  })

  it.each([
    ['off', ['win11', 'lost', 'spare']],
    ['apagada', ['win11', 'lost', 'spare']],
    ['paused', ['is-paused']],
    ['en pausa', ['is-paused']],
    ['crashed', ['is-crashed']],
    ['caida', ['is-crashed']],
    ['running', ['web01', 'printer-sim', 'build-agent', 'db-dev', 'router-test', 'mail']],
  ])('finds machines by their state in either language: %s', (query, machines) => {
    expect(find(query).machines).toEqual(machines)
  })

  it.each([
    ['br0', ['web01', 'printer-sim', 'mail']],
    ['virbr9', ['spare']],
    ['enp3s0', ['web01', 'printer-sim', 'win11']],
    ['br7', ['lost']],
  ])('finds what is plugged into %s', (query, machines) => {
    expect(find(query).machines).toEqual(machines)
  })

  it.each([
    ['web 10', ['web01']],
    ['10.77 lan running', ['web01', 'printer-sim']],
    ['off nat', []],
    ['  nat   db ', ['db-dev']],
  ])('wants every word to fit: %s', (query, machines) => {
    expect(find(query).machines).toEqual(machines)
  })

  it('finds what a word of the query narrows, never more', () => {
    const word = fc.constantFrom('web', 'nat', 'off', '10', 'br0', 'isolated', '52:54', 'a', 'lan')
    fc.assert(
      fc.property(fc.array(word, { maxLength: 4 }), word, (words, more) => {
        const wide = find(words.join(' ')).machines
        const narrow = find([...words, more].join(' ')).machines
        expect(wide).toEqual(expect.arrayContaining(narrow))
      }),
    )
  })

  it('finds nothing for nonsense', () => {
    expect(find('no such thing')).toEqual({ machines: [], places: [] })
  })
})
