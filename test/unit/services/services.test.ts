import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { HelperEnd } from '../../../electron/services/helper-process'
import { openServices, type Services } from '../../../electron/services/services'
import { toFailure, type Failure } from '../../../shared/failure'
import type { Operation } from '../../../shared/world/operation'
import type { TransactionSummary } from '../../../shared/helper/transaction'
import { anotherHost } from '../../../shared/world/host'
import { saying } from '../shared/saying'
import { machine, network, nic, worldWithBridge } from '../shared/worlds'
import { wish } from '../networks/wishes'
import { FakeHost, ID, OFFLINE, transaction } from './fake-host'
import { english } from '../../../shared/phrases/english'

const HASH = 'a'.repeat(64)
const REQUEST = { nic: 'enp3s0', bridge: 'br0', hostHash: HASH, confirm: 'auto' } as const

/** What is asked of the other libvirt, or of no computer at all. */
type LibvirtsOwn =
  | 'world'
  | 'connect'
  | 'connectAll'
  | 'replug'
  | 'replugAll'
  | 'endWaits'
  | 'actOnNetwork'
  | 'previewNetwork'
  | 'createNetwork'
  | 'planNetworkChange'
  | 'changeNetwork'
  | 'deleteNetwork'
  | 'reach'
  | 'ended'
  | 'retryLibvirt'
  | 'close'

let host: FakeHost
let services: Services

beforeEach(async () => {
  host = new FakeHost()
  services = await openServices({ uri: 'qemu:///system', helper: '/helper.cjs', parts: host.parts })
})
afterEach(() => services.close())

const operation = (id: string): Operation | undefined =>
  services.world.current.operations.find((one) => one.id === id)

function refusalOf(act: () => unknown): Failure {
  try {
    act()
  } catch (thrown) {
    return toFailure(thrown)
  }
  throw new Error('it was not refused')
}

const COMMITTED: HelperEnd = { event: 'committed', transaction: ID, gapMs: 8.4 }

describe('making a bridge', () => {
  it('hands the helper the intent, the hash and the armed time, nothing else', () => {
    services.createBridge({ ...REQUEST, timeoutSeconds: 30 })
    expect(host.requests).toEqual([
      {
        verb: 'apply',
        request: {
          version: 1,
          confirm: 'auto',
          timeoutSeconds: 30,
          intent: { kind: 'create-bridge', nic: 'enp3s0', bridge: 'br0' },
          hostHash: HASH,
        },
      },
    ])
  })

  it('shows the helper’s steps, and ends with the bridge in the World', async () => {
    const id = services.createBridge(REQUEST)
    host.tell({ event: 'ready', transaction: ID, steps: ['look', 'apply', 'verify', 'roll-back'] })
    host.tell({ event: 'step', step: 'apply', state: 'running', detail: 'br0' })
    expect(operation(id)?.steps.map(({ name, state }) => [name, state])).toEqual([
      ['Get permission', 'done'],
      ['Look at the host', 'waiting'],
      ['Make the bridge', 'running'],
      ['Check the network', 'waiting'],
    ])
    host.host = worldWithBridge().host
    host.end(COMMITTED)
    const { status } = await services.ended(id)
    expect(status).toMatchObject({
      state: 'done',
      result: { kind: 'bridge-created', transaction: ID, gapMs: 8.4 },
    })
    expect(services.world.current.networks.map(({ id: network }) => network)).toEqual(['bridge:br0'])
  })

  it('tells what check failed, that the host is as before, and waits for no step that never comes', async () => {
    const id = services.createBridge(REQUEST)
    host.tell({ event: 'ready', transaction: ID, steps: ['verify', 'commit', 'roll-back'] })
    host.tell({
      event: 'verified',
      checks: [
        { name: 'default route', ok: true, detail: 'there' },
        { name: 'gateway', ok: false, detail: 'does not answer' },
      ],
    })
    host.tell({ event: 'step', step: 'roll-back', state: 'done', detail: null })
    host.end({ event: 'rolled-back', transaction: ID, failure: { code: 'timeout', message: 'No gateway.' } })
    const { status, steps } = await services.ended(id)
    expect(status).toMatchObject({
      state: 'failed',
      failure: { code: 'rolled-back', message: 'No gateway.' },
    })
    expect(steps.slice(1)).toEqual([
      { name: 'Check the network', state: 'failed', detail: 'gateway: does not answer' },
      { name: 'Make it last', state: 'left-out', detail: null },
      { name: 'Bring the network back as it was', state: 'done', detail: null },
    ])
  })

  it('asks whether to keep it, and passes the answer on', () => {
    const id = services.createBridge({ ...REQUEST, confirm: 'ask' })
    const before = Date.now()
    host.tell({ event: 'confirm-needed', seconds: 20 })
    const status = operation(id)?.status
    expect(status?.state).toBe('confirm')
    expect(status?.state === 'confirm' && status.until - before).toBeGreaterThanOrEqual(20_000)
    services.keep({ operation: id })
    expect(host.said).toEqual([{ control: 'keep' }])
    host.tell({ event: 'step', step: 'confirm', state: 'done', detail: null })
    expect(operation(id)?.status.state).toBe('running')
  })

  it('can be reverted while it is under way, and not later', async () => {
    const id = services.createBridge(REQUEST)
    services.revert({ operation: id })
    const { status } = await services.ended(id)
    expect(status).toMatchObject({ state: 'failed', failure: { code: 'rolled-back' } })
    expect(refusalOf(() => services.revert({ operation: id }))).toMatchObject({ code: 'refused' })
    expect(refusalOf(() => services.keep({ operation: 'unknown' }))).toMatchObject({ code: 'not-found' })
  })

  it('is rolled back when the services are closed', async () => {
    services.createBridge(REQUEST)
    await services.close()
    expect(host.said).toEqual(['hung up'])
  })

  it('is one change at a time', async () => {
    const id = services.createBridge(REQUEST)
    expect(refusalOf(() => services.createBridge(REQUEST))).toMatchObject({ code: 'busy' })
    host.end(COMMITTED)
    await services.ended(id)
    services.createBridge(REQUEST)
    expect(host.requests).toHaveLength(2)
  })

  it.each([0, 9, 601, 1.5, NaN])('refuses an armed time of %d seconds', (timeoutSeconds) => {
    expect(refusalOf(() => services.createBridge({ ...REQUEST, timeoutSeconds }))).toMatchObject({
      code: 'usage',
    })
    expect(host.requests).toEqual([])
  })
})

