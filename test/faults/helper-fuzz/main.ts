import { parseArgs } from 'node:util'
import { fuzz } from './fuzz'

/**
 * npm run fuzz: attacks on the root helper, in a lab. `--count` requests in one process, one in 200 of that many processes of
 * its own, and a race for every place that it writes to, `--race` milliseconds each. `--seed` repeats a run, `--path` one
 * request of it, `--process` one process of it, `--place` the race for one place.
 */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      count: { type: 'string', default: '100000' },
      processes: { type: 'string' },
      race: { type: 'string', default: '1000' },
      seed: { type: 'string' },
      path: { type: 'string' },
      process: { type: 'string' },
      place: { type: 'string' },
    },
  })
  const { path = null, process: number = null, place = null } = values
  const single = [path, number, place].some((one) => one !== null)
  const count = Number(values.count)
  const seed = values.seed === undefined ? Date.now() % 2 ** 31 : Number(values.seed)
  console.log(`seed ${seed}`)
  const order = {
    seed,
    requests: single && path === null ? null : { count, path },
    processes:
      single && number === null
        ? null
        : {
            count: Number(values.processes ?? Math.ceil(count / 200)),
            only: number === null ? null : Number(number),
          },
    races: single && place === null ? null : { milliseconds: Number(values.race), only: place },
  }
  const complaints = await fuzz(order, (part, seconds, report) =>
    console.log(`${part} ${seconds.toFixed(1)} s`, report),
  )
  for (const complaint of complaints) console.log(`✗ ${complaint}`)
  console.log(complaints.length === 0 ? 'nothing found' : `${complaints.length} found; seed ${seed}`)
  return complaints.length === 0 ? 0 : 1
}

process.exitCode = await main()
