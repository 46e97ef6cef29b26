import { lstat } from 'node:fs/promises'
import { findBinary, runCommand } from '../../system/command'
import { replaceFile } from '../root-files/files'
import { TRANSACTIONS_DIR } from '../../../shared/helper/protocol'
import type { HelperFile } from './own-copy'
import { forgetRestart } from './pending-timers'

/**
 * The safety net that every host with systemd has: a transient timer that runs the helper's `rollback`. It counts on the
 * monotonic clock, so a clock that is set does not matter, and it needs neither the app nor the helper that armed it.
 */

export const timerUnit = (transaction: string): string => `patchbay-rollback-${transaction}`

/** Whether systemd runs this host: sd_booted(3). */
export async function hasSystemd(): Promise<boolean> {
  if (findBinary('systemd-run') === null) return false
  try {
    return (await lstat('/run/systemd/system')).isDirectory()
  } catch {
    return false
  }
}

/** Arms the rollback of a transaction in `seconds`. A rollback that fails is tried again. */
export async function armTimer(transaction: string, seconds: number, helper: HelperFile): Promise<void> {
  // A transient unit takes no text for standard input (systemd 252), so the request lies in a file.
  const request = `${TRANSACTIONS_DIR}/${transaction}/snapshot/rollback.json`
  await replaceFile(request, `${request}.new`, `${JSON.stringify({ version: 1, transaction })}\n`, 0o600)
  const service = [
    'Type=exec',
    `StandardInput=file:${request}`,
    'Restart=on-failure',
    'RestartSec=2',
    'StartLimitIntervalSec=600',
    'StartLimitBurst=30',
    ...Object.entries(helper.env).map(([name, value]) => `Environment=${name}=${value}`),
  ]
  await runCommand('systemd-run', [
    ...['--quiet', '--collect', `--unit=${timerUnit(transaction)}`],
    '--description=Bring the network back after an interrupted change by Patchbay',
    // The longest delay that the timer may be put off by, in order to wake up together with others.
    ...[`--on-active=${seconds}`, '--timer-property=AccuracySec=100ms'],
    ...service.map((property) => `--property=${property}`),
    ...[...helper.argv, 'rollback'],
  ])
}

/** Nothing to disarm is no error: it may be acting already, and finds the transaction ended. */
export async function disarmTimer(transaction: string): Promise<void> {
  if (!(await hasSystemd())) return
  await runCommand('systemctl', ['stop', `${timerUnit(transaction)}.timer`]).catch(() => undefined)
  await forgetRestart(`${timerUnit(transaction)}.service`)
}

/** Whether the timer waits, or its rollback is at work. */
export async function isTimerArmed(transaction: string): Promise<boolean> {
  if (!(await hasSystemd())) return false
  const unit = timerUnit(transaction)
  const output = await runCommand('systemctl', [
    'show',
    '--property=ActiveState',
    '--value',
    `${unit}.timer`,
    `${unit}.service`,
  ])
  return output.split('\n').some((state) => state === 'active' || state === 'activating')
}
