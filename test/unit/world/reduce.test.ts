import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { WorldEvent } from '../../../electron/world/event'
import { ENDED_OPERATIONS_KEPT, reduce } from '../../../electron/world/reduce'
import type { Operation } from '../../../shared/world/operation'
import type { Lease, Machine, NicAddress, World } from '../../../shared/world/world'
import { applyPatch, diffWorlds } from '../../../shared/ipc/world-patch'
import {
  anyLeases,
  anyMac,
  anyMachine,
  anyMachines,
  anyNetwork,
  anyNetworks,
  lease,
  link,
  machine,
  network,
  nic,
  world,
  worldWithBridge,
} from '../shared/worlds'

const anyEvent: fc.Arbitrary<WorldEvent> = fc.oneof(
  fc.record({ type: fc.constant('inventory' as const), machines: anyMachines, networks: anyNetworks }),
  anyMachine.map((one): WorldEvent => ({ type: 'machine', id: one.id, machine: one })),
  anyMachine.map((one): WorldEvent => ({ type: 'machine', id: one.id, machine: null })),
  anyNetwork.map((one): WorldEvent => ({ type: 'network', uuid: one.uuid, network: one })),
  anyNetwork.map((one): WorldEvent => ({ type: 'network', uuid: one.uuid, network: null })),
  fc.tuple(anyNetwork, anyLeases).map(([{ uuid }, leases]): WorldEvent => ({ type: 'leases', uuid, leases })),
  fc.constantFrom<WorldEvent>(
    { type: 'host', host: world().host },
    { type: 'host', host: worldWithBridge().host },
  ),
  anyMac.map((mac): WorldEvent => {
    const address = { ip: '10.0.0.9', prefix: 24, source: 'arp' } as const
    return { type: 'addresses', found: [{ mac, address }] }
  }),
)

const operation = (id: string, ended: boolean): Operation => ({
  id,
  subject: { kind: 'network', network: 'network:a', action: 'start' },
  title: id,
  steps: [],
  status: ended
    ? { state: 'done', endedAt: 2, summary: '', result: { kind: 'network-changed' } }
    : { state: 'running' },
  startedAt: 1,
})

describe('any series of events', () => {
  it('can be followed by patches alone', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 12 }), (events) => {
        let here: World = world()
        let copy = here
        for (const event of events) {
          const next = reduce(here, event)
          const patch = diffWorlds(here, next)
          if (patch !== null) copy = applyPatch(copy, patch)
          here = next
        }
        expect(copy).toEqual(here)
      }),
    )
  })

  it('changes nothing when an event comes again', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 6 }), anyEvent, (events, last) => {
        const once = [...events, last].reduce(reduce, world())
        // Another object that says the same.
        const again = reduce(once, structuredClone(last))
        expect(again).toBe(once)
      }),
    )
  })

  it('gives no address to a machine that is off, and only leases of its own network', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 12 }), (events) => {
        const { machines, networks } = events.reduce(reduce, world())
        for (const { state, nics } of machines) {
          for (const { mac, live, saved, addresses } of nics) {
            if (state === 'off') expect(addresses).toEqual([])
            const at = live ?? saved
            const leases = networks.flatMap((one) =>
              one.source === 'libvirt' && at?.type === 'network' && at.network === one.name ? one.leases : [],
            )
            for (const { ip } of addresses.filter(({ source }) => source === 'lease')) {
              expect(leases.some((one) => one.ip === ip && one.mac === mac)).toBe(true)
            }
          }
        }
      }),
    )
  })
})

describe('what stays the same', () => {
  it('is the same object, so that a window is sent one machine only', () => {
    const machines = [machine('a'), machine('b')]
    const before = reduce(world(), { type: 'inventory', machines, networks: [network('n')] })
    const changed = machine('b', { state: 'running' })
    const after = reduce(before, { type: 'machine', id: changed.id, machine: changed })
    expect(after.machines[0]).toBe(before.machines[0])
    expect(after.networks).toBe(before.networks)
    expect(after.host).toBe(before.host)
    expect(diffWorlds(before, after)).toEqual({ machines: { put: [changed] } })
  })
})

