import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { machineDetail, pluggedText, stateLook } from '../../../renderer/model/machine-words'
import { placesOf } from '../../../renderer/model/places'
import { attachmentName, placeDetail, placeName, subnetText } from '../../../renderer/model/words'
import { addressesHere } from '../../../shared/world/address-here'
import type { Machine } from '../../../shared/world/world'
import { LAN, NAT, sampleWorld } from '../../renderer-harness/sample-world'

const world = sampleWorld('many')
const places = placesOf(world)
const here = addressesHere(world)

function machine(name: string): Machine {
  const found = world.machines.find((candidate) => candidate.name === name)
  if (found === undefined) throw new Error(`no machine ${name} in the sample`)
  return found
}

describe('a subnet in words', () => {
  it.each([
    ['192.168.122.1', 24, '192.168.122.0/24'],
    ['10.77.130.9', 17, '10.77.128.0/17'],
    ['172.16.5.6', 30, '172.16.5.4/30'],
    ['203.0.113.9', 32, '203.0.113.9/32'],
    ['200.1.2.3', 0, '0.0.0.0/0'],
  ])('%s/%i', (address, prefix, expected) => {
    expect(subnetText({ family: 4, address, prefix })).toBe(expected)
  })

  it('is the same for every address inside it', () => {
    const byte = fc.integer({ min: 0, max: 255 })
    fc.assert(
      fc.property(fc.tuple(byte, byte, byte, byte), fc.integer({ min: 0, max: 32 }), (bytes, prefix) => {
        const text = subnetText({ family: 4, address: bytes.join('.'), prefix })
        const base = text.split('/')[0] ?? ''
        expect(subnetText({ family: 4, address: base, prefix })).toBe(text)
      }),
    )
  })
})

describe('places in words', () => {
  it('calls the LAN by its name and tells bridge and card', () => {
    expect(places.map(placeName).slice(0, 2)).toEqual(['LAN', 'default'])
    expect(places.map((place) => placeDetail(place, 'enp3s0'))).toEqual([
      'br0 on enp3s0, router gives addresses',
      '192.168.122.0/24, 2 leases',
      '10.20.0.0/24, host at .1',
      'Machines only, no host, no DHCP',
      'Stopped',
      'On the LAN, not reachable from host',
    ])
  })

  it('still names what is not there', () => {
    expect(attachmentName({ type: 'network', network: 'gone' }, places)).toBe('gone')
  })
})

describe('a machine in words', () => {
  it('shows the address of each card, and where a stopped one will be', () => {
    expect(machineDetail(machine('web01'), places, here)).toBe('10.77.0.126')
    expect(machineDetail(machine('router-test'), places, here)).toBe('10.20.0.5, no address on 2nd')
    expect(machineDetail(machine('win11'), places, here)).toBe('Off, joins the LAN at start')
    expect(machineDetail({ ...machine('web01'), nics: [] }, places, here)).toBe('Running, no network card')
  })

  it('shows no address that a guest kept from another network', () => {
    const web = machine('web01')
    const [nic] = web.nics
    if (nic === undefined) throw new Error('the sample has a card')
    const kept = { ...nic, live: NAT, saved: NAT }
    expect(machineDetail({ ...web, nics: [kept] }, places, here)).toBe('No address yet')
  })

  it('has one look for a state: only what runs is green, only what crashed red', () => {
    const tones = (['running', 'paused', 'shutting-down', 'off', 'suspended', 'crashed'] as const).map(
      (state) => stateLook(state).tone,
    )
    expect(tones).toEqual(['good', 'warn', 'warn', 'none', 'none', 'bad'])
  })

  it('tells now from after a restart', () => {
    const running = machine('web01')
    const [nic] = running.nics
    if (nic === undefined) throw new Error('the sample has a card')
    expect(pluggedText(running, nic)).toBe('br0, now and after restart')
    expect(pluggedText(running, { ...nic, saved: NAT })).toBe('br0 now, default after restart')
    expect(pluggedText(running, { ...nic, saved: null })).toBe('br0, until it is shut down')
    expect(pluggedText(running, { ...nic, live: null })).toBe('br0, from the next start')
    expect(pluggedText({ ...running, state: 'off' }, { ...nic, live: null, saved: LAN })).toBe('br0')
  })
})

describe('a part of a place', () => {
  it('is told with its name: a port group, or a profile at a switch', () => {
    const staff = { type: 'network', network: 'default', portGroup: 'staff' } as const
    expect(attachmentName(staff, places)).toBe('default (staff)')
    expect(attachmentName({ ...staff, network: 'gone' }, places)).toBe('gone (staff)')
    const parameters = { name: 'parameters', attributes: { profileid: 'finance' }, children: [], text: '' }
    const virtualPort = {
      name: 'virtualport',
      attributes: { type: '802.1Qbh' },
      children: [parameters],
      text: '',
    }
    expect(attachmentName({ type: 'bridge', bridge: 'br9', virtualPort }, places)).toBe('br9 (finance)')
  })
})
