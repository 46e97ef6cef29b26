import {
  chmodSync,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { BridgePlan } from '../../shared/helper/plan'
import { startFullLab, type FullLab } from '../lab'
import {
  ending,
  HELPER,
  type HelperRun,
  planned,
  startHelper,
  stepSeen,
  transactionsIn,
  until,
} from '../lab/bridge-driver'
import { type HostState, hostState } from '../lab/host-state'
import { openTo, startedByRoot } from '../lab/started-by-root'

const UNITS = '/etc/systemd/system'
const WANTED = `${UNITS}/sysinit.target.wants/patchbay-recover.service`
const SCRIPT = '/srv/helper.cjs'
const RUNTIME = '/srv/node'

let lab: FullLab
let before: HostState

beforeAll(async () => {
  lab = await startFullLab({ setup: 'unmanaged' })
  before = await hostState(lab)
})
afterAll(() => lab.close())

/** Starts making the bridge by a helper that is the user's, as is the runtime unless it is the system's. */
function start(
  { nic, bridge, hostHash }: BridgePlan,
  timeoutSeconds: number,
  runtime = process.execPath,
): HelperRun {
  const intent = { kind: 'create-bridge', nic, bridge }
  const request = { version: 1, confirm: 'ask', timeoutSeconds, intent, hostHash }
  return startHelper(lab, 'apply', request, [], SCRIPT, runtime)
}

beforeEach(async () => {
  copyFileSync(HELPER, lab.path(SCRIPT))
  copyFileSync(process.execPath, lab.path(RUNTIME))
  await lab.exec(['chown', 'dev', '/srv', SCRIPT, RUNTIME])
})

const owned = (): boolean => existsSync(lab.path('/srv/owned'))

/** Puts another program in a place, as whoever may write to the folder can while the old one runs. */
function put(place: string, text: string): void {
  const aside = lab.path(`${place}.new`)
  writeFileSync(aside, text)
  chmodSync(aside, 0o755)
  renameSync(aside, lab.path(place))
}

describe('while the helper works, and its owner means harm, the safety nets start what the user was asked about', () => {
  it('also when its script is swapped', async () => {
    // Somebody else's link lies where the boot would look for the unit.
    mkdirSync(lab.path(`${UNITS}/sysinit.target.wants`), { recursive: true })
    symlinkSync('/dev/null', lab.path(WANTED))
    const run = start(await planned(lab), 30)
    await stepSeen(run, 'look', 'running')
    put(SCRIPT, 'require("fs").writeFileSync("/srv/owned", "")\n')
    await stepSeen(run, 'arm', 'done')

    expect(readFileSync(lab.path('/var/lib/patchbay/helper.cjs')).equals(readFileSync(HELPER))).toBe(true)
    const { stdout } = await lab.exec(['cat', WANTED])
    expect(stdout).toContain('ExecStart=')
    run.say({ control: 'revert' })
    expect((await ending(run)).event).toMatchObject({ event: 'rolled-back' })
    expect(await hostState(lab)).toEqual(before)
    expect(lstatSync(lab.path(WANTED), { throwIfNoEntry: false })).toBeUndefined()
  })

  const evil = '#!/bin/sh\n: >/srv/owned\n'
  const byTheTimer = async (run: HelperRun): Promise<void> => {
    run.child.kill('SIGKILL')
    await run.ended
    await until('the timer to take the change back', 40_000, async () => {
      const [last] = await transactionsIn(lab)
      return last?.state === 'rolled-back'
    })
  }
  const byTheHelper = async (run: HelperRun): Promise<void> => {
    run.say({ control: 'revert' })
    expect((await ending(run)).event).toMatchObject({ event: 'rolled-back' })
  }

  it.each<[string, 'look' | 'arm', () => void, (run: HelperRun) => Promise<void>]>([
    ['swapped before they are armed', 'look', () => put(RUNTIME, evil), byTheHelper],
    ['swapped once they are armed', 'arm', () => put(RUNTIME, evil), byTheTimer],
    ['deleted', 'arm', () => rmSync(lab.path(RUNTIME)), byTheHelper],
  ])('also when its runtime is %s', async (_, step, harm, takeBack) => {
    const plan = await planned(lab)
    // Else the system's Node would serve, which needs no copy.
    await lab.exec(['mount', '--bind', '/bin/false', process.execPath])
    try {
      const run = start(plan, 10, RUNTIME)
      await stepSeen(run, step, step === 'look' ? 'running' : 'done')
      harm()
      await run.seen('confirm-needed', ({ event }) => event === 'confirm-needed')
      const started = await startedByRoot(lab)
      expect(started).toContainEqual(expect.stringMatching(/^\/var\/lib\/patchbay\/runtime\/.*\/node$/))
      expect(await openTo(lab, 'dev', started)).toEqual([])
      await takeBack(run)
    } finally {
      await lab.exec(['umount', process.execPath])
    }
    expect(await hostState(lab)).toEqual(before)
    expect(owned()).toBe(false)
  })
})