describe('beside the machines of another computer', () => {
  let far: Services
  const reads: string[] = []

  beforeEach(async () => {
    reads.length = 0
    const read =
      <T>(what: string, value: T) =>
      () => {
        reads.push(what)
        return Promise.resolve(value)
      }
    const sources = {
      ...host.parts.sources,
      lookAtHost: read('host', worldWithBridge().host),
      readTransactions: read('transactions', [transaction()]),
      readAdditions: read('additions', []),
      watchHost: () => {
        reads.push('host watched')
        return { close: () => undefined }
      },
      watchRecords: () => {
        reads.push('records watched')
        return { close: () => undefined }
      },
    }
    const parts = {
      ...host.parts,
      sources,
      planBridge: read('plan', { kind: 'refused', failure: OFFLINE } as const),
      readDoctorFacts: () => {
        reads.push('doctor')
        return Promise.reject(new Error('nobody asks'))
      },
    }
    far = await openServices({ uri: 'qemu+ssh://root@lab/system', helper: '/helper.cjs', parts })
  })
  afterEach(() => far.close())

  const forward = { kind: 'port-forward', port: '80', machine: '192.168.122.5', machinePort: '' } as const
  const access = { kind: 'host-access', link: 'enp3s0', machine: '10.77.0.9' } as const
  /** Every use case but those of libvirt itself; one that is added has to find its line here. */
  const attempts: Record<Exclude<keyof Services, LibvirtsOwn>, () => unknown> = {
    changes: () => far.changes(),
    planBridge: () => far.planBridge({ nic: null, bridge: null }),
    createBridge: () => far.createBridge(REQUEST),
    undoBridge: () => far.undoBridge({ bridge: 'br0' }),
    compareSnapshot: () => far.compareSnapshot({ transaction: ID }),
    restoreSnapshot: () => far.restoreSnapshot({ transaction: ID }),
    additions: () => far.additions(),
    addToHost: () => [far.addToHost({ wish: forward }), far.addToHost({ wish: access })],
    removeFromHost: () => far.removeFromHost({ addition: ID }),
    doctor: () => far.doctor(),
    keep: () => far.keep({ operation: ID }),
    revert: () => far.revert({ operation: ID }),
  }

  it.each(Object.entries(attempts))('%s is refused, and nothing is looked at', async (_name, attempt) => {
    const failure = await Promise.resolve()
      .then(attempt)
      .then(() => null, toFailure)
    expect(failure).toMatchObject({ code: 'refused', message: saying('lab are on another') })
    expect([host.requests, reads]).toEqual([[], []])
  })

  it('nothing of this computer is in the World, whoever tells it', () => {
    const before = far.world.current
    expect(before.host).toEqual(anotherHost('lab'))
    far.world.dispatch({ type: 'host', host: worldWithBridge().host })
    far.world.dispatch({ type: 'transactions', transactions: [transaction()] })
    far.world.dispatch({ type: 'additions', additions: [] })
    expect(far.world.current).toBe(before)
  })

  it('its bridges are known by the machines on them, and not where they lead', () => {
    const onBridge = { type: 'bridge', bridge: 'br0' } as const
    const onVirtual = { type: 'bridge', bridge: 'virbr0' } as const
    const web = machine('web', { nics: [nic('52:54:00:00:00:01', { saved: onBridge })] })
    const db = machine('db', { nics: [nic('52:54:00:00:00:02', { saved: onVirtual })] })
    far.world.dispatch({ type: 'inventory', machines: [web, db], networks: [network('default')] })
    const bridges = () => far.world.current.networks.filter(({ source }) => source === 'bridge')
    expect(bridges()).toMatchObject([{ id: 'bridge:br0', active: true, onLan: null, ports: null }])
    far.world.dispatch({ type: 'machine', id: web.id, machine: null })
    expect(bridges()).toEqual([])
  })

  it('no network is made over a link that can’t be seen', () => {
    for (const more of [
      { kind: 'bridged', bridge: 'br0' },
      { kind: 'bridged' },
      { kind: 'macvtap', links: ['enp3s0'] },
      { kind: 'nat', links: ['enp3s0'] },
    ] as const) {
      const { message } = refusalOf(() => far.previewNetwork(wish(more)))
      expect(english(message)).toContain('can’t be seen')
    }
    expect(far.previewNetwork(wish())).toMatchObject({ bridge: 'virbr0' })
  })
})

