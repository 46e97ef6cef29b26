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

const STAGES = [
  { name: 'lint', command: ['npm', 'run', '--silent', 'lint'] },
  { name: 'types', command: ['npm', 'run', '--silent', 'types'] },
  { name: 'layers', command: ['npm', 'run', '--silent', 'layers'] },
  vitest('unit', 'unit', 'test/unit'),
  vitest('lab', 'lab', 'test/lab'),
  vitest('faults', 'lab', 'test/faults'),
  {
    name: 'e2e',
    command: [process.execPath, 'node_modules/@playwright/test/cli.js', 'test'],
    read: readPlaywright,
  },
]

/** Stages that run in the lab. */
const IN_LAB = ['lab', 'faults', 'e2e']

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

/** Runs a stage; a stage that fails without a failed test counts as one. */
async function runStage({ name, command: [program, ...args], env = {}, read }) {
  console.log(`\n── ${name}`)
  const started = Date.now()
  const { code } = await run(program, args, { timeout: STAGE_LIMIT, env: { ...process.env, ...env } })
  const none = { passed: 0, failed: 0, skipped: 0, failures: [] }
  const file = reportOf(name)
  const counted = read !== undefined && existsSync(file) ? read(JSON.parse(readFileSync(file, 'utf8'))) : none
  const failed = code !== 0 && counted.failed === 0 ? 1 : counted.failed
  return { name, code, seconds: (Date.now() - started) / 1000, ...counted, failed }
}

async function runStages(stages) {
  const results = []
  for (const stage of stages) results.push(await runStage(stage))
  return results
}

async function prepareLab() {
  const started = Date.now()
  const result = { name: 'build lab', passed: 0, skipped: 0, failures: [] }
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

async function test(names) {
  const unknown = names.filter((name) => !STAGES.some((stage) => stage.name === name))
  if (unknown.length > 0) {
    throw new Stop(
      `No such stage: ${unknown.join(', ')}. There are: ${STAGES.map(({ name }) => name).join(', ')}`,
    )
  }
  const started = Date.now()
  await prepare()
  const prepared = (Date.now() - started) / 1000
  const stages = STAGES.filter(({ name }) => names.length === 0 || names.includes(name))
  const withoutLab = stages.filter(({ name }) => !IN_LAB.includes(name))
  const inLab = stages.filter(({ name }) => IN_LAB.includes(name))
  // The lab is mostly fetched and unpacked, which leaves a processor to the checks.
  const [results, lab] = await Promise.all([runStages(withoutLab), inLab.length > 0 ? prepareLab() : null])
  if (lab !== null) results.push(lab)
  if (lab?.code === 0) results.push(...(await runStages(inLab)))
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
