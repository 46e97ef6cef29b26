import { readdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { runCommand } from '../../system/command'
import { asideOf, isCode, removeEntry, replaceFile, systemFolder } from '../root-files/files'
import type { HelperFile } from './own-copy'
import { startLines } from './unit-command'

/** Where systemd keeps the units that were made by systemd-run(1). */
const TRANSIENT = '/run/systemd/transient'
const NAME = /^patchbay-rollback-[0-9]{8}-[0-9]{6}-[0-9a-f]{4}\.service$/

/** A rollback that waits for its time, or for another attempt. */
export interface PendingRollback {
  /** Name of its service. */
  unit: string
  /** The words of its command; none when systemd does not tell. */
  command: readonly string[]
  electron: boolean
}

/** What timers will start, as systemd has it. */
export async function pendingRollbacks(): Promise<PendingRollback[]> {
  const units = (await namesIn(TRANSIENT)).filter((name) => NAME.test(name))
  return Promise.all(
    units.map(async (unit) => {
      const shown = await runCommand('systemctl', ['show', '--property=ExecStart,Environment', unit])
      return { unit, command: commandIn(shown), electron: shown.includes('ELECTRON_RUN_AS_NODE=1') }
    }),
  )
}

/**
 * The words of `ExecStart={ path=… ; argv[]=… ; ignore_errors=… ; … }` in the output of systemctl(1), which separates them by
 * spaces, and so can't tell a path with a space from two words: such a one is of no use, as nothing is there.
 */
export const commandIn = (shown: string): string[] =>
  /^ExecStart=\{ path=.* ; argv\[\]=(.*) ; ignore_errors=/m.exec(shown)?.[1]?.split(' ') ?? []

/** A file that changes a unit of systemd-run's without a moment in which it is not armed. */
const dropIn = (unit: string): string => `/run/systemd/system/${unit}.d/patchbay.conf`

/**
 * Has a timer that waits start the helper in another way. It waits for all of its time again, as systemd begins that anew when it
 * reads its units (seen with systemd 252).
 */
export async function restartWith(helper: HelperFile, units: readonly string[]): Promise<void> {
  for (const unit of units) {
    const path = dropIn(unit)
    await systemFolder(dirname(path))
    // An empty command first, as further ones would be started one after the other.
    const text = `[Service]\nExecStart=\n${startLines(helper, 'rollback')}\n`
    await replaceFile(path, asideOf(path), text, 0o644)
  }
  await runCommand('systemctl', ['daemon-reload'], { timeoutMs: 30_000 })
}

/** Removes what `restartWith` has written for a timer that is gone. */
export const forgetRestart = (unit: string): Promise<void> => removeEntry(dirname(dropIn(unit)))

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (isCode(error, 'ENOENT')) return []
    throw error
  }
}
