import type { TransactionSummary } from '../../../shared/helper/transaction'
import { armedTimeOf, timeoutOption } from '../armed-time'
import { moveToOf, moveToOption } from '../move-to'
import { positional, type Command } from '../command'
import { followChange } from '../follow-change'
import { comparisonText, stateText } from '../snapshot-text'
import { table } from '../table'
import { settled } from './libvirt'
import { findChange } from './find-change'
import { said } from '../language'

const list: Command = {
  words: ['snapshots'],
  positionals: [],
  options: {},
  summary: 'changes made to this host’s network, and what became of them',
  details: [
    'Each has a snapshot of the configuration before it, which “snapshot show” compares with now, and “snapshot restore”\nbrings back.',
  ],
  run: async (_input, io) => {
    const services = await io.open({ look: { libvirt: false, host: false }, follow: false })
    const transactions = services.changes()
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

const why = ({ failure }: TransactionSummary): string => (failure === null ? '' : said(failure.message))

const ID_DETAILS =
  'ID is that of a change as “patchbay snapshots” lists it, or as much of its beginning as no other has, or “latest”.'

const show: Command = {
  words: ['snapshot', 'show'],
  positionals: ['ID'],
  options: {},
  summary: 'how the host differs from what it was before a change; needs no root',
  details: [
    ID_DETAILS,
    'Files, links, addresses, routes and name servers are compared. What only root may read is not shown.',
  ],
  run: async (input, io) => {
    const services = await io.open({ look: { libvirt: false, host: false }, follow: false })
    const { id } = findChange(services.changes(), positional(input, 0))
    const comparison = await services.compareSnapshot({ transaction: id })
    return { document: { ...comparison }, text: comparisonText(comparison) }
  },
}

const restore: Command = {
  words: ['snapshot', 'restore'],
  positionals: ['ID'],
  options: { 'move-to': moveToOption, timeout: timeoutOption },
  summary: 'bring the network back to what it was before a change',
  details: [
    ID_DETAILS,
    'The change is undone. Later changes that build on it are undone before it, newest first, each with a password of its\nown; others stay. What is not in force any more is refused, and what differs from its snapshot is named.',
  ],
  run: async (input, io) => {
    const armed = armedTimeOf(input)
    const moveTo = moveToOf(input)
    const services = await io.open({})
    const wanted = findChange(services.changes(), positional(input, 0))
    // libvirt is asked so that no running machine loses its bridge; a host without libvirt has none.
    await settled(services)
    const { undoes } = await services.compareSnapshot({ transaction: wanted.id })
    for (const { id, intent } of undoes.slice(0, -1)) {
      io.say(`${intent.bridge} was built on ${wanted.intent.bridge} since (${id}), and is undone first.`)
    }
    const operation = await services.restoreSnapshot({ transaction: wanted.id, moveTo, ...armed })
    return followChange(services, operation, io)
  },
}

export const snapshots: readonly Command[] = [list, show, restore]
