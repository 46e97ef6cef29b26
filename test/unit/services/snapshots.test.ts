import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openServices, type Services } from '../../../electron/services/services'
import { toFailure, type Failure } from '../../../shared/failure'
import type { OpenFile, SnapshotDigest } from '../../../shared/snapshot/snapshot'
import { networkPicture } from '../../../shared/snapshot/digest'
import type { TransactionState, TransactionSummary } from '../../../shared/helper/transaction'
import { closedFile, textFile } from '../shared/snapshots'
import { world, worldWithBridge } from '../shared/worlds'
import { FakeHost, ID, transaction } from './fake-host'
import { english } from '../../../shared/phrases/english'

const PROFILE = '/etc/network/br0'
const LATER = '20261125-120000-0a1b'
const OTHER = '20261126-120000-0a1b'

const digest = (touched: string[], files: OpenFile[] = []): SnapshotDigest => ({
  version: 1,
  sources: ['/etc/network'],
  files: { files, closed: [] },
  touched,
  network: networkPicture(world().host),
})

const bridge = (id: string, nic: string, name: string, state: TransactionState = 'committed') =>
  transaction({ id, state, intent: { kind: 'create-bridge', nic, bridge: name } })

let host: FakeHost
let services: Services
const reopen = async (...transactions: TransactionSummary[]): Promise<void> => {
  await services.close()
  host.transactions = transactions
  services = await openServices({ uri: 'qemu:///system', helper: '/helper.cjs', parts: host.parts })
}
beforeEach(async () => {
  host = new FakeHost()
  host.host = worldWithBridge().host
  services = await openServices({ uri: 'qemu:///system', helper: '/helper.cjs', parts: host.parts })
})
afterEach(() => services.close())

const refusal = (promise: Promise<unknown>): Promise<Failure> =>
  promise.then(() => Promise.reject(new Error('it was not refused')), toFailure)

/** The helper run of this number ends with its change undone. */
async function undone(run: number): Promise<void> {
  await expect.poll(() => host.requests.length).toBe(run)
  const id = host.requests.at(-1)?.request.transaction
  host.transactions = host.transactions.map((one) => (one.id === id ? { ...one, state: 'undone' } : one))
  host.end({ event: 'committed', transaction: ID, gapMs: null })
}

describe('comparing with a snapshot', () => {
  it('tells what the change itself made from what others have', async () => {
    host.digests[ID] = digest([PROFILE], [textFile('/etc/network/hosts', 'a')])
    host.files = { files: [textFile(PROFILE, 'x'), textFile('/etc/network/hosts', 'b')], closed: [] }
    await reopen(transaction())
    const { result, undoes } = await services.compareSnapshot({ transaction: ID })
    const found = result.kind === 'compared' ? result.differences : []
    expect(found.map((one) => [one.kind, 'path' in one ? one.path : '', one.by])).toEqual([
      ['file', PROFILE, ID],
      ['file', '/etc/network/hosts', null],
      ['link', '', ID],
      ['link', '', ID],
    ])
    expect(undoes.map(({ id }) => id)).toEqual([ID])
  })

  it('looks at the host as it is now, also when nobody has told of a change', async () => {
    host.digests[ID] = digest([])
    await reopen(transaction({ state: 'undone' }))
    host.host = world().host
    const { result, undoes } = await services.compareSnapshot({ transaction: ID })
    expect([result, undoes]).toEqual([{ kind: 'compared', differences: [], closed: [] }, []])
  })

  it('is not possible for a snapshot without a digest, which can still be restored', async () => {
    await reopen(transaction())
    const { result, undoes } = await services.compareSnapshot({ transaction: ID })
    expect([result.kind, undoes.length]).toEqual(['incomparable', 1])
  })

  it('of a change that is not there is refused', async () => {
    expect(await refusal(services.compareSnapshot({ transaction: ID }))).toMatchObject({ code: 'not-found' })
  })
})

