import { describe, expect, it } from 'vitest'
import { trayModel, trayStatus, type TrayItem } from '../../../electron/app/tray-model'
import { trayMessages } from '../../../shared/messages/tray'
import type { Operation } from '../../../shared/world/operation'
import type { World } from '../../../shared/world/world'
import { anotherHost } from '../../../shared/world/host'
import { LAN_BRIDGE, LAN_WORLD, NAT, NAT_WORLD, WEB01 } from './world'

const words = trayMessages('en-GB')
const itemsOf = (world: World): readonly TrayItem[] => trayModel(world, words).items

function submenu(items: readonly TrayItem[], label: string): readonly TrayItem[] {
  const found = items.find((item) => item.kind === 'menu' && item.label === label)
  if (found?.kind !== 'menu') throw new Error(`no submenu ${label}`)
  return found.items
}

const labels = (items: readonly TrayItem[]): string[] =>
  items.map((item) => (item.kind === 'separator' ? '-' : item.label))

const chosen = (items: readonly TrayItem[]): string[] =>
  items.flatMap((item) => (item.kind === 'choice' && item.chosen ? [item.label] : []))

describe('trayStatus', () => {
  it('tells LAN bridge, NAT only and libvirt away', () => {
    expect(trayStatus(LAN_WORLD)).toBe('lan')
    expect(trayStatus(NAT_WORLD)).toBe('nat')
    expect(trayStatus({ ...LAN_WORLD, libvirt: { state: 'connecting', uri: 'qemu:///system' } })).toBe(
      'offline',
    )
  })

  it('tells trouble when the host has no uplink, the cable is out, or a rollback failed', () => {
    const { host } = LAN_WORLD
    const unplugged = host.links.map((link) => ({ ...link, carrier: false }))
    const [last] = LAN_WORLD.transactions
    if (last === undefined) throw new Error('no transaction')
    expect(trayStatus({ ...LAN_WORLD, host: { ...host, uplink: null } })).toBe('trouble')
    expect(trayStatus({ ...LAN_WORLD, host: { ...host, links: unplugged } })).toBe('trouble')
    expect(trayStatus({ ...LAN_WORLD, transactions: [{ ...last, state: 'rollback-failed' }] })).toBe(
      'trouble',
    )
  })
})

