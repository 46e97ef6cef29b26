import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectLibvirt, type Libvirt } from '../../electron/libvirt/libvirt'
import { parseXml, type XmlElement } from '../../electron/libvirt/xml'
import { listMachines } from '../../electron/machines/list'
import { switchNic } from '../../electron/machines/switch-nic'
import { defineNetwork, deleteNetwork, startNetwork } from '../../electron/networks/change'
import { toFailure, type Failure } from '../../shared/failure'
import type { Attachment, Nic } from '../../shared/world/world'
import { startFastLab, type Guest, type Lab } from './index'
import { english } from '../../shared/phrases/english'

const NAT: Attachment = { type: 'network', network: 'default' }
const LAN: Attachment = { type: 'bridge', bridge: 'br0' }

let lab: Lab
let libvirt: Libvirt

beforeAll(async () => {
  lab = await startFastLab({ networkManager: false })
  await bridgeTheNic()
  libvirt = await connectLibvirt(`qemu:///system?socket=${lab.libvirtSocket}`)
})

afterAll(async () => {
  await libvirt.close()
  await lab.close()
})

/** A bridge with the NIC as its port and the NIC's MAC and address, without any manager. */
async function bridgeTheNic(): Promise<void> {
  const { nic, nicMac } = lab
  const lines = [
    `link add br0 address ${nicMac} type bridge stp_state 0`,
    `link set ${nic} master br0`,
    `address flush dev ${nic}`,
    'address add 10.77.0.50/24 dev br0',
    'link set br0 up',
  ]
  await lab.exec(['ip', '-batch', '-'], { input: `${lines.join('\n')}\n` })
}

/** The failure of what must fail; `internal` when it did not. */
async function failureOf(promise: Promise<unknown>): Promise<Failure> {
  try {
    await promise
  } catch (thrown) {
    return toFailure(thrown)
  }
  return { code: 'internal', message: 'it worked' }
}

/** A NIC as the listing shows it. */
async function nicOf(machine: string): Promise<Nic | undefined> {
  const machines = await listMachines(libvirt)
  return machines.find(({ name }) => name === machine)?.nics[0]
}

/** Everything of a machine's first NIC but its type and source, live and saved. */
async function restOf(guest: Guest): Promise<object[]> {
  const definitions = await Promise.all([guest.xml(), guest.xml({ inactive: true })])
  return definitions.map((xml) => {
    const nic = parseXml(xml, 'domain')
      .children.find(({ name }) => name === 'devices')
      ?.children.find(({ name }) => name === 'interface')
    return (nic?.children ?? []).filter(({ name }) => name !== 'source').map(plain)
  })
}

const plain = ({ name, attributes, children }: XmlElement): object => ({
  name,
  attributes: { ...attributes },
  children: children.map(plain),
})