describe('restoring a snapshot', () => {
  it('undoes its change, with one prompt', async () => {
    await reopen(transaction())
    const id = await services.restoreSnapshot({ transaction: ID, timeoutSeconds: 120 })
    expect(host.requests).toMatchObject([
      { verb: 'undo', request: { transaction: ID, timeoutSeconds: 120, confirm: 'auto' } },
    ])
    await undone(1)
    expect((await services.ended(id)).status).toMatchObject({
      state: 'done',
      result: { kind: 'bridge-undone', transaction: ID },
    })
    expect(host.requests).toHaveLength(1)
  })

  it('undoes first what builds on it, each as a transaction of its own, and leaves what does not', async () => {
    await reopen(bridge(OTHER, 'enp4s0', 'br2'), bridge(LATER, 'br0', 'br1'), bridge(ID, 'enp3s0', 'br0'))
    const id = await services.restoreSnapshot({ transaction: ID })
    await undone(1)
    await undone(2)
    const { status, steps } = await services.ended(id)
    expect(host.requests.map(({ request }) => request.transaction)).toEqual([LATER, ID])
    expect(status.state).toBe('done')
    expect(steps.map(({ name, state }) => [name, state])).toEqual([
      ['br1: Get permission', 'running'],
      ['br0: Get permission', 'running'],
    ])
  })

  it('undoes first what has been written into the same file since', async () => {
    host.digests[ID] = digest(['/etc/network/interfaces'])
    host.digests[LATER] = digest(['/etc/network/interfaces'])
    await reopen(bridge(LATER, 'enp4s0', 'br1'), bridge(ID, 'enp3s0', 'br0'))
    const { undoes } = await services.compareSnapshot({ transaction: ID })
    expect(undoes.map((one) => one.id)).toEqual([LATER, ID])
  })

  it('that stops on the way says what is undone and stays so', async () => {
    await reopen(bridge(LATER, 'br0', 'br1'), bridge(ID, 'enp3s0', 'br0'))
    const id = await services.restoreSnapshot({ transaction: ID })
    await undone(1)
    await expect.poll(() => host.requests.length).toBe(2)
    const failure = { code: 'rolled-back', message: 'No gateway.' } as const
    host.end({ event: 'rolled-back', transaction: ID, failure })
    expect((await services.ended(id)).status).toMatchObject({
      state: 'failed',
      failure: {
        code: 'partly-done',
        message: 'The later change was undone and stays so, this one was not. No gateway.',
      },
    })
  })

  it.each(['revert', 'close'] as const)(
    'begins nothing more when it is stopped by %s while one change ends',
    async (how) => {
      await reopen(bridge(LATER, 'br0', 'br1'), bridge(ID, 'enp3s0', 'br0'))
      const id = await services.restoreSnapshot({ transaction: ID })
      await undone(1)
      if (how === 'revert') {
        services.revert({ operation: id })
        expect((await services.ended(id)).status).toMatchObject({ failure: { code: 'partly-done' } })
      } else {
        await services.close()
        await new Promise(setImmediate)
      }
      expect(host.requests).toHaveLength(1)
    },
  )

  it('whose first prompt is dismissed has changed nothing', async () => {
    await reopen(bridge(LATER, 'br0', 'br1'), bridge(ID, 'enp3s0', 'br0'))
    const id = await services.restoreSnapshot({ transaction: ID })
    host.end({ event: 'failed', failure: { code: 'not-permitted', message: 'Dismissed.' } })
    expect((await services.ended(id)).status).toMatchObject({ failure: { code: 'not-permitted' } })
    expect(host.requests).toHaveLength(1)
  })

  it.each(['undone', 'rolled-back'] as const)(
    'of a change that is %s is refused, and what differs is named',
    async (state) => {
      host.digests[ID] = digest([])
      host.files = { files: [closedFile('/etc/network/secret')], closed: [] }
      await reopen(transaction({ state }))
      const failure = await refusal(services.restoreSnapshot({ transaction: ID }))
      expect(failure.code).toBe('refused')
      expect(english(failure.hint ?? '')).toContain('/etc/network/secret is new; br0 (bridge) is new')
      expect(host.requests).toEqual([])
    },
  )

  it('of a change under way is refused as busy', async () => {
    await reopen(transaction({ state: 'undoing' }))
    expect((await refusal(services.restoreSnapshot({ transaction: ID }))).code).toBe('busy')
  })
})
