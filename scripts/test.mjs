// npm test: everything that CI runs. Installs what the tests need, runs every stage even when one fails, and ends
// with one line that sums the runners' own reports: N passed, N failed.
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from './build.mjs'
import { electronPath, warnOfSubstitute } from './electron-runtime.mjs'
import { ensureLab } from './lab.mjs'
import { checkNode, ensureModules } from './modules.mjs'
import { ensurePackages, NEEDS } from './packages.mjs'
import { isRoot, main, root, run, say, Stop } from './process.mjs'
import { readPlaywright, readVitest } from './reports.mjs'

const RESULTS = join(root, 'test-results')

/** Milliseconds after which a stage counts as hanging. */
const STAGE_LIMIT = 55 * 60_000

const NPM_RUN = ['npm', 'run', '--silent']

/**
 * Rounds of stages; those of one round run side by side. What waits most of the time is in one round, and what a busy computer
 * would slow down, as a window that is watched by the clock, is in one of its own.
 */
const ROUNDS = [
  [
    [
      { name: 'lint', command: [...NPM_RUN, 'lint'] },
      { name: 'types', command: [...NPM_RUN, 'types'] },
      { name: 'layers', command: [...NPM_RUN, 'layers'] },
    ],
    [vitest('unit', 'unit', 'test/unit')],
  ],
  [[vitest('lab', 'lab', 'test')], [vitest('guests', 'guests', 'test')]],
  [
    [
      {
        name: 'e2e',
        command: [process.execPath, 'node_modules/@playwright/test/cli.js', 'test'],
        read: readPlaywright,
      },
    ],
  ],
]

/** The only round that needs no lab, which is built beside it. */
const [WITHOUT_LAB, ...IN_LAB] = ROUNDS

const namesIn = (rounds) => rounds.flat(2).map(({ name }) => name)

/** How many of the slowest files are told at the end. */
const SLOWEST = 15

function reportOf(name) {
  return join(RESULTS, `${name}.json`)
}

function vitest(name, project, folder) {
  return {
    name,
    command: [
      ...[process.execPath, 'node_modules/vitest/vitest.mjs', 'run', '--project', project, folder],
      ...['--reporter=default', '--reporter=json', `--outputFile.json=${reportOf(name)}`],
    ],
    read: readVitest,
  }
}

/** Runs a stage; a stage that fails without a failed test counts as one. Its output comes in one piece. */
async function runStage({ name, command: [program, ...args], read }) {
  say(`${name} is running`)
  const started = Date.now()
  const { code, output } = await run(program, args, { timeout: STAGE_LIMIT, quiet: true })
  console.log(`\n── ${name}\n${output.trimEnd()}`)
  const none = { passed: 0, failed: 0, skipped: 0, failures: [], files: [] }
  const file = reportOf(name)
  const counted = read !== undefined && existsSync(file) ? read(JSON.parse(readFileSync(file, 'utf8'))) : none
  const failed = code !== 0 && counted.failed === 0 ? 1 : counted.failed
  return { name, code, seconds: (Date.now() - started) / 1000, ...counted, failed }
}

/** Runs the chosen stages of one round: those of one row after each other, the rows side by side. */
async function runRound(round, names) {
  const rows = round.map(async (row) => {
    const results = []
    for (const stage of row.filter(({ name }) => names.includes(name))) results.push(await runStage(stage))
    return results
  })
  return (await Promise.all(rows)).flat()
}

async function prepareLab() {
  const started = Date.now()
  const result = { name: 'build lab', passed: 0, skipped: 0, failures: [], files: [] }
  const seconds = () => (Date.now() - started) / 1000
  try {
    await ensureLab()
    return { ...result, code: 0, failed: 0, seconds: seconds() }
  } catch (error) {
    say(error.message)
    return { ...result, code: 1, failed: 1, seconds: seconds() }
  }
}

async function prepare() {
  checkNode()
  if (!isRoot()) {
    throw new Stop(
      'The tests build a lab of namespaces and containers, which needs root: sudo npm test\n' +
        'Without root: npm run check',
    )
  }
  await ensurePackages(NEEDS.screen, { install: true })
  await ensureModules()
  await build()
  warnOfSubstitute(await electronPath())
  await rm(RESULTS, { recursive: true, force: true })
  await mkdir(RESULTS, { recursive: true })
}

async function test(chosen) {
  const known = namesIn(ROUNDS)
  const unknown = chosen.filter((name) => !known.includes(name))
  if (unknown.length > 0) {
    throw new Stop(`No such stage: ${unknown.join(', ')}. There are: ${known.join(', ')}`)
  }
  const names = chosen.length === 0 ? known : chosen
  const started = Date.now()
  await prepare()
  const prepared = (Date.now() - started) / 1000
  const needsLab = namesIn(IN_LAB).some((name) => names.includes(name))
  // The lab is mostly fetched and unpacked, which leaves a processor to the checks.
  const [results, lab] = await Promise.all([runRound(WITHOUT_LAB, names), needsLab ? prepareLab() : null])
  if (lab !== null) results.push(lab)
  if (lab?.code === 0) for (const round of IN_LAB) results.push(...(await runRound(round, names)))
  // Said again at the end: thousands of lines may lie between a failure and the summary.
  for (const { name, failures } of results) {
    for (const { test, why } of failures) console.log(`\n── failed in ${name}: ${test}\n${why}`)
  }
  console.log(`\n── summary\nprepare   ${prepared.toFixed(1).padStart(6)} s`)
  for (const { name, code, seconds } of results) {
    console.log(
      `${name.padEnd(9)} ${seconds.toFixed(1).padStart(6)} s  ${code === 0 ? 'ok' : `failed (${code})`}`,
    )
  }
  const slowest = results.flatMap(({ files }) => files).sort((a, b) => b.seconds - a.seconds)
  console.log('\n── the slowest files')
  for (const { file, seconds } of slowest.slice(0, SLOWEST)) {
    console.log(`${seconds.toFixed(1).padStart(6)} s  ${file}`)
  }
  const sum = (key) => results.reduce((total, result) => total + result[key], 0)
  const skipped = sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : ''
  console.log(`${sum('passed')} passed, ${sum('failed')} failed${skipped}`)
  return results.every(({ code }) => code === 0) ? 0 : 1
}

await main(async () => {
  try {
    return await test(process.argv.slice(2))
  } catch (error) {
    say('the tests could not be run')
    throw error
  }
})
