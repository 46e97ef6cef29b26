import { describe, expect, it } from 'vitest'
import { attachmentOfInterface } from '../../../electron/machines/attachment-xml'
import { machineState } from '../../../electron/machines/list'
import { mergeNics, parseMachine, type NicDefinition } from '../../../electron/machines/machine-xml'
import { parseXml } from '../../../electron/libvirt/xml'
import { toFailure } from '../../../shared/failure'
import type { Attachment } from '../../../shared/world/world'

const domain = (devices: string): string => `<domain type='kvm' id='3'>
  <name>web</name><uuid>0b1690dc-a020-4534-8692-479c8a8b4e7c</uuid><title>The shop</title>
  <metadata><app:note xmlns:app='urn:app'><title>no</title><![CDATA[<devices><interface type='user'/>]]></app:note></metadata>
  <devices>${devices}</devices></domain>`

describe('a machine’s XML', () => {
  it('names the machine and its NICs as they run', () => {
    const xml = domain(`
      <disk type='file'/>
      <interface type='network'>
        <mac address='52:54:00:AA:BB:CC'/>
        <source network='default' portid='910b82e8-976f-49d0-9cdd-43f676d0a674' bridge='virbr0'/>
        <target dev='vnet7'/><model type='virtio'/><link state='down'/><alias name='net0'/>
      </interface>
      <interface type='bridge'><mac address='52:54:00:00:00:02'/><source bridge='br0'/></interface>`)
    expect(parseMachine(xml)).toEqual({
      title: 'The shop',
      nics: [
        {
          mac: '52:54:00:aa:bb:cc',
          model: 'virtio',
          alias: 'net0',
          tap: 'vnet7',
          linkUp: false,
          attachment: { type: 'network', network: 'default' },
        },
        {
          mac: '52:54:00:00:00:02',
          model: null,
          alias: null,
          tap: null,
          linkUp: true,
          attachment: { type: 'bridge', bridge: 'br0' },
        },
      ],
    })
  })

  it('may have no title, no devices, and NICs of which nothing is written', () => {
    expect(parseMachine('<domain><name>bare</name></domain>')).toEqual({ title: null, nics: [] })
    expect(parseMachine(`<domain><metadata><title>x</title></metadata><devices/></domain>`).title).toBeNull()
    const nics = "<interface type='user'/><interface type='bridge'><source bridge='br0'/></interface>"
    expect(
      parseMachine(`<domain><devices>${nics}</devices></domain>`).nics.map((nic) => nic.attachment),
    ).toEqual([
      { type: 'other', description: 'user networking' },
      { type: 'bridge', bridge: 'br0' },
    ])
  })

  it('may have a title with signs of its own', () => {
    expect(parseMachine('<domain><title>R&amp;D &lt;1&gt;</title><devices/></domain>').title).toBe('R&D <1>')
  })

  it.each([
    '',
    '<network/>',
    "<domain><devices><interface type='bridge'><mac></interface></devices></domain>",
  ])('%s is refused', (xml) => {
    let code = 'no error'
    try {
      parseMachine(xml)
    } catch (thrown) {
      code = toFailure(thrown).code
    }
    expect(code).toBe('protocol')
  })
})