describe('machines', () => {
  it('are in the order people count in', () => {
    const machines = ['web10', 'web2', 'db'].map((name) => machine(name))
    const { machines: sorted } = reduce(world(), { type: 'inventory', machines, networks: [] })
    expect(sorted.map(({ name }) => name)).toEqual(['db', 'web2', 'web10'])
  })

  const mac = '52:54:00:00:00:01'
  const onNat = { type: 'network', network: 'default' } as const
  const running = machine('a', { state: 'running', nics: [nic(mac, { live: onNat, saved: onNat })] })
  const leases = [lease(mac, '192.168.122.7')]
  const listed = reduce(world(), {
    type: 'inventory',
    machines: [running],
    networks: [network('default'), network('other', { bridge: 'virbr1', leases: [lease(mac, '10.9.9.9')] })],
  })

  it('get an address when their network gives out a lease', () => {
    const after = reduce(listed, { type: 'leases', uuid: 'uuid-default', leases })
    expect(after.machines[0]?.nics[0]?.addresses).toEqual([
      { ip: '192.168.122.7', prefix: 24, source: 'lease' },
    ])
  })

  it('get it also when they are plugged into the virtual bridge by its name', () => {
    const live = { type: 'bridge', bridge: 'virbr0' } as const
    const plugged = machine('a', { state: 'running', nics: [nic(mac, { live, saved: live })] })
    const after = [
      { type: 'machine', id: plugged.id, machine: plugged } as const,
      { type: 'leases', uuid: 'uuid-default', leases } as const,
    ].reduce(reduce, listed)
    expect(after.machines[0]?.nics[0]?.addresses.map(({ ip }) => ip)).toEqual(['192.168.122.7'])
  })

  it('keep an address that was seen on the bridge until they are plugged in elsewhere', () => {
    const live = { type: 'bridge', bridge: 'br0' } as const
    const onLan = machine('a', { state: 'running', nics: [nic(mac, { live, saved: live })] })
    const address = { ip: '10.77.0.133', prefix: 24, source: 'arp' } as const
    const seen = reduce(reduce(listed, { type: 'machine', id: onLan.id, machine: onLan }), {
      type: 'addresses',
      found: [{ mac, address }],
    })
    const reread = reduce(seen, { type: 'machine', id: onLan.id, machine: { ...onLan, title: 'new' } })
    expect(reread.machines[0]?.nics[0]?.addresses).toEqual([address])
    const moved = reduce(reread, { type: 'machine', id: running.id, machine: running })
    expect(moved.machines[0]?.nics[0]?.addresses).toEqual([])
  })
})

describe('bridges of the host', () => {
  const withBridges = {
    ...world().host,
    links: [
      link('enp3s0', { master: 'br0' }),
      link('br0', { kind: 'bridge' }),
      link('vnet0', { kind: 'tap', master: 'br0' }),
      link('virbr0', { kind: 'bridge' }),
      link('docker0', { kind: 'bridge', up: false }),
    ],
    uplink: { link: 'br0', nic: 'enp3s0', bridge: 'br0', gateway: null },
  }

  it('are networks, without the virtual bridges of libvirt and without the machines’ own ports', () => {
    const listed = reduce(world(), { type: 'inventory', machines: [], networks: [network('default')] })
    const { networks } = reduce(listed, { type: 'host', host: withBridges })
    expect(networks.slice(1)).toEqual([
      {
        source: 'bridge',
        id: 'bridge:br0',
        name: 'br0',
        kind: 'bridged',
        active: true,
        onLan: true,
        ports: ['enp3s0'],
      },
      {
        source: 'bridge',
        id: 'bridge:docker0',
        name: 'docker0',
        kind: 'bridged',
        active: false,
        onLan: false,
        ports: [],
      },
    ])
  })

  it('come and go with the host alone', () => {
    const before = reduce(world(), { type: 'host', host: withBridges })
    expect(reduce(before, { type: 'host', host: world().host }).networks).toEqual([])
  })
})

