import { symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { EventMessage } from '../../../electron/libvirt/events'
import { connectLibvirt, type Libvirt } from '../../../electron/libvirt/libvirt'
import { DomainState } from '../../../electron/libvirt/flags'
import { encodePacket, REMOTE_PROGRAM, type Packet } from '../../../electron/libvirt/packet'
import { PROCEDURES } from '../../../electron/libvirt/procedures'
import { int, struct } from '../../../electron/libvirt/xdr'
import { listMachines, readMachine } from '../../../electron/machines/list'
import { listNetworks } from '../../../electron/networks/list'
import type { Failure } from '../../../shared/failure'
import { failureOf } from './failure-of'
import { FakeDaemon, openTo, refusal, replay, reply, type Answer } from './fake-daemon'
import { english } from '../../../shared/phrases/english'

const cleanUp: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const action of cleanUp.splice(0).reverse()) await action()
})

async function daemon(answer: Answer, name?: string): Promise<FakeDaemon> {
  const started = await FakeDaemon.start(answer, name)
  cleanUp.push(() => started.stop())
  return started
}

async function open(path: string): Promise<Libvirt> {
  const libvirt = await connectLibvirt(`qemu:///system?socket=${path}`)
  cleanUp.push(() => libvirt.close())
  return libvirt
}

/** Recorded conversations, and a goodbye. */
const recorded = (...names: string[]): Answer => {
  const answer = replay('open', ...names)
  return (call, socket) =>
    call.procedure === PROCEDURES.connectClose.number ? reply(call, 'connectClose', {}) : answer(call, socket)
}

describe('a recorded daemon (libvirt 9.0.0)', () => {
  it('tells its version, host name and node', async () => {
    const libvirt = await open((await daemon(recorded())).path)
    expect(libvirt.uri).toBe('qemu:///system')
    expect(await libvirt.call('connectGetLibVersion', {})).toEqual({ version: 9_000_000n })
    expect((await libvirt.call('connectGetHostname', {})).hostname).not.toBe('')
    expect(await libvirt.call('nodeGetInfo', {})).toMatchObject({ model: 'x86_64', nodes: 1, sockets: 1 })
  })

  it('lists its machines, and reads one alone with the same result', async () => {
    const libvirt = await open((await daemon(recorded('machines'))).path)
    const [machine, ...more] = await listMachines(libvirt)
    const here = { type: 'network', network: 'default' }
    expect(more).toEqual([])
    expect(machine).toMatchObject({
      name: 'web',
      state: 'running',
      persistent: true,
      autostart: false,
      nics: [{ model: 'virtio', alias: 'net0', tap: 'vnet0', live: here, saved: here, linkUp: true }],
    })
    expect(await readMachine(libvirt, machine?.id ?? '')).toEqual(machine)
  })

  it('shows a machine that stops while it is read as off, with nothing live', async () => {
    const answer = recorded('machines')
    const { path } = await daemon((call, socket) =>
      call.procedure === PROCEDURES.domainGetState.number
        ? reply(call, 'domainGetState', { state: DomainState.shutoff, reason: 0 })
        : answer(call, socket),
    )
    const [machine] = await listMachines(await open(path))
    expect(machine).toMatchObject({ state: 'off', nics: [{ live: null, saved: { network: 'default' } }] })
  })

  it('tells the address of a NIC by its lease', async () => {
    const libvirt = await open((await daemon(recorded('machines'))).path)
    const { dom } = await libvirt.call('domainLookupByName', { name: 'web' })
    const { ifaces } = await libvirt.call('domainInterfaceAddresses', { dom, source: 0, flags: 0 })
    expect(ifaces).toMatchObject([{ name: 'vnet0', addrs: [{ type: 0, prefix: 24 }] }])
    expect(ifaces[0]?.addrs[0]?.addr).toMatch(/^192\.168\.122\.\d+$/)
  })

  it('lists its networks with their leases', async () => {
    const libvirt = await open((await daemon(recorded('networks'))).path)
    expect(await listNetworks(libvirt)).toMatchObject([
      {
        id: 'network:default',
        kind: 'nat',
        active: true,
        persistent: true,
        bridge: 'virbr0',
        subnets: [{ family: 4, address: '192.168.122.1', prefix: 24 }],
        leases: [{ mac: expect.stringMatching(/^52:54:00:/) as string, prefix: 24 }],
      },
    ])
  })

  it('says which object is missing', async () => {
    const libvirt = await open((await daemon(recorded('errors'))).path)
    await expect(libvirt.call('domainLookupByName', { name: 'nobody' })).rejects.toMatchObject({
      name: 'LibvirtError',
      domain: 10,
      code: 42,
    })
    await expect(libvirt.call('networkLookupByName', { name: 'nowhere' })).rejects.toMatchObject({
      domain: 19,
      code: 43,
    })
  })

  it('sends the events that were registered', async () => {
    const libvirt = await open((await daemon(recorded('events'))).path)
    const events: EventMessage<'networkLifecycle'>[] = []
    await libvirt.subscribe('networkLifecycle', (event) => events.push(event))
    const { net } = await libvirt.call('networkLookupByName', { name: 'default' })
    await libvirt.call('networkDestroy', { net })
    await libvirt.call('networkCreate', { net })
    // The stop comes with the reply before; the start is behind its own reply, in the same bytes.
    expect(events.map(({ event, net: { name } }) => [event, name])).toEqual([
      [3, 'default'],
      [2, 'default'],
    ])
  })
})