describe('an interface', () => {
  const other = (description: string): Attachment => ({ type: 'other', description })
  const cases: [string, Attachment][] = [
    ["<interface type='network'><source network='lan'/></interface>", { type: 'network', network: 'lan' }],
    // A running NIC on a network that leads to a bridge or a link: libvirt shows where it leads.
    [
      "<interface type='bridge'><source network='lan' portid='x' bridge='br0'/></interface>",
      { type: 'network', network: 'lan' },
    ],
    [
      "<interface type='direct'><source network='macvtap' dev='eth0' mode='bridge'/></interface>",
      { type: 'network', network: 'macvtap' },
    ],
    ["<interface type='bridge'><source bridge='br0'/></interface>", { type: 'bridge', bridge: 'br0' }],
    [
      "<interface type='direct'><source dev='eth0' mode='private'/></interface>",
      { type: 'direct', link: 'eth0', mode: 'private' },
    ],
    [
      "<interface type='direct'><source dev='eth0'/></interface>",
      { type: 'direct', link: 'eth0', mode: 'vepa' },
    ],
    ["<interface type='user'/>", other('user networking')],
    ["<interface type='user'><backend type='passt'/></interface>", other('user networking (passt)')],
    [
      "<interface type='hostdev'><source><address type='pci' domain='0x0000' bus='0x03' slot='0x00' function='0x1'/></source></interface>",
      other('host device 0000:03:00.1'),
    ],
    [
      "<interface type='vhostuser'><source type='unix' path='/run/vhost0'/></interface>",
      other('vhost-user /run/vhost0'),
    ],
    ["<interface type='ethernet'><target dev='tap0'/></interface>", other('host interface tap0')],
    ["<interface type='vdpa'><source dev='/dev/vhost-vdpa-0'/></interface>", other('vDPA /dev/vhost-vdpa-0')],
    ["<interface type='bridge'/>", other('a bridge without a name')],
  ]
  it.each(cases)('%s is read', (xml, attachment) => {
    expect(attachmentOfInterface(parseXml(xml, 'interface'))).toEqual(attachment)
  })
})

describe('live and saved NICs', () => {
  const nic = (mac: string, bridge: string, extra: Partial<NicDefinition> = {}): NicDefinition => ({
    mac,
    model: 'virtio',
    alias: null,
    tap: null,
    linkUp: true,
    attachment: { type: 'bridge', bridge },
    ...extra,
  })
  const places = (nics: ReturnType<typeof mergeNics>) =>
    nics.map(({ mac, live, saved }) => [mac, bridgeOf(live), bridgeOf(saved)])
  const bridgeOf = (at: Attachment | null) => (at?.type === 'bridge' ? at.bridge : null)

  it('are one NIC when they have the same MAC, however they are ordered', () => {
    const live = [nic('b', 'br0', { alias: 'net0' }), nic('a', 'br1')]
    const saved = [nic('a', 'br2'), nic('b', 'br3')]
    expect(places(mergeNics(live, saved))).toEqual([
      ['b', 'br0', 'br3'],
      ['a', 'br1', 'br2'],
    ])
    expect(mergeNics(live, saved)[0]?.alias).toBe('net0')
  })

  it('that are in one definition only have nothing in the other', () => {
    expect(places(mergeNics([nic('hot', 'br0')], [nic('next', 'br1')]))).toEqual([
      ['hot', 'br0', null],
      ['next', null, 'br1'],
    ])
    expect(places(mergeNics(null, [nic('a', 'br0')]))).toEqual([['a', null, 'br0']])
    expect(places(mergeNics([nic('a', 'br0')], null))).toEqual([['a', 'br0', null]])
  })

  it('that share a MAC are all shown, matched in order', () => {
    const live = [nic('a', 'br0'), nic('a', 'br1')]
    const saved = [nic('a', 'br2'), nic('a', 'br3'), nic('a', 'br4')]
    expect(places(mergeNics(live, saved))).toEqual([
      ['a', 'br0', 'br2'],
      ['a', 'br1', 'br3'],
      ['a', null, 'br4'],
    ])
  })
})

it('says whether a NIC’s port is isolated, and nothing where the XML leaves it to the network', () => {
  const interfaces = ["<port isolated='yes'/>", "<port isolated='no'/>", '']
    .map((port) => `<interface type='network'><source network='n'/>${port}</interface>`)
    .join('')
  const { nics } = parseMachine(domain(interfaces))
  expect(mergeNics(nics, null).map(({ isolated }) => isolated)).toEqual([true, false, undefined])
})

describe('a machine’s state', () => {
  it('is one of the words people know', () => {
    expect([0, 1, 2, 3, 4, 5, 6, 7, 99].map(machineState)).toEqual([
      'off',
      'running',
      'running',
      'paused',
      'shutting-down',
      'off',
      'crashed',
      'suspended',
      'off',
    ])
  })
})
