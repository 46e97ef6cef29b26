import { expect, it } from 'vitest'
import { endedSince, endingOf, hostChangeUnderWay } from '../../../electron/app/ended-operations'
import type { Operation, OperationStatus } from '../../../shared/world/operation'

const operation = (id: string, status: OperationStatus): Operation => ({
  id,
  subject: { kind: 'bridge-create', nic: 'enp3s0', bridge: 'br0' },
  title: 'Make br0 from enp3s0',
  steps: [],
  status,
  startedAt: 0,
})
const running: OperationStatus = { state: 'running' }
const done: OperationStatus = {
  state: 'done',
  endedAt: 1,
  summary: 'br0 is up.',
  result: { kind: 'bridge-created', transaction: '20261123-214501-3f9c', gapMs: 7 },
}
const failed: OperationStatus = {
  state: 'failed',
  endedAt: 1,
  failure: { code: 'rolled-back', message: 'The gateway did not answer.' },
}

it('finds what has ended since, once', () => {
  const before = [operation('a', running), operation('b', done), operation('c', running)]
  const after = [operation('a', done), operation('b', done), operation('c', running)]
  expect(endedSince(before, after).map(({ id }) => id)).toEqual(['a'])
  expect(endedSince(after, after)).toEqual([])
})

it('says how an operation ended', () => {
  expect(endingOf(operation('a', done))).toBe('br0 is up.')
  expect(endingOf(operation('a', failed))).toBe('The gateway did not answer.')
  expect(endingOf(operation('a', running))).toBeNull()
})

it('knows that a host change waiting for “Keep” is still under way, and a moved machine never is', () => {
  const asking = operation('a', { state: 'confirm', until: 1 })
  const moving: Operation = {
    ...operation('b', running),
    subject: { kind: 'network', network: 'default', action: 'start' },
  }
  expect(hostChangeUnderWay([moving, asking])).toBe(asking)
  expect(hostChangeUnderWay([moving, operation('c', done)])).toBeNull()
})
