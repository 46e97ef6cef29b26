import { describe, expect, it } from 'vitest'
import { outdated } from '../../../electron/helper/store/prune'
import type { TransactionState, TransactionSummary } from '../../../shared/helper/transaction'

const one = (number: number, state: TransactionState): TransactionSummary => ({
  id: `20261124-0000${String(number).padStart(2, '0')}-abcd`,
  intent: { kind: 'create-bridge', nic: 'enp3s0', bridge: 'br0' },
  startedAt: number,
  state,
  failure: null,
  added: [],
})

describe('pruning', () => {
  it('keeps the ten newest', () => {
    const all = Array.from({ length: 14 }, (_, index) => one(50 - index, 'undone'))
    expect(outdated(all)).toEqual(all.slice(10).map(({ id }) => id))
  })

  it('never forgets a change that is in force or not settled', () => {
    const states: TransactionState[] = ['armed', 'committed', 'undoing', 'rollback-failed', 'rolled-back']
    const old = states.map((state, index) => one(20 - index, state))
    const all = [...Array.from({ length: 10 }, (_, index) => one(50 - index, 'undone')), ...old]
    expect(outdated(all)).toEqual([old[4]?.id])
  })
})
