import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { leftForBoot } from '../../../electron/helper/transaction/unsettled'
import type { TransactionState, TransactionSummary } from '../../../shared/helper/transaction'

const STATES: TransactionState[] = [
  'armed',
  'committed',
  'undoing',
  'rolled-back',
  'rollback-failed',
  'undone',
]

const summaryOf = (state: TransactionState, index: number): TransactionSummary => ({
  id: `20260101-0000${String(99 - index)}-abcd`,
  intent: { kind: 'create-bridge', nic: 'enp3s0', bridge: 'br0' },
  startedAt: 1,
  state,
  failure: null,
  added: [],
})

const left = (...states: TransactionState[]): TransactionState[] =>
  leftForBoot(states.map(summaryOf)).map(({ state }) => state)

describe('the changes whose files are put back while the computer starts', () => {
  it('are all that were interrupted, the newest first', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...STATES), { maxLength: 12 }), (states) => {
        const all = states.map(summaryOf)
        const chosen = leftForBoot(all)
        const interrupted = all.filter(({ state }) => state === 'armed' || state === 'undoing')
        expect(chosen.filter(({ state }) => state !== 'rollback-failed')).toEqual(interrupted)
        expect(chosen.every(({ state }) => !['committed', 'rolled-back', 'undone'].includes(state))).toBe(
          true,
        )
      }),
    )
  })

  it('are also a rollback that failed, unless a later change has begun since', () => {
    expect(left('rollback-failed', 'committed')).toEqual(['rollback-failed'])
    expect(left('committed', 'rollback-failed')).toEqual([])
    expect(left('armed', 'rollback-failed')).toEqual(['armed'])
  })
})
