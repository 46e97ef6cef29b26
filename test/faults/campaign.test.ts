import { expect, it } from 'vitest'
import { runCampaign, tellVerdict } from './campaign/campaign'
import { allFaults } from './campaign/generate'
import { lostIn, sumOf, tableOf, writeReport } from './campaign/report'
import { setupNames } from '../lab/setups'
import { someSeed } from '../seed'

const seed = someSeed()
/** Three for each set-up; `npm run faults` has as many as one likes. */
const COUNT = 33
const LABS = 4

it(
  `${COUNT} generated faults, seed ${seed}: after each of them the host is well again by itself`,
  async () => {
    const campaign = await runCampaign(allFaults(seed, setupNames).slice(0, COUNT), LABS, (verdict) => {
      if (verdict.side === null) console.error(tellVerdict(verdict))
    })
    await writeReport('test-results/faults-sample.json', seed, campaign)
    console.log(`${tableOf(campaign)}\n${sumOf(campaign)} (PATCHBAY_SEED=${seed})`)
    expect(lostIn(campaign).map(tellVerdict)).toEqual([])
  },
  15 * 60_000,
)