describe('a running guest', () => {
  let guest: Guest

  beforeAll(async () => {
    guest = await lab.addGuest('web', {
      interfaceXml: `<interface type='network'>
        <mac address='52:54:00:77:00:01'/><source network='default'/><target dev='web0'/>
        <model type='virtio'/><driver name='qemu' txmode='timer' event_idx='off'/>
        <filterref filter='no-mac-spoofing'/><boot order='1'/><mtu size='1400'/><alias name='ua-uplink'/>
      </interface>`,
    })
    await guest.waitForAddress((ip) => ip.startsWith('192.168.122.'), 90_000)
  })

  it('moves from NAT to the LAN and back, with a new address each time, and loses nothing', async () => {
    const before = await restOf(guest)
    const steps: string[] = []
    const toLan = await switchNic(libvirt, {
      machine: 'web',
      mac: guest.mac,
      to: LAN,
      live: true,
      addressPatienceMs: 1,
      progress: (step, state) => steps.push(`${english(step)}: ${state}`),
    })
    expect(toLan).toMatchObject({ before: { live: NAT, saved: NAT }, after: { live: LAN, saved: LAN } })
    const address = await guest.waitForAddress((ip) => ip.startsWith('10.77.0.'), 90_000)
    expect(await lab.lanHost.ping(address)).toBe(true)
    expect(await restOf(guest)).toEqual(before)
    expect(steps).toEqual([
      'Plug in: running',
      'Plug in: done',
      'Bring the link up again: running',
      'Bring the link up again: done',
      'Wait for an address: running',
      'Wait for an address: done',
    ])

    const back = await switchNic(libvirt, { machine: 'web', mac: guest.mac, to: NAT, live: true })
    expect(back.after).toEqual({ live: NAT, saved: NAT })
    // The lease of before is still on file: this is the one the guest has just asked for.
    expect(back.address).toMatchObject({ source: 'lease', prefix: 24 })
    expect(await guest.waitForAddress((ip) => ip.startsWith('192.168.122.'), 90_000)).toBe(back.address?.ip)
    expect(await restOf(guest)).toEqual(before)
  })

  it('that is there already is left alone', async () => {
    const seen = guest.log()
    const outcome = await switchNic(libvirt, { machine: 'web', mac: guest.mac, to: NAT, live: true })
    expect(outcome).toEqual({ before: outcome.after, after: { live: NAT, saved: NAT }, address: null })
    expect(guest.log()).toBe(seen)
  })

  it('stays where it is when only its next start shall change', async () => {
    const outcome = await switchNic(libvirt, { machine: 'web', mac: guest.mac, to: LAN, live: false })
    expect(outcome.after).toEqual({ live: NAT, saved: LAN })
    await switchNic(libvirt, { machine: 'web', mac: guest.mac, to: NAT, live: true })
    expect(await nicOf('web')).toMatchObject({ live: NAT, saved: NAT, tap: 'web0', alias: 'ua-uplink' })
  })

  it('is put back when its definition cannot be saved', async () => {
    const before = await restOf(guest)
    const folder = '/etc/libvirt/qemu'
    await lab.exec(['mount', '--bind', folder, folder])
    await lab.exec(['mount', '-o', 'remount,ro,bind', folder])
    try {
      const failure = await failureOf(
        switchNic(libvirt, { machine: 'web', mac: guest.mac, to: LAN, live: true }),
      )
      expect(failure.code).toBe('rolled-back')
      expect(english(failure.message)).toContain('Read-only file system')
    } finally {
      await lab.exec(['umount', folder])
    }
    expect(await nicOf('web')).toMatchObject({ live: NAT, saved: NAT, linkUp: true })
    expect(await restOf(guest)).toEqual(before)
  })

  it('keeps its network when the bridge does not exist', async () => {
    const to: Attachment = { type: 'bridge', bridge: 'nobridge' }
    const failure = await failureOf(switchNic(libvirt, { machine: 'web', mac: guest.mac, to, live: true }))
    expect(failure.code).toBe('libvirt-error')
    expect(await nicOf('web')).toMatchObject({ live: NAT, saved: NAT, linkUp: true })
    const { stdout } = await lab.exec(['ip', '-br', 'link', 'show', 'master', 'virbr0'])
    expect(stdout).toContain('web0')
  })

  it('keeps a link that was set down by hand down', async () => {
    const virsh = ['virsh', '-c', 'qemu:///system']
    await lab.exec([...virsh, 'domif-setlink', 'web', 'web0', 'down'])
    const outcome = await switchNic(libvirt, { machine: 'web', mac: guest.mac, to: LAN, live: true })
    expect(outcome).toMatchObject({ after: { live: LAN, saved: LAN }, address: null })
    expect(await nicOf('web')).toMatchObject({ linkUp: false })
    await switchNic(libvirt, { machine: 'web', mac: guest.mac, to: NAT, live: true })
    await lab.exec([...virsh, 'domif-setlink', 'web', 'web0', 'up'])
  })

  it.each([
    ['an unknown machine', { machine: 'nobody' }, 'not-found'],
    ['an unknown NIC', { mac: '52:54:00:00:00:00' }, 'not-found'],
    ['an unknown network', { to: { type: 'network', network: 'nowhere' } }, 'not-found'],
  ] as const)('is refused %s', async (_what, wrong, code) => {
    const request = { machine: 'web', mac: guest.mac, to: LAN, live: true, ...wrong }
    expect((await failureOf(switchNic(libvirt, request))).code).toBe(code)
    expect(await nicOf('web')).toMatchObject({ live: NAT, saved: NAT })
  })

  it('goes to a network that leads to the bridge, once that is started', async () => {
    await defineNetwork(
      libvirt,
      "<network><name>lan</name><forward mode='bridge'/><bridge name='br0'/></network>",
    )
    const to: Attachment = { type: 'network', network: 'lan' }
    const request = { machine: 'web', mac: guest.mac, to, live: true, addressPatienceMs: 1 }
    expect((await failureOf(switchNic(libvirt, request))).code).toBe('refused')
    await startNetwork(libvirt, 'lan')
    expect((await switchNic(libvirt, request)).after).toEqual({ live: to, saved: to })
    await guest.waitForAddress((ip) => ip.startsWith('10.77.0.'), 90_000)
    await switchNic(libvirt, { ...request, to: NAT })
    await deleteNetwork(libvirt, 'lan')
  })
})

describe('a guest that is off', () => {
  it('is on the LAN from its next start', async () => {
    const guest = await lab.addGuest('later', { start: false })
    const outcome = await switchNic(libvirt, { machine: 'later', mac: guest.mac, to: LAN, live: true })
    expect(outcome).toEqual({
      before: { live: null, saved: NAT },
      after: { live: null, saved: LAN },
      address: null,
    })
    await guest.start()
    await guest.waitForAddress((ip) => ip.startsWith('10.77.0.'), 90_000)
    await guest.stop()
  })

  it('with two NICs of the same MAC is refused', async () => {
    const nic =
      "<interface type='network'><mac address='52:54:00:77:00:02'/><source network='default'/></interface>"
    await lab.addGuest('twins', { start: false, interfaceXml: nic + nic })
    const request = { machine: 'twins', mac: '52:54:00:77:00:02', to: LAN, live: true }
    expect((await failureOf(switchNic(libvirt, request))).code).toBe('refused')
  })
})