describe('operations', () => {
  it('replace themselves and keep their order', () => {
    const both = ['a', 'b'].reduce<World>(
      (here, id) => reduce(here, { type: 'operation', operation: operation(id, false) }),
      world(),
    )
    const { operations } = reduce(both, { type: 'operation', operation: operation('a', true) })
    expect(operations.map(({ id, status }) => [id, status.state])).toEqual([
      ['a', 'done'],
      ['b', 'running'],
    ])
  })

  it('are forgotten oldest first once they have ended, running ones never', () => {
    const first = reduce(world(), { type: 'operation', operation: operation('running', false) })
    const many = Array.from({ length: ENDED_OPERATIONS_KEPT + 5 }, (_, i) => operation(String(i), true))
    const { operations } = many.reduce(
      (here, one) => reduce(here, { type: 'operation', operation: one }),
      first,
    )
    expect(operations).toHaveLength(ENDED_OPERATIONS_KEPT + 1)
    expect(operations[0]?.id).toBe('running')
    expect(operations[1]?.id).toBe('5')
  })
})

describe('libvirt going away', () => {
  it('leaves the last machines on display', () => {
    const listed = reduce(world(), { type: 'inventory', machines: [machine('a')], networks: [network('n')] })
    const failure = { code: 'libvirt-unreachable', message: 'gone' } as const
    const after = reduce(listed, {
      type: 'libvirt',
      status: { state: 'offline', uri: 'qemu:///system', failure },
    })
    expect(after.machines).toBe(listed.machines)
    expect(after.networks).toBe(listed.networks)
  })
})

describe('after a move', () => {
  const mac = '52:54:00:00:00:01'
  const nat = { type: 'network', network: 'default' } as const
  const lan = { type: 'bridge', bridge: 'br0' } as const
  const MOVED = 1_700_000_000_000
  const old = lease(mac, '192.168.122.7')
  const renewed = { ...old, expires: (old.expires ?? 0) + 60 }
  /** As its notes say. */
  const moved = { at: MOVED, oldLeases: [{ ip: old.ip, expires: old.expires }] }
  const on = (live: typeof nat | typeof lan, addresses: readonly NicAddress[] = []) =>
    machine('a', { state: 'running', nics: [nic(mac, { live, saved: live, moved, addresses })] })
  const met = (ip: string, seenAt?: number): NicAddress => ({
    ...({ ip, prefix: 24, source: 'arp' } as const),
    ...(seenAt === undefined ? {} : { seenAt }),
  })
  const listed = (one: Machine, leases: readonly Lease[] = []) =>
    reduce(world(), { type: 'inventory', machines: [one], networks: [network('default', { leases })] })
  const reread = (here: World, one: Machine) => reduce(here, { type: 'machine', id: one.id, machine: one })
  const ips = ({ machines }: World) => machines[0]?.nics[0]?.addresses.map(({ ip }) => ip)

  it('the lease of an earlier stay is no address until it is renewed', () => {
    const here = listed(on(nat), [old])
    expect(ips(here)).toEqual([])
    expect(ips(reduce(here, { type: 'leases', uuid: 'uuid-default', leases: [old] }))).toEqual([])
    expect(ips(reduce(here, { type: 'leases', uuid: 'uuid-default', leases: [renewed] }))).toEqual([old.ip])
  })

  it('a lease without end counts, whose renewal leaves no trace', () => {
    expect(ips(listed(on(nat), [{ ...old, expires: null }]))).toEqual([old.ip])
  })

  it('what the host met before on that bridge is no address, and what it meets then is', () => {
    const here = reread(listed(on(nat)), on(lan, [met('10.77.0.9', MOVED - 5000), met('10.77.0.8')]))
    expect(ips(here)).toEqual([])
    const seen = reread(here, on(lan, [met('10.77.0.9', MOVED + 3000)]))
    expect(ips(seen)).toEqual(['10.77.0.9'])
    // Nothing is told this time: what was seen holds.
    expect(ips(reread(seen, on(lan)))).toEqual(['10.77.0.9'])
  })
})
