import type { TransactionState, TransactionSummary } from '../../../shared/transaction'
import type { Command } from '../command'
import { table } from '../table'

export const snapshots: Command = {
  words: ['snapshots'],
  positionals: [],
  options: {},
  summary: 'changes made to this host’s network, and what became of them',
  details: ['Each has a snapshot of the configuration before it, which “bridge undo” brings back.'],
  run: async (_input, io) => {
    const services = await io.open({ look: { libvirt: false, host: false }, follow: false })
    const { transactions } = services.world.current
    const rows = transactions.map((one) => [
      one.id,
      new Date(one.startedAt).toISOString(),
      `${one.intent.bridge} from ${one.intent.nic}`,
      stateText(one.state),
      why(one),
    ])
    return {
      document: { transactions },
      text:
        rows.length === 0
          ? 'Nothing was changed on this host yet.'
          : table(['CHANGE', 'STARTED', 'BRIDGE', 'STATE', 'WHY'], rows),
    }
  },
}

const why = ({ failure }: TransactionSummary): string => failure?.message ?? ''

function stateText(state: TransactionState): string {
  switch (state) {
    case 'armed':
      return 'under way, or its rollback is pending'
    case 'committed':
      return 'in force, can be undone'
    case 'undoing':
      return 'being undone, or the bridge is about to come back'
    case 'rolled-back':
      return 'rolled back'
    case 'rollback-failed':
      return 'could not be rolled back'
    case 'undone':
      return 'undone'
  }
}
