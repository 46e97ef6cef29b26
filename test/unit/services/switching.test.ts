import { FixRecords } from '../../../electron/services/fix-records'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FoundAddress } from '../../../electron/machines/ask-for-address'
import type { ReplugRequest } from '../../../electron/machines/replug-cable'
import type { SwitchOutcome, SwitchRequest } from '../../../electron/machines/switch-nic'
import { openServices, type Services } from '../../../electron/services/services'
import { toFailure } from '../../../shared/failure'
import type { Operation } from '../../../shared/world/operation'
import { saying } from '../shared/saying'
import { machine, network, nic, worldWithBridge } from '../shared/worlds'
import { FakeDaemon, URI } from '../world/fake-daemon'
import { english } from '../../../shared/phrases/english'
import { SWITCH_STEPS } from '../../../electron/machines/move-nic'

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

  replug: ReplugRequest | null = null
  finishReplug: (found: FoundAddress) => void = () => undefined

  performReplug = (_libvirt: unknown, request: ReplugRequest): Promise<FoundAddress> => {
    this.replug = request
    return new Promise((resolve) => (this.finishReplug = resolve))
  }

  perform = (_libvirt: unknown, request: SwitchRequest): Promise<SwitchOutcome> => {
    this.request = request
    request.progress?.(SWITCH_STEPS.plug, 'running', null)
    return new Promise((resolve, reject) => {
      this.finish = resolve
      this.fail = reject
      request.signal?.addEventListener('abort', () => resolve(moved(null)))
    })
  }

  /** Plugged in; what is left is to wait for the address. */
  plugged(): void {
    this.request?.progress?.(SWITCH_STEPS.plug, 'done', 'running machine')
    this.request?.progress?.(SWITCH_STEPS.address, 'running', null)
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
      replugCable: fake.performReplug,
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
const steps = (id: string) => operation(id)?.steps.map(({ name, state }) => `${english(name)}: ${state}`)

describe('a switch', () => {
  it('shows its steps, moves the machine in the World as soon as it is plugged in, and tells the address', async () => {
    const id = services.connect(TO_LAN)
    expect(operation(id)?.title).toEqual('Move web to the LAN (br0)')
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

describe('a switch after which no address comes', () => {
  it('says so, and that the cable may have to be pulled again', async () => {
    const id = services.connect(TO_LAN)
    fake.plugged()
    fake.finish({ ...moved(null), inVain: true })
    expect((await services.ended(id)).status).toMatchObject({
      state: 'done',
      summary: saying('web is on the LAN (br0). No address of it was seen there'),
      result: { kind: 'connected', address: null, inVain: true },
    })
  })
})

describe('a cable that is pulled again', () => {
  const WEB = { machine: 'web', mac: null }

  it('is held by Patchbay while it is out, as the operation says, and tells the address', async () => {
    const id = services.replug(WEB)
    expect(operation(id)?.title).toEqual('Pull the cable of web and put it in again')
    fake.replug?.progress?.(SWITCH_STEPS.pull, 'running', null)
    expect(operation(id)?.holdsLink).toBe(true)
    fake.replug?.progress?.(SWITCH_STEPS.pull, 'done', null)
    fake.replug?.progress?.(SWITCH_STEPS.address, 'running', null)
    expect(operation(id)?.holdsLink).toBe(false)
    fake.finishReplug({ address: { ip: '192.168.122.9', prefix: 24, source: 'lease' } })
    expect((await services.ended(id)).status).toMatchObject({
      state: 'done',
      summary: saying('The cable of web was pulled, and is in again. Its address is 192.168.122.9'),
      result: { kind: 'replugged', address: { ip: '192.168.122.9' } },
    })
  })

  it('keeps others away while it is out, and no longer', async () => {
    services.replug(WEB)
    expect(() => services.connect(TO_LAN)).toThrow('just being switched')
    expect(() => services.replug(WEB)).toThrow('just being switched')
    fake.replug?.progress?.(SWITCH_STEPS.address, 'running', null)
    services.connect(TO_LAN)
    await expect.poll(() => fake.request?.to).toEqual(LAN)
    expect(fake.replug?.signal?.aborted).toBe(true)
    fake.finishReplug({ address: null })
  })

  it('goes in before Patchbay ends', async () => {
    services.replug(WEB)
    const closing = services.close()
    expect(fake.replug?.signal?.aborted).toBe(true)
    let isClosed = false
    void closing.then(() => (isClosed = true))
    await new Promise(setImmediate)
    expect(isClosed).toBe(false)
    fake.finishReplug({ address: null })
    await closing
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
