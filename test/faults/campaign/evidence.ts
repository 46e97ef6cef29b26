import type { FullLab } from '../../lab'
import { transactionsIn } from '../../lab/bridge-driver'
import { type SetupName, setupOf } from '../../lab/setups'
import { managers } from '../../lab/setups/setup'
import { english } from '../../../shared/phrases/english'

const unit = (name: string): string => `--unit=${name}`

const shown = (setup: SetupName): readonly (readonly string[])[] => [
  ['ip', '-details', 'address'],
  ['ip', 'route', 'show', 'table', 'all'],
  [
    ...['journalctl', '--no-pager', '--output=short-precise', '--lines=80'],
    ...[unit('patchbay-*'), unit(managers[setupOf(setup).manager])],
  ],
]

/** What tells, after a fault was lost, how it came to that: lines for the report. */
export async function evidence(lab: FullLab, setup: SetupName): Promise<string[]> {
  const transactions = (await transactionsIn(lab)).map(
    ({ id, state, failure }) => `${id} ${state} ${english(failure?.message ?? '')}`,
  )
  const outputs = await Promise.all(
    shown(setup).map(async (argv) => {
      const { stdout, stderr } = await lab.exec(argv, { check: false })
      return [argv.join(' '), ...(stdout + stderr).trim().split('\n')]
    }),
  )
  return [...transactions, ...outputs.flat()].map((line) => `evidence: ${line}`)
}
