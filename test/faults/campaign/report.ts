import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Campaign } from './campaign'
import { idOf } from './fault'

/** The clock of a container is its machine's, which must not be set. */
const NOTE = 'clock-back shifts the clock of the helper’s own process by one hour, not that of the computer'

export const lostIn = ({ verdicts }: Campaign) => verdicts.filter(({ side }) => side === null)

/** Setups by kinds: how many were survived of how many there were. */
export function tableOf(campaign: Campaign): string {
  const { verdicts, unsupported } = campaign
  const kinds = [...new Set(verdicts.map(({ fault }) => fault.kind))].sort()
  const setups = [...new Set(verdicts.map(({ fault }) => fault.setup))].sort()
  const rows = setups.map((setup) => [
    setup,
    ...kinds.map((kind) => {
      const cell = verdicts.filter(({ fault }) => fault.setup === setup && fault.kind === kind)
      if (cell.length === 0) return '·'
      return `${cell.filter(({ side }) => side !== null).length}/${cell.length}`
    }),
  ])
  const table = [['', ...kinds], ...rows]
  const widths = ['', ...kinds].map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)))
  const lines = table.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
  const skipped = [...unsupported].map(([setup, why]) => `${setup}: not supported (${why})`)
  const atWork = `${countAtWork(campaign)} of ${verdicts.length} struck while the helper was at work`
  return [...lines, ...skipped, atWork, NOTE].join('\n')
}

export const sumOf = (campaign: Campaign): string =>
  `${campaign.verdicts.length} faults, ${lostIn(campaign).length} lost`

/** Some moments at random come when the change is over already. */
const countAtWork = ({ verdicts }: Campaign): number => verdicts.filter(({ atWork }) => atWork).length

/** Keeps everything for programs to read. */
export async function writeReport(file: string, seed: number, campaign: Campaign): Promise<void> {
  const report = {
    seed,
    note: NOTE,
    faults: campaign.verdicts.length,
    lost: lostIn(campaign).length,
    atWork: countAtWork(campaign),
    unsupported: Object.fromEntries(campaign.unsupported),
    verdicts: campaign.verdicts.map(({ fault, ...rest }) => ({ id: idOf(fault), ...fault, ...rest })),
  }
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, `${JSON.stringify(report, null, 2)}\n`)
}
