import { describe, expect, it } from 'vitest'
import { changesPortGroup, mustReplug, versionNumber } from '../../../shared/world/replug'
import type { Attachment } from '../../../shared/world/world'
import { network } from './worlds'

const floor = (portGroup?: string): Attachment => ({
  type: 'network',
  network: 'floor',
  ...(portGroup !== undefined && { portGroup }),
})
const NAT: Attachment = { type: 'network', network: 'default' }
const LAN: Attachment = { type: 'bridge', bridge: 'br0' }
const OVS: Attachment = {
  type: 'bridge',
  bridge: 'ovs0',
  virtualPort: { name: 'virtualport', attributes: { type: 'openvswitch' }, children: [], text: '' },
}

describe('the number of a version', () => {
  it.each([
    ['9.0.0', 9_000_000],
    ['11.3.0', 11_003_000],
    ['unknown', null],
  ])('%s', (text, number) => {
    expect(versionNumber(text)).toBe(number)
  })
})

describe('from port group to port group', () => {
  it('of one network a running NIC is unplugged, whatever libvirt it is', () => {
    for (const version of [9_000_000, 11_003_000]) {
      expect(changesPortGroup(floor('staff'), floor(), version)).toBe(true)
      expect(changesPortGroup(floor('staff'), floor('guests'), version)).toBe(true)
      expect(changesPortGroup(floor('staff'), floor('staff'), version)).toBe(false)
    }
  })

  it('of two networks only where libvirt refuses to update it', () => {
    expect(changesPortGroup(floor('staff'), NAT, 10_005_000)).toBe(false)
    expect(changesPortGroup(floor('staff'), NAT, 10_006_000)).toBe(true)
    expect(changesPortGroup(NAT, floor('staff'), 10_006_000)).toBe(true)
    expect(changesPortGroup(floor(), NAT, 10_006_000)).toBe(false)
    expect(changesPortGroup(floor('staff'), LAN, 10_006_000)).toBe(false)
  })
})

describe('a running NIC', () => {
  const must = (from: Attachment, to: Attachment, networks = [network('default'), network('floor')]) =>
    mustReplug(networks, { from, to, version: 9_000_000 })

  it('is updated from one bridge of the kernel to another', () => {
    expect([must(NAT, LAN), must(LAN, floor()), must(floor('staff'), NAT)]).toEqual([false, false, false])
  })

  it('is unplugged from and to a port of a virtual switch', () => {
    expect([must(OVS, NAT), must(LAN, OVS)]).toEqual([true, true])
  })

  it('is unplugged from and to a network, or a port group, that lends such a port', () => {
    const switched = network('floor', { kind: 'bridged', virtualPort: 'openvswitch' })
    expect([must(floor(), NAT, [switched]), must(NAT, floor(), [switched])]).toEqual([true, true])
    const grouped = network('floor', {
      kind: 'bridged',
      portGroups: [
        { name: 'staff', isDefault: true, virtualPort: 'openvswitch' },
        { name: 'guests', isDefault: false },
      ],
    })
    expect([must(LAN, floor('staff'), [grouped]), must(LAN, floor(), [grouped])]).toEqual([true, true])
    expect(must(LAN, floor('guests'), [grouped])).toBe(false)
  })
})