describe('trayModel', () => {
  it('names uplink, gateway and the state of each network', () => {
    expect(labels(itemsOf(LAN_WORLD)).slice(0, 2)).toEqual([
      'LAN bridge up',
      'enp3s0 → br0 · gateway 10.77.0.1',
    ])
    expect(labels(submenu(itemsOf(LAN_WORLD), 'Networks'))).toEqual([
      'br0 · bridged · on',
      'default · NAT · on',
    ])
  })

  it('moves a machine in two clicks: its submenu has NAT and LAN, with a tick at the present one', () => {
    const items = submenu(itemsOf(LAN_WORLD), 'web01')
    expect(labels(items)).toEqual(['NAT', 'LAN'])
    expect(chosen(items)).toEqual(['NAT'])
    expect(items[1]).toMatchObject({
      action: { kind: 'connect', machine: WEB01.id, mac: '52:54:00:00:00:01', to: { kind: 'lan' } },
    })
  })

  it('says of machines that they are not known while libvirt is away, and moves none', () => {
    const connecting: World = { ...LAN_WORLD, libvirt: { state: 'connecting', uri: 'qemu:///system' } }
    const failure = { code: 'libvirt-unreachable', message: 'gone' } as const
    const offline: World = { ...LAN_WORLD, libvirt: { state: 'offline', uri: 'qemu:///system', failure } }
    for (const away of [connecting, offline]) {
      const empty = labels(itemsOf({ ...away, machines: [] }))
      expect(empty).toContain('Which machines run is not known')
      expect(empty).not.toContain('No machine is running')
      expect(labels(itemsOf(away))).toContain('Machines that ran when libvirt last answered')
      const choices = submenu(itemsOf(away), 'web01')
      expect(choices.map((item) => item.kind === 'choice' && item.action)).toEqual([null, null])
    }
    expect(labels(itemsOf(connecting))[0]).toBe('Connecting to libvirt')
    expect(labels(itemsOf(offline))[0]).toBe('libvirt does not answer')
  })

  it('offers to make the bridge where there is none', () => {
    expect(submenu(itemsOf(NAT_WORLD), 'web01')[1]).toEqual({
      kind: 'command',
      label: 'LAN: make a bridge first…',
      action: { kind: 'show', show: { view: 'bridge' } },
    })
  })

  it('lists other active networks by name, and no stopped ones', () => {
    const [, nat] = LAN_WORLD.networks
    if (nat?.source !== 'libvirt') throw new Error('no NAT network')
    const lab = { ...nat, id: 'network:lab', name: 'lab', kind: 'isolated' as const }
    const old = { ...nat, id: 'network:old', name: 'old', kind: 'isolated' as const, active: false }
    const world = { ...LAN_WORLD, networks: [...LAN_WORLD.networks, lab, old] }
    expect(labels(submenu(itemsOf(world), 'web01'))).toEqual(['NAT', 'LAN', 'lab'])
  })

  it('gives each NIC of a machine with several its own submenu', () => {
    const [nic] = WEB01.nics
    if (nic === undefined) throw new Error('no NIC')
    const second = { ...nic, mac: '52:54:00:00:00:02', live: { type: 'bridge' as const, bridge: 'br0' } }
    const world = { ...LAN_WORLD, machines: [{ ...WEB01, nics: [nic, second] }] }
    const items = submenu(itemsOf(world), 'web01')
    expect(labels(items)).toEqual(['52:54:00:00:00:01', '52:54:00:00:00:02'])
    expect(chosen(submenu(items, '52:54:00:00:00:02'))).toEqual(['LAN'])
  })

  it('leaves a machine in its port group when its own network is chosen', () => {
    const [, nat] = LAN_WORLD.networks
    const [nic] = WEB01.nics
    if (nat?.source !== 'libvirt' || nic === undefined) throw new Error('no NAT network, or no NIC')
    const floor = { ...nat, id: 'network:floor', name: 'floor', kind: 'isolated' as const }
    const staff = { type: 'network', network: 'floor', portGroup: 'staff' } as const
    const world = {
      ...LAN_WORLD,
      networks: [...LAN_WORLD.networks, floor],
      machines: [{ ...WEB01, nics: [{ ...nic, live: staff, saved: staff }] }],
    }
    const items = submenu(itemsOf(world), 'web01')
    expect(chosen(items)).toEqual(['floor'])
    expect(items.find((item) => item.kind === 'choice' && item.chosen)).toMatchObject({
      action: { to: { kind: 'attachment', attachment: staff } },
    })
  })

  it('offers no second move while a NIC is being moved', () => {
    const moving: Operation = {
      id: 'o1',
      subject: {
        kind: 'connect',
        machine: WEB01.id,
        mac: '52:54:00:00:00:01',
        to: { type: 'bridge', bridge: 'br0' },
      },
      title: 'Move web01 to br0',
      steps: [],
      status: { state: 'running' },
      startedAt: 0,
    }
    const items = submenu(itemsOf({ ...LAN_WORLD, operations: [moving] }), 'web01')
    expect(items.map((item) => item.kind === 'choice' && item.action)).toEqual([null, null])
  })

  it('leaves out stopped machines and keeps the menu short with many running ones', () => {
    const stopped = { ...WEB01, id: 'x', name: 'stopped', state: 'off' as const }
    const many = Array.from({ length: 500 }, (_, i) => ({ ...WEB01, id: String(i), name: `vm${i}` }))
    expect(labels(itemsOf({ ...LAN_WORLD, machines: [stopped] }))).toContain('No machine is running')
    const items = labels(itemsOf({ ...LAN_WORLD, machines: many }))
    expect(items).toContain('480 more in Patchbay…')
    expect(items.length).toBeLessThan(40)
  })

  it('undoes the last host change, but not while one is under way', () => {
    const undo = (world: World) =>
      itemsOf(world).find((item) => item.kind === 'command' && item.label.includes('Undo'))
    expect(undo(LAN_WORLD)).toMatchObject({
      action: { kind: 'show', show: { view: 'undo', transaction: '20261123-214501-3f9c' } },
    })
    expect(undo(NAT_WORLD)).toMatchObject({ action: null })
    const running: Operation = {
      id: 'o1',
      subject: { kind: 'bridge-undo', transaction: '20261123-214501-3f9c', bridge: 'br0' },
      title: 'Undo br0',
      steps: [],
      status: { state: 'running' },
      startedAt: 0,
    }
    expect(undo({ ...LAN_WORLD, operations: [running] })).toMatchObject({ action: null })
  })

  it('says of another computer’s machines what is known, alarms nobody, and undoes nothing of this one', () => {
    const bridge = { ...LAN_BRIDGE, onLan: null, ports: null }
    const far: World = { ...LAN_WORLD, host: anotherHost('lab'), networks: [bridge, NAT], transactions: [] }
    expect(trayStatus(far)).toBe('elsewhere')
    expect(trayStatus({ ...far, libvirt: { state: 'connecting', uri: 'qemu+ssh://lab/system' } })).toBe(
      'offline',
    )
    const items = itemsOf(far)
    expect(labels(items).slice(0, 2)).toEqual([
      'Machines of another computer',
      'lab: its own network is not seen from here',
    ])
    expect(labels(items).filter((label) => label.includes('Undo'))).toEqual([])
    expect(labels(submenu(items, 'web01'))).toEqual(['NAT', 'br0'])
    expect(submenu(items, 'web01')[1]).toMatchObject({
      action: { to: { kind: 'attachment', attachment: { type: 'bridge', bridge: 'br0' } } },
    })
  })

  it('speaks Spanish to Spanish desktops and English to all others', () => {
    expect(trayModel(LAN_WORLD, trayMessages('es-MX')).tooltip).toBe('Patchbay: Puente a la LAN activo')
    expect(trayModel(LAN_WORLD, trayMessages('de')).tooltip).toBe('Patchbay: LAN bridge up')
  })
})
