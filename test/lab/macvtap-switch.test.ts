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
import { type Text } from '../../shared/phrases/phrase'

const NAT: Attachment = { type: 'network', network: 'default' }
const POOL: Attachment = { type: 'network', network: 'pool' }

let lab: Lab
let libvirt: Libvirt
let macvtap: Extract<Attachment, { type: 'direct' }>

beforeAll(async () => {
  lab = await startFastLab({ networkManager: false })
  libvirt = await connectLibvirt(`qemu:///system?socket=${lab.libvirtSocket}`)
  macvtap = { type: 'direct', link: lab.nic, mode: 'bridge' }
  const link = `<interface dev='${lab.nic}'/>`
  await defineNetwork(libvirt, `<network><name>pool</name><forward mode='bridge'>${link}</forward></network>`)
  await startNetwork(libvirt, 'pool')
})

afterAll(async () => {
  await libvirt.close()
  await lab.close()
})

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
  return (await listMachines(libvirt)).find(({ name }) => name === machine)?.nics[0]
}

/** Everything of a machine's NIC but its source and the name of the host's end, live and saved. */
async function restOf(guest: Guest): Promise<object[]> {
  const definitions = await Promise.all([guest.xml(), guest.xml({ inactive: true })])
  return definitions.map((xml) => {
    const nic = parseXml(xml, 'domain')
      .children.find(({ name }) => name === 'devices')
      ?.children.find(({ name }) => name === 'interface')
    return (nic?.children ?? []).filter(({ name }) => !['source', 'target'].includes(name)).map(plain)
  })
}

const plain = ({ name, attributes, children }: XmlElement): object => ({
  name,
  attributes: { ...attributes },
  children: children.map(plain),
})

const onNat = (ip: string): boolean => ip.startsWith('192.168.122.')
const onLan = (ip: string): boolean => ip.startsWith('10.77.0.')

describe('a running guest', () => {
  let guest: Guest
  const go = (to: Attachment, more: object = {}) =>
    switchNic(libvirt, { machine: 'web', mac: guest.mac, to, live: true, ...more })

  beforeAll(async () => {
    guest = await lab.addGuest('web', {
      interfaceXml: `<interface type='network'>
        <mac address='52:54:00:77:00:01'/><source network='default'/>
        <model type='virtio'/><driver name='qemu' txmode='timer' event_idx='off'/>
        <boot order='1'/><alias name='ua-uplink'/>
      </interface>`,
    })
    await guest.waitForAddress(onNat, 90_000)
  })

  it('moves to macvtap and back, with a new address each time, and loses nothing', async () => {
    const before = await restOf(guest)
    const steps: string[] = []
    const there = await go(macvtap, {
      progress: (step: Text, state: string) => steps.push(`${english(step)}: ${state}`),
    })
    expect(there).toEqual({
      before: { live: NAT, saved: NAT },
      after: { live: macvtap, saved: macvtap },
      address: null,
    })
    expect(steps).toEqual([
      'Have the guest let go of the network card: running',
      'Have the guest let go of the network card: done',
      'Plug in: running',
      'Plug in: done',
    ])
    const address = await guest.waitForAddress(onLan, 90_000)
    expect(await lab.lanHost.ping(address)).toBe(true)
    expect(await restOf(guest)).toEqual(before)

    const back = await go(NAT)
    expect(back.after).toEqual({ live: NAT, saved: NAT })
    expect(back.address).toMatchObject({ source: 'lease', prefix: 24 })
    expect(await guest.waitForAddress(onNat, 90_000)).toBe(back.address?.ip)
    expect(await restOf(guest)).toEqual(before)
  })

  it('moves to a network that leads to macvtap, from there to macvtap itself, and to another mode', async () => {
    const before = await restOf(guest)
    for (const to of [POOL, macvtap, { ...macvtap, mode: 'private' }, NAT] as const) {
      expect((await go(to, { addressPatienceMs: 1 })).after).toEqual({ live: to, saved: to })
      await guest.waitForAddress(to === NAT ? onNat : onLan, 90_000)
      expect(await restOf(guest)).toEqual(before)
    }
  })

  it('gets its old place back when it can’t be plugged in at the new one', async () => {
    const before = await restOf(guest)
    const failure = await failureOf(go({ ...macvtap, link: 'nolink' }))
    expect(failure.code).toBe('rolled-back')
    expect(english(failure.message)).toContain('The network card is plugged in as before.')
    expect(await nicOf('web')).toMatchObject({ live: NAT, saved: NAT, linkUp: true })
    expect(await restOf(guest)).toEqual(before)
    await guest.waitForAddress(onNat, 90_000)
  })

  it('keeps a network that leads to macvtap when it can’t be plugged in elsewhere', async () => {
    await go(POOL)
    const failure = await failureOf(go({ ...macvtap, link: 'nolink' }))
    expect(failure.code).toBe('rolled-back')
    expect(await nicOf('web')).toMatchObject({ live: POOL, saved: POOL })
    await go(NAT, { addressPatienceMs: 1 })
  })

  it('that is paused is refused, and can be switched for its next start', async () => {
    await lab.exec(['virsh', 'suspend', 'web'])
    const failure = await failureOf(go(macvtap))
    expect(failure).toMatchObject({ code: 'refused', hint: expect.stringContaining('--no-live') as string })
    expect((await go(macvtap, { live: false })).after).toEqual({ live: NAT, saved: macvtap })
    await lab.exec(['virsh', 'resume', 'web'])
    await go(NAT, { addressPatienceMs: 1 })
    expect(await nicOf('web')).toMatchObject({ live: NAT, saved: NAT })
  })
})

describe('a guest that does not let go', () => {
  it('keeps its network card, and its definition', async () => {
    const guest = await lab.addGuest('stubborn', { start: false })
    const deaf = (await guest.xml()).replace('console=ttyS0', 'acpi=off console=ttyS0')
    await lab.exec(['virsh', 'define', '/dev/stdin'], { input: deaf })
    await guest.start()
    const request = { machine: 'stubborn', mac: guest.mac, to: macvtap, live: true, letGoMs: 1000 }
    const failure = await failureOf(switchNic(libvirt, request))
    expect(failure.code).toBe('rolled-back')
    expect(english(failure.message)).toContain('did not let go')
    expect(english(failure.hint ?? '')).toContain('--no-live')
    expect(await nicOf('stubborn')).toMatchObject({ live: NAT, saved: NAT, linkUp: true })
    await guest.stop()
  })
})

describe('a guest that is off', () => {
  it('is on macvtap from its next start', async () => {
    const guest = await lab.addGuest('later', { start: false })
    const outcome = await switchNic(libvirt, { machine: 'later', mac: guest.mac, to: macvtap, live: true })
    expect(outcome.after).toEqual({ live: null, saved: macvtap })
    await guest.start()
    await guest.waitForAddress(onLan, 90_000)
    await guest.stop()
  })
})

it('cleans up after itself', async () => {
  await deleteNetwork(libvirt, 'pool')
})
