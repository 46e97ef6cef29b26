import { describe, expect, it } from 'vitest'
import { parseXml } from '../../../electron/libvirt/xml'
import { attachmentOfInterface } from '../../../electron/machines/attachment-xml'
import { refuseWhatIsLost } from '../../../electron/machines/carried'
import { plugInto } from '../../../electron/machines/interface-xml'
import { mergeNics, parseMachine } from '../../../electron/machines/machine-xml'
import { ownXml } from '../../../electron/machines/own-xml'
import { wholeOf } from '../xml/rest'

/** A NIC on a NAT network with isolated ports and port groups, as libvirt 9.0.0 printed it in its three forms. */
const ISOLATED = {
  shown: `<interface type='network'>
      <mac address='52:54:00:77:00:01'/>
      <source network='floor' portgroup='staff' portid='00bff858-e528-48ce-ab4c-eaa680318470' bridge='virbr7'/>
      <port isolated='yes'/>
      <target dev='vnet0'/>
      <model type='virtio'/>
      <alias name='ua-up'/>
      <address type='pci' domain='0x0000' bus='0x00' slot='0x02' function='0x0'/>
    </interface>`,
  migratable: `<interface type='network'>
      <mac address='52:54:00:77:00:01'/>
      <source network='floor' portgroup='staff'/>
      <model type='virtio'/>
      <alias name='ua-up'/>
      <address type='pci' domain='0x0000' bus='0x00' slot='0x02' function='0x0'/>
    </interface>`,
}

/** A NIC that was plugged into the same network while the machine ran, and says itself that it is not isolated. */
const PLUGGED = {
  shown: `<interface type='network'>
      <mac address='52:54:00:77:00:02'/>
      <source network='floor' portid='7d2f14a5-8f7c-4b4d-bb0d-6a0d6b5f7c55' bridge='virbr7'/>
      <port isolated='no'/>
      <target dev='vnet1'/>
      <model type='virtio'/>
      <alias name='net1'/>
      <address type='pci' domain='0x0000' bus='0x00' slot='0x03' function='0x0'/>
    </interface>`,
  migratable: `<interface type='network'>
      <mac address='52:54:00:77:00:02'/>
      <source network='floor'/>
      <port isolated='no'/>
      <model type='virtio'/>
      <address type='pci' domain='0x0000' bus='0x00' slot='0x03' function='0x0'/>
    </interface>`,
}

/** On a network of Open vSwitch that has the VLAN (after a machine in a report to ansible-kvm). */
const SWITCHED = {
  shown: `<interface type='bridge'>
  <mac address='52:54:00:00:00:01'/>
  <source network='floor' portid='1b7e5c7e-3b0c-4d88-9c39-1f3d0b7f4c55' bridge='ovs0'/>
  <vlan><tag id='193'/></vlan>
  <virtualport type='openvswitch'><parameters interfaceid='a9fcdcb8-8e98-4bb6-a6ac-65c81f7d4905'/></virtualport>
  <bandwidth><inbound average='1000'/></bandwidth>
  <target dev='vnet0'/><model type='virtio'/><alias name='net0'/>
</interface>`,
  saved: `<interface type='network'><mac address='52:54:00:00:00:01'/><source network='floor'/><model type='virtio'/></interface>`,
}

const children = (xml: string): string[] => parseXml(xml, 'interface').children.map(({ name }) => name)
const LAN = { type: 'bridge', bridge: 'br0' } as const

describe('what a running NIC says itself', () => {
  it('is what libvirt would migrate, with what libvirt knows of it now', () => {
    const own = ownXml(ISOLATED.shown, { migratable: ISOLATED.migratable, saved: null })
    expect(children(own)).toEqual(['mac', 'source', 'target', 'model', 'alias', 'address'])
    expect(attachmentOfInterface(parseXml(own, 'interface'))).toEqual({
      type: 'network',
      network: 'floor',
      portGroup: 'staff',
    })
  })

  it('may differ from what its network says, also when it is saved nowhere', () => {
    const own = ownXml(PLUGGED.shown, { migratable: PLUGGED.migratable, saved: null })
    expect(own).toContain('isolated="no"')
    expect(children(own)).not.toContain('bandwidth')
  })

  it('is told by its saved definition where libvirt shows no form for a migration', () => {
    for (const migratable of [null, SWITCHED.shown]) {
      const own = ownXml(SWITCHED.shown, { migratable, saved: SWITCHED.saved })
      expect(children(own)).toEqual(['mac', 'source', 'target', 'model', 'alias'])
      expect(attachmentOfInterface(parseXml(own, 'interface'))).toEqual({ type: 'network', network: 'floor' })
      expect(parseXml(own, 'interface').attributes.type).toBe('network')
    }
  })

  it('keeps what the saved definition says as well', () => {
    const saved = SWITCHED.saved.replace(
      '<model',
      "<vlan><tag id='7'/></vlan><virtualport><parameters profileid='p'/></virtualport><model",
    )
    const own = ownXml(SWITCHED.shown, { migratable: null, saved })
    expect(own).toContain('<tag id="7"/>')
    expect(attachmentOfInterface(parseXml(own, 'interface'))).toMatchObject({
      virtualPort: { attributes: {}, children: [{ attributes: { profileid: 'p' } }] },
    })
  })

  it('takes no virtual port from another place that the NIC is saved for', () => {
    const saved = `<interface type='bridge'><mac address='52:54:00:00:00:01'/><source bridge='ovs9'/>
      <virtualport type='openvswitch'><parameters interfaceid='x'/></virtualport></interface>`
    expect(children(ownXml(SWITCHED.shown, { migratable: null, saved }))).not.toContain('virtualport')
  })

  it('is everything for a NIC that is on no network', () => {
    const xml = `<interface type='bridge'><source bridge='br0'/><port isolated='yes'/></interface>`
    expect(ownXml(xml, { migratable: xml.replace(/<port.*?>/, ''), saved: null })).toBe(xml)
  })
})

describe('what a network lends', () => {
  const own = ownXml(SWITCHED.shown, { migratable: null, saved: SWITCHED.saved })

  it('keeps the NIC from no place', () => {
    for (const ground of ['linux-bridge', 'macvtap'] as const) {
      expect(() => refuseWhatIsLost(own, ground, 9_000_000n)).not.toThrow()
      expect(() =>
        refuseWhatIsLost(ownXml(ISOLATED.shown, { ...ISOLATED, saved: null }), ground, 9_000_000n),
      ).not.toThrow()
    }
  })

  it('does not travel', () => {
    expect(wholeOf(plugInto(own, LAN))).toEqual(
      wholeOf(`<interface type="bridge"><mac address='52:54:00:00:00:01'/><source bridge="br0"/>
        <target dev='vnet0'/><model type='virtio'/><alias name='net0'/></interface>`),
    )
  })

  it('is not taken for the place in the World', () => {
    const domain = (nic: string): string => `<domain><devices>${nic}</devices></domain>`
    const live = parseMachine(domain(SWITCHED.shown)).nics
    const floor = { type: 'network', network: 'floor' }
    expect(mergeNics(live, parseMachine(domain(SWITCHED.saved)).nics)).toMatchObject([
      { live: floor, saved: floor },
    ])
    expect(mergeNics(live, null)[0]?.live).toEqual(floor)
    const elsewhere = SWITCHED.saved.replace("network='floor'", "network='floor' portgroup='staff'")
    expect(mergeNics(live, parseMachine(domain(elsewhere)).nics)[0]).toMatchObject({
      live: floor,
      saved: { ...floor, portGroup: 'staff' },
    })
  })
})
