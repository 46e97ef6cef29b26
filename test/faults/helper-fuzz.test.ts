import { expect, it } from 'vitest'
import { someSeed } from '../seed'
import { fuzz } from './helper-fuzz/fuzz'

/** A sample of what `npm run fuzz` does; it takes about half a minute. */
it('the root helper stands a sample of attacks', { timeout: 180_000 }, async () => {
  const seed = someSeed()
  console.log(`seed ${seed}; to repeat it: PATCHBAY_SEED=${seed}`)
  const told: string[] = []
  const complaints = await fuzz(
    {
      seed,
      requests: { count: 3_000, path: null },
      processes: { count: 15, only: null },
      races: { milliseconds: 80, only: null },
    },
    (part, seconds, report) => {
      told.push(part)
      console.log(part, `${seconds.toFixed(1)} s`, report)
    },
  )
  expect(complaints, `seed ${seed}`).toEqual([])
  expect(told).toEqual(['requests', 'processes', 'races'])
})