describe('events', () => {
  it('are registered once for all who listen, and deregistered with the last', async () => {
    const fake = await daemon(openTo(registrar))
    const libvirt = await open(fake.path)
    const stops = await Promise.all([
      libvirt.subscribe('domainLifecycle', () => undefined),
      libvirt.subscribe('domainLifecycle', () => undefined),
    ])
    for (const stop of stops) await stop()
    for (const stop of stops) await stop()
    const { domainEventRegister, domainEventDeregister } = PROCEDURES
    const registered = fake.calls
      .map(({ procedure }) => procedure)
      .filter((one) => one === domainEventRegister.number || one === domainEventDeregister.number)
    expect(registered).toEqual([domainEventRegister.number, domainEventDeregister.number])
  })

  it('can be asked for again after the daemon refused', async () => {
    let refusals = 1
    const fake = await daemon(
      openTo((call) => (refusals-- > 0 ? refusal(call, { code: 1, message: 'no memory' }) : registrar(call))),
    )
    const libvirt = await open(fake.path)
    const subscribe = () => libvirt.subscribe('deviceAdded', () => undefined)
    expect((await failureOf(subscribe())).code).toBe('libvirt-error')
    await (
      await subscribe()
    )()
  })
})

describe('one daemon per driver', () => {
  it('is called at the daemon that serves the call', async () => {
    const qemu = await daemon(
      openTo((call) => reply(call, 'connectGetHostname', { hostname: 'x' })),
      'virtqemud-sock',
    )
    const net = await daemon(
      openTo((call) => reply(call, 'connectListAllNetworks', { nets: [], count: 0 })),
      'virtnetworkd-sock',
    )
    // Both sockets have to lie in one folder.
    symlinkSync(net.path, join(dirname(qemu.path), 'virtnetworkd-sock'))

    const libvirt = await open(qemu.path)
    await libvirt.call('connectGetHostname', {})
    await libvirt.call('connectListAllNetworks', { needResults: true, flags: 0 })
    expect(opened(qemu)).toContain('qemu:///system')
    expect(opened(net)).toContain('network:///system')
    expect(net.calls.map(({ procedure }) => procedure)).toContain(PROCEDURES.connectListAllNetworks.number)

    const lost = new Promise<Failure>((resolve) => libvirt.onClose(resolve))
    await net.stop()
    cleanUp.splice(1, 1)
    expect((await lost).code).toBe('libvirt-unreachable')
    expect((await failureOf(libvirt.call('connectGetHostname', {}))).code).toBe('libvirt-unreachable')
  })

  it('says so when only the network daemon is missing', async () => {
    const qemu = await daemon(
      openTo(() => undefined),
      'virtqemud-sock',
    )
    const failure = await failureOf(open(qemu.path))
    expect(failure).toMatchObject({ code: 'unsupported' })
    expect(english(failure.hint ?? '')).toContain('virtnetworkd')
  })
})

describe('a connection that is lost', () => {
  it('is told once, also when it is the hypervisor behind the daemon that went away', async () => {
    const fake = await daemon(
      openTo((call) =>
        Buffer.concat([hypervisorGone(), reply(call, 'connectGetHostname', { hostname: 'x' })]),
      ),
    )
    const libvirt = await open(fake.path)
    const losses: Failure[] = []
    libvirt.onClose((failure) => losses.push(failure))
    expect((await failureOf(libvirt.call('connectGetHostname', {}))).code).toBe('libvirt-unreachable')
    expect(losses.map(({ message }) => message)).toEqual(['libvirt lost its connection to the hypervisor.'])
  })
})

describe('authentication', () => {
  it('by polkit is asked for when the daemon wants it', async () => {
    const fake = await daemon((call, socket) => {
      if (call.procedure === PROCEDURES.authList.number) return reply(call, 'authList', { types: [2] })
      if (call.procedure === PROCEDURES.authPolkit.number) return reply(call, 'authPolkit', { complete: 1 })
      return openTo(() => undefined)(call, socket)
    })
    await open(fake.path)
    expect(fake.calls.map(({ procedure }) => procedure)).toEqual([66, 70, 1, 360])
  })

  it('that polkit denies names the group to join', async () => {
    const fake = await daemon((call, socket) => {
      if (call.procedure === PROCEDURES.authList.number) return reply(call, 'authList', { types: [2] })
      if (call.procedure !== PROCEDURES.authPolkit.number) return openTo(() => undefined)(call, socket)
      return refusal(call, { code: 45, domain: 7, message: 'authentication failed: access denied by policy' })
    })
    const failure = await failureOf(open(fake.path))
    expect(failure.code).toBe('not-permitted')
    expect(english(failure.hint ?? '')).toContain('group libvirt')
  })

  it('by password is not supported', async () => {
    const fake = await daemon((call) => reply(call, 'authList', { types: [1] }))
    const failure = await failureOf(open(fake.path))
    expect(failure).toMatchObject({ code: 'unsupported' })
    expect(english(failure.hint ?? '')).toContain('auth_unix_rw')
  })
})

const registrar = (call: Packet): Buffer =>
  call.procedure === PROCEDURES.domainEventRegister.number
    ? reply(call, 'domainEventRegister', { callbackID: 7 })
    : reply(call, 'domainEventDeregister', {})

const hypervisorGone = (): Buffer =>
  encodePacket(
    { program: REMOTE_PROGRAM, version: 1, procedure: 362, type: 2, serial: 0, status: 0 },
    struct({ reason: int }),
    { reason: 1 },
  )

const opened = ({ calls }: FakeDaemon): string =>
  calls.find(({ procedure }) => procedure === PROCEDURES.connectOpen.number)?.payload.toString('latin1') ?? ''