/** Cards with all that libvirt lets a definition say of a place, and of a port there. */
const ODD_CARDS = [
  "<interface type='network'>MAC<source network='floor' portgroup='staff'/></interface>",
  `<interface type='network'>MAC<source network='floor' portgroup='staff'/><virtualport type='openvswitch'>
    <parameters interfaceid='d3b1f1ce-7d0d-4b7e-a6d5-1e0a5f0c7a11' profileid='menial'/></virtualport></interface>`,
  `<interface type='network'>MAC<source network='floor'/><virtualport><parameters profileid='any' managerid='3'/></virtualport></interface>`,
  `<interface type='bridge'>MAC<source bridge='ovs0'/><vlan trunk='yes'><tag id='42' nativeMode='untagged'/><tag id='47'/></vlan>
    <virtualport type='openvswitch'><parameters interfaceid='d3b1f1ce-7d0d-4b7e-a6d5-1e0a5f0c7a12'/></virtualport></interface>`,
  `<interface type='bridge'>MAC<source bridge='midonet'/><virtualport type='midonet'>
    <parameters interfaceid='d3b1f1ce-7d0d-4b7e-a6d5-1e0a5f0c7a13'/></virtualport></interface>`,
  `<interface type='bridge'>MAC<source bridge='br7'/>
    <bandwidth><inbound average='1000' peak='5000' burst='1024'/></bandwidth><port isolated='yes'/></interface>`,
  `<interface type='direct'>MAC<source dev='enp3s0' mode='vepa'/><virtualport type='802.1Qbg'>
    <parameters managerid='11' typeid='1193047' typeidversion='2' instanceid='09b11c53-8b5c-4eeb-8f00-d84eaa0aaa4f'/></virtualport></interface>`,
  `<interface type='direct'>MAC<source dev='enp3s0' mode='private'/><virtualport type='802.1Qbh'>
    <parameters profileid='finance'/></virtualport></interface>`,
].map((xml, index) => xml.replace('MAC', `<mac address='52:54:00:78:00:0${index}'/><model type='virtio'/>`))

describe('a guest with cards in odd places', () => {
  it('has each of them back as libvirt wrote it, in every character', async () => {
    const floor = "<network><name>floor</name><bridge name='virbr9'/><portgroup name='staff'/></network>"
    await defineNetwork(libvirt, floor)
    const guest = await lab.addGuest('odd', { start: false, interfaceXml: ODD_CARDS.join('') })
    const cards = async (): Promise<string[]> => [
      ...((await guest.xml()).match(/<interface[^]*?<\/interface>/g) ?? []),
    ]
    const before = await cards()
    const machineOf = async (): Promise<readonly Nic[]> =>
      (await listMachines(libvirt)).find(({ name }) => name === 'odd')?.nics ?? []
    const nics = await machineOf()
    expect(nics).toHaveLength(ODD_CARDS.length)
    const port = { name: 'virtualport', attributes: { type: 'openvswitch' }, children: [], text: '' }
    const ovs: Attachment = { type: 'bridge', bridge: 'ovs9', virtualPort: port }
    // A VLAN is nothing for this libvirt's bridges of the kernel, and isolation nothing for Open vSwitch.
    for (const { mac, isolated } of nics) {
      await switchNic(libvirt, { machine: 'odd', mac, to: isolated ? LAN : ovs, live: false })
    }
    expect((await machineOf()).map(({ saved }) => saved?.type)).toEqual(nics.map(() => 'bridge'))
    expect((await cards()).filter((card) => before.includes(card))).toEqual([])
    for (const { mac, previous } of await machineOf()) {
      if (previous === undefined) throw new Error(`nothing noted of ${mac}`)
      await switchNic(libvirt, { machine: 'odd', mac, to: previous, live: false })
    }
    expect(await cards()).toEqual(before)
  })
})

describe('a transient guest', () => {
  it('moves live, and has nothing saved', async () => {
    const guest = await lab.addGuest('passing')
    await lab.exec(['virsh', '-c', 'qemu:///system', 'undefine', 'passing'])
    await guest.waitForAddress(() => true, 90_000)
    const request = { machine: 'passing', mac: guest.mac, to: LAN, live: true, addressPatienceMs: 1 }
    expect((await failureOf(switchNic(libvirt, { ...request, live: false }))).code).toBe('refused')
    const outcome = await switchNic(libvirt, request)
    expect(outcome.after).toEqual({ live: LAN, saved: null })
    await guest.waitForAddress((ip) => ip.startsWith('10.77.0.'), 90_000)
    const machine = (await listMachines(libvirt)).find(({ name }) => name === 'passing')
    expect(machine).toMatchObject({ persistent: false, state: 'running' })
    await guest.stop()
    expect((await listMachines(libvirt)).map(({ name }) => name)).not.toContain('passing')
  })
})
