import { parseArgs } from 'node:util'
import { build } from '../../../scripts/build.mjs'
import { setupNames } from '../../lab/setups'
import { runCampaign, tellVerdict } from './campaign'
import { faultOf, KINDS } from './fault'
import { allFaults } from './generate'
import { lostIn, sumOf, tableOf, writeReport } from './report'

const help = `Strikes changes of the host's network with faults, in labs, and sees whether the host is well again by itself.

  npm run faults -- [OPTION…]
  --count N      how many of all faults (default: all)
  --seed S       a number that the order and the moments are drawn from (default: another one each time)
  --setups A,B   only these: ${setupNames.join(', ')}
  --kinds A,B    only these: ${KINDS.join(', ')}
  --only ID,ID   only these faults, as they are named in the output
  --parallel K   labs at once (default: 3)
  --json FILE    where the report goes (default: test-results/faults.json)
`

const { values } = parseArgs({
  options: {
    count: { type: 'string' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1e9)) },
    setups: { type: 'string' },
    kinds: { type: 'string' },
    only: { type: 'string' },
    parallel: { type: 'string', default: '3' },
    json: { type: 'string', default: 'test-results/faults.json' },
    help: { type: 'boolean', default: false },
  },
})
if (values.help) {
  console.log(help)
  process.exit(0)
}

const numberOf = (option: string, text: string): number => {
  if (/^\d+$/.test(text)) return Number(text)
  throw new Error(`--${option} takes a number, not “${text}”`)
}

/** Those of `known` that a list with commas names. */
function chosen<T extends string>(known: readonly T[], list: string | undefined): T[] {
  const names = list?.split(',') ?? known
  return names.map((name) => {
    const found = known.find((one) => one === name)
    if (found !== undefined) return found
    throw new Error(`“${name}” is none of ${known.join(', ')}`)
  })
}

const seed = numberOf('seed', values.seed)
const all =
  values.only === undefined
    ? allFaults(seed, chosen(setupNames, values.setups), chosen(KINDS, values.kinds))
    : values.only.split(',').map(faultOf)
const faults = values.count === undefined ? all : all.slice(0, numberOf('count', values.count))
await build()
console.log(`${faults.length} faults with seed ${seed}`)
const campaign = await runCampaign(faults, numberOf('parallel', values.parallel), (verdict) => {
  console.log(tellVerdict(verdict))
})
await writeReport(values.json, seed, campaign)
console.log(`\n${tableOf(campaign)}\n`)
console.log(sumOf(campaign))
process.exitCode = lostIn(campaign).length > 0 ? 1 : 0
