import { PatchbayError } from '../../shared/failure'
import { ensurePackages, NEEDS } from '../../scripts/packages.mjs'
import { Stop } from '../../scripts/process.mjs'
import { installPackages } from '../lab/index'
import { worstGaps } from './backends'
import { eventsToWorld } from './events'
import { closestGap } from './gap'
import { fastestListing } from './listing'
import { idle } from './idle'
import { timeToAddress } from './connect'
import type { Row } from './row'
import { english } from '../../shared/phrases/english'

/**
 * `npm run bench [PART…]`: measures Patchbay beside a peer in the same run, and prints both with their ratio.
 * Nothing here is asserted: figures differ from machine to machine, tests must not.
 */
const parts: Record<string, () => Promise<Row[]>> = {
  listing: fastestListing,
  events: eventsToWorld,
  gap: closestGap,
  backends: worstGaps,
  connect: timeToAddress,
  idle,
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !(name in parts))
if (unknown.length > 0) {
  console.error(`There is no bench named ${unknown.join(', ')}. There are: ${Object.keys(parts).join(', ')}`)
  process.exit(2)
}

const rows: Row[] = []
for (const [name, measure] of Object.entries(parts)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  console.error(`measuring: ${name} …`)
  const measured = await unlessImpossible(name, async () => {
    await installPackages()
    if (name === 'idle') await ensurePackages(NEEDS.screen, { install: true })
    return measure()
  })
  rows.push(...measured)
}
if (rows.length === 0) process.exit(1)
console.table(
  Object.fromEntries(
    rows.map(({ what, patchbay, peer, ratio, goal }) => [
      what,
      { Patchbay: patchbay, peer, 'Patchbay : peer': ratio ?? '', goal: goal ?? '' },
    ]),
  ),
)

/** What can't be measured here is said in a sentence or two, and the others are measured all the same. */
async function unlessImpossible(name: string, measure: () => Promise<Row[]>): Promise<Row[]> {
  try {
    return await measure()
  } catch (thrown) {
    if (!(thrown instanceof PatchbayError) && !(thrown instanceof Stop)) throw thrown
    const hint = thrown instanceof PatchbayError ? (thrown.failure.hint ?? '') : ''
    console.error(
      `${name} was not measured: ${thrown.message.replace(/\.?$/, '.')} ${english(hint)}`.trimEnd(),
    )
    process.exitCode = 1
    return []
  }
}
