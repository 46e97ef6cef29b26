import { describe, expect, it } from 'vitest'
import { pluggedInto } from '../../../electron/cli/words'
import type { Attachment } from '../../../shared/world/world'
import { nic } from '../shared/worlds'

const MAC = '52:54:00:00:00:01'
const port = (parameters: Record<string, string>) => ({
  name: 'virtualport',
  attributes: { type: 'openvswitch' },
  children: [{ name: 'parameters', attributes: parameters, children: [], text: '' }],
  text: '',
})

describe('what a NIC is plugged into', () => {
  const staff: Attachment = { type: 'network', network: 'floor', portGroup: 'staff' }
  const floor: Attachment = { type: 'network', network: 'floor' }
  const ovs = (parameters: Record<string, string>): Attachment => ({
    type: 'bridge',
    bridge: 'ovs0',
    virtualPort: port(parameters),
  })

  it.each<[Attachment, Attachment, string]>([
    [staff, staff, 'network:floor:staff'],
    [staff, floor, 'network:floor:staff (next start: network:floor)'],
    [ovs({ interfaceid: 'a' }), ovs({ interfaceid: 'a' }), 'bridge:ovs0 (openvswitch)'],
    [ovs({ profileid: 'web' }), ovs({ profileid: 'web' }), 'bridge:ovs0 (openvswitch, profile web)'],
    [
      ovs({ interfaceid: 'a' }),
      ovs({ interfaceid: 'b' }),
      'bridge:ovs0 (openvswitch) (next start: another port there)',
    ],
  ])('is told with its port group and its virtual port: %j, %j', (live, saved, text) => {
    expect(pluggedInto(nic(MAC, { live, saved }))).toBe(text)
  })
})