describe('undoing a bridge', () => {
  const reopen = async (transactions: TransactionSummary[]) => {
    await services.close()
    host.transactions = transactions
    services = await openServices({ uri: 'qemu:///system', helper: '/helper.cjs', parts: host.parts })
  }

  it('undoes the change that is in force, found by the bridge', async () => {
    await reopen([transaction(), transaction({ id: '20261101-000000-0000', state: 'undone' })])
    services.undoBridge({ bridge: 'br0' })
    expect(host.requests).toEqual([
      { verb: 'undo', request: { version: 1, confirm: 'auto', timeoutSeconds: 60, transaction: ID } },
    ])
  })

  it('arms the rollback for as long as it is told', async () => {
    await reopen([transaction()])
    services.undoBridge({ bridge: 'br0', timeoutSeconds: 300 })
    expect(host.requests).toMatchObject([{ request: { timeoutSeconds: 300 } }])
  })

  it('refuses what a later bridge stands on, before any prompt', async () => {
    const later = transaction({
      id: '20261125-120000-0a1b',
      intent: { kind: 'create-bridge', nic: 'br0', bridge: 'br1' },
    })
    await reopen([later, transaction()])
    expect(refusalOf(() => services.undoBridge({ bridge: 'br0' }))).toMatchObject({
      code: 'refused',
      shellHint: `Undo both, br1 first, with: patchbay snapshot restore ${ID}`,
    })
    expect(host.requests).toEqual([])
  })

  it('refuses what is not there, or not in force any more', async () => {
    await reopen([transaction({ state: 'undone' })])
    expect(refusalOf(() => services.undoBridge({ bridge: 'br0' }))).toMatchObject({ code: 'not-found' })
    expect(refusalOf(() => services.undoBridge({ transaction: ID }))).toMatchObject({ code: 'refused' })
  })

  it('refuses while a running machine is on it, and says how to move that', async () => {
    await reopen([transaction()])
    const onBridge = { type: 'bridge', bridge: 'br0' } as const
    const web = machine('web', { state: 'running', nics: [nic('52:54:00:00:00:01', { live: onBridge })] })
    services.world.dispatch({ type: 'inventory', machines: [web], networks: [] })
    expect(refusalOf(() => services.undoBridge({ bridge: 'br0' }))).toMatchObject({
      code: 'refused',
      shellHint: 'Have them moved first: patchbay bridge undo --name br0 --move-to nat',
    })
    expect(host.requests).toEqual([])
  })
})

describe('without libvirt', () => {
  it('a switch is refused with the reason', () => {
    const request = { machine: 'web', mac: null, to: { kind: 'nat' }, live: true } as const
    expect(refusalOf(() => services.connect(request))).toEqual(OFFLINE)
  })
})
