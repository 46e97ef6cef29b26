import { runBulk } from './bulk'
import { openFuzzLab } from './fuzz-lab'
import { runProcesses } from './processes'
import { runWriteRaces } from './write-races'

/** What a run consists of; null leaves a part out. */
export interface FuzzOrder {
  seed: number
  /** How many requests in one process, or fast-check's path to a single one. */
  requests: { count: number; path: string | null } | null
  /** How many processes of the helper's own, or the number of a single one. */
  processes: { count: number; only: number | null } | null
  /** For how long every place is fought for, or which one alone. */
  races: { milliseconds: number; only: string | null } | null
}

/** Attacks the helper; `tell` is given what each part has found out. Returns what is wrong with it. */
export async function fuzz(
  { seed, requests, processes, races }: FuzzOrder,
  tell: (part: string, seconds: number, report: object) => void,
): Promise<string[]> {
  const timed = async <T extends object>(part: string, work: () => Promise<T>): Promise<T> => {
    const started = performance.now()
    const report = await work()
    tell(part, (performance.now() - started) / 1000, report)
    return report
  }
  const complaints: string[] = []
  if (requests !== null || processes !== null) {
    const target = await openFuzzLab()
    try {
      if (requests !== null) {
        const { hash, lab } = target
        const report = await timed('requests', () => runBulk(lab, { ...requests, seed, hash }))
        complaints.push(...(report.failure === null ? [] : [report.failure]), ...report.leftovers)
        complaints.push(...(await target.changes()))
      }
      if (processes !== null) {
        const report = await timed('processes', () => runProcesses(target, { ...processes, seed }))
        complaints.push(...report.failures)
      }
    } finally {
      await target.close()
    }
  }
  if (races !== null) {
    const report = await timed('races', () => runWriteRaces({ ...races, seed }))
    complaints.push(...report.complaints)
  }
  return complaints
}
