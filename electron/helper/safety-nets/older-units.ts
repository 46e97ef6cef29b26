import type { HelperEvent } from '../../../shared/helper/protocol'
import { PatchbayError, toFailure } from '../../../shared/failure'
import { armRestore, disarmRestore, restoreUnit } from './restore-units'
import { armBoot, bootUnit } from './boot'
import { copyOfThisHelper } from './own-copy'
import { pendingRollbacks, restartWith } from './pending-timers'
import { hasSystemd } from './timer'
import { unsafeCommand, unsafeStart } from './unsafe-start'
import { english } from '../../../shared/phrases/english'

/**
 * Older versions had root's units start the runtime that the user had, wherever it lay. Has those that are left, also where that
 * runtime is gone by now, start what is root's own. Call it with the lock held. Throws a `PatchbayError` when there is nothing
 * that they could start; units for every start of the computer are removed then, while the nets of an interrupted change stay: they
 * are all that brings the network back, and gone in minutes.
 */
export async function makeUnitsSafe(): Promise<void> {
  if (!(await hasSystemd())) return
  const boot = unsafeIn(await bootUnit())
  const restore = unsafeIn(await restoreUnit())
  const timers = (await pendingRollbacks()).filter(
    ({ command, electron }) => unsafeCommand(command, electron) !== null,
  )
  if (boot === null && restore === null && timers.length === 0) return
  try {
    const helper = await copyOfThisHelper()
    if (timers.length > 0) {
      await restartWith(
        helper,
        timers.map(({ unit }) => unit),
      )
    }
    if (boot !== null) await armBoot(helper)
    if (restore !== null) await armRestore()
  } catch (error) {
    if (restore === null) throw error
    await disarmRestore()
    throw notRestored(restore, error)
  }
}

const unsafeIn = (unit: string | null): string | null => (unit === null ? null : unsafeStart(unit))

function notRestored(why: string, cause: unknown): PatchbayError {
  const { message, ...failure } = toFailure(cause)
  return new PatchbayError(
    {
      ...failure,
      message: `Others than root could change what puts Patchbay’s additions back at the start of this computer (${why}), so it was removed; they last until then. ${english(message)}`,
    },
    { cause },
  )
}

/** Does it once the work itself is done, which stays so; its own failure is the one to tell of. */
export async function makingUnitsSafe(work: Promise<HelperEvent>): Promise<HelperEvent> {
  const ending = await work
  try {
    await makeUnitsSafe()
    return ending
  } catch (error) {
    return 'failure' in ending
      ? ending
      : { event: 'failed', failure: { ...toFailure(error), code: 'partly-done' } }
  }
}
