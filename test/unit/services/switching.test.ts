import { FixRecords } from '../../../electron/services/fix-records'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SwitchOutcome, SwitchRequest } from '../../../electron/machines/switch-nic'
import { openServices, type Services } from '../../../electron/services/services'
import { toFailure } from '../../../shared/failure'
import type { Operation } from '../../../shared/operation'
import { machine, network, nic, worldWithBridge } from '../shared/worlds'
import { FakeDaemon, URI } from '../world/fake-daemon'

const MAC = '52:54:00:00:00:01'
const NAT = { type: 'network', network: 'default' } as const
const LAN = { type: 'bridge', bridge: 'br0' } as const
const TO_LAN = { machine: 'web', mac: null, to: { kind: 'lan' }, live: true } as const
const TO_NAT = { ...TO_LAN, to: { kind: 'nat' } } as const

/** A switch that stops at every step until the test lets it go on. */
class FakeSwitch {
  request: SwitchRequest | null = null
  finish: (outcome: SwitchOutcome) => void = () => undefined
  fail: (error: Error) => void = () => undefined

  perform = (_libvirt: unknown, request: SwitchRequest): Promise<SwitchOutcome> => {
    this.request = request
    request.progress?.('Plug in', 'running', null)
    return new Promise((resolve, reject) => {
      this.finish = resolve
      this.fail = reject
      request.signal?.addEventListener('abort', () => resolve(moved(null)))
    })
  }

  /** Plugged in; what is left is to wait for the address. */
  plugged(): void {
    this.request?.progress?.('Plug in', 'done', 'running machine')
    this.request?.progress?.('Wait for an address', 'running', null)
  }
}

const moved = (address: SwitchOutcome['address']): SwitchOutcome => ({
  before: { live: NAT, saved: NAT },
  after: { live: LAN, saved: LAN },
  address,
})

let daemon: FakeDaemon
let fake: FakeSwitch
let services: Services

beforeEach(async () => {
  daemon = new FakeDaemon()
  fake = new FakeSwitch()
  daemon.machines = [machine('web', { state: 'running', nics: [nic(MAC, { live: NAT, saved: NAT })] })]
  daemon.networks = [network('default')]
  services = await openServices({
    uri: URI,
    helper: '/helper.cjs',
    parts: {
      sources: {
        connect: daemon.connect,
        socketFolder: () => null,
        leasesFolder: '/nonexistent',
        lookAtHost: () => Promise.resolve(worldWithBridge().host),
        watchHost: () => ({ close: () => undefined }),
        readTransactions: () => Promise.resolve([]),
        readAdditions: () => Promise.resolve([]),
        watchRecords: () => ({ close: () => undefined }),
      },
      snapshots: {
        readDigest: () => Promise.resolve(null),
        readOpenFiles: () => Promise.resolve({ files: [], closed: [] }),
      },
      switchNic: fake.perform,
      planBridge: () => Promise.reject(new Error('not in this test')),
      readDoctorFacts: () => Promise.reject(new Error('not in this test')),
      fixRecords: new FixRecords('/nonexistent'),
      runHelper: () => () => {
        throw new Error('not in this test')
      },
    },
  })
  await services.world.until((now) => (now.libvirt.state === 'connected' ? true : undefined))
})
afterEach(() => services.close())

const operation = (id: string): Operation | undefined =>
  services.world.current.operations.find((one) => one.id === id)
const steps = (id: string) => operation(id)?.steps.map(({ name, state }) => `${name}: ${state}`)

describe('a switch', () => {
  it('shows its steps, moves the machine in the World as soon as it is plugged in, and tells the address', async () => {
    const id = services.connect(TO_LAN)
    expect(operation(id)?.title).toBe('Move web to the LAN (br0)')
    expect(fake.request).toMatchObject({ machine: 'id-web', mac: MAC, to: LAN, live: true })
    expect(steps(id)).toEqual([
      'Plug in: running',
      'Bring the link up again: waiting',
      'Wait for an address: waiting',
    ])
    daemon.machines = [machine('web', { state: 'running', nics: [nic(MAC, { live: LAN, saved: LAN })] })]
    fake.plugged()
    await services.world.until((now) => now.machines.find(({ nics }) => nics[0]?.live?.type === 'bridge'))
    fake.finish(moved({ ip: '10.77.0.9', prefix: 24, source: 'agent' }))
    const { status } = await services.ended(id)
    expect(status).toMatchObject({
      state: 'done',
      summary: 'web is on the LAN (br0). Its address is 10.77.0.9, as its guest agent says, seen just now.',
      result: { before: NAT, after: LAN, live: true },
    })
    expect(services.world.current.machines[0]?.nics[0]?.addresses[0]?.ip).toBe('10.77.0.9')
  })

  it('that libvirt refuses fails with its reason', async () => {
    const id = services.connect(TO_LAN)
    fake.fail(new Error('no such device'))
    expect((await services.ended(id)).status).toMatchObject({
      state: 'failed',
      failure: { message: 'no such device' },
    })
    expect(steps(id)?.[0]).toBe('Plug in: failed')
  })

  it('to where the machine is already calls nobody', async () => {
    const { status } = await services.ended(services.connect(TO_NAT))
    expect(status).toMatchObject({ state: 'done', summary: 'web is already on the network default.' })
    expect(fake.request).toBeNull()
  })
})

describe('another switch of the same NIC', () => {
  it('is refused while it is being plugged in', () => {
    services.connect(TO_LAN)
    let failure = null
    try {
      services.connect(TO_LAN)
    } catch (thrown) {
      failure = toFailure(thrown)
    }
    expect(failure).toMatchObject({ code: 'busy' })
  })

  it('ends the wait for an address nobody wants any more', async () => {
    const first = services.connect(TO_LAN)
    daemon.machines = [machine('web', { state: 'running', nics: [nic(MAC, { live: LAN, saved: LAN })] })]
    fake.plugged()
    await services.world.until((now) => now.machines.find(({ nics }) => nics[0]?.live?.type === 'bridge'))
    const second = services.connect(TO_NAT)
    expect((await services.ended(first)).status).toMatchObject({ state: 'done', result: { address: null } })
    expect(operation(second)?.status.state).toBe('running')
    expect(fake.request).toMatchObject({ to: NAT })
  })
})

describe('networks', () => {
  it('are not stopped under a running machine', () => {
    let failure = null
    try {
      services.actOnNetwork({ network: 'default', action: 'stop' })
    } catch (thrown) {
      failure = toFailure(thrown)
    }
    expect(failure).toMatchObject({ code: 'refused', message: 'The network default is in use by web.' })
  })
})
