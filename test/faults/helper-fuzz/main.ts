import { parseArgs } from 'node:util'
import { runBulk } from './bulk'
import { openFuzzLab } from './fuzz-lab'
import { runProcesses } from './processes'

/**
 * npm run fuzz: attacks on the root helper, in a lab. `--count` requests in one process, one in 200 of that many processes of
 * its own; `--seed` repeats a run, `--path` one request of it, `--process` one process of it.
 */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      count: { type: 'string', default: '100000' },
      processes: { type: 'string' },
      seed: { type: 'string' },
      path: { type: 'string' },
      process: { type: 'string' },
    },
  })
  const count = Number(values.count)
  const processes = Number(values.processes ?? Math.ceil(count / 200))
  const seed = values.seed === undefined ? Date.now() % 2 ** 31 : Number(values.seed)
  console.log(`seed ${seed}`)
  const target = await openFuzzLab()
  try {
    const complaints: string[] = []
    if (values.process === undefined) {
      const report = await timed('requests', () =>
        runBulk(target.lab, { count, seed, path: values.path ?? null, hash: target.hash }),
      )
      complaints.push(...(report.failure === null ? [] : [report.failure]), ...report.leftovers)
      complaints.push(...(await target.changes()))
    }
    if (values.path === undefined) {
      const only = values.process === undefined ? null : Number(values.process)
      const report = await timed('processes', () => runProcesses(target, { count: processes, seed, only }))
      complaints.push(...report.failures)
    }
    for (const complaint of complaints) console.log(`✗ ${complaint}`)
    console.log(complaints.length === 0 ? 'nothing found' : `${complaints.length} found; seed ${seed}`)
    return complaints.length === 0 ? 0 : 1
  } finally {
    await target.close()
  }
}

async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const started = performance.now()
  const report = await work()
  console.log(`${what} ${((performance.now() - started) / 1000).toFixed(1)} s`, report)
  return report
}

process.exitCode = await main()
