import { PatchbayError } from '../../../shared/failure'
import { unless } from './step'

/** How long something is waited for. */
export interface Patience {
  /** On the clock of `performance.now()`. */
  deadline: number
  signal?: AbortSignal
}

/** Calls `notice` at every event after which a condition may have come to hold; what it returns stops that. */
export type Listen = (notice: () => void) => (() => void) | Promise<() => void>

/**
 * Waits until `condition` holds; it is looked at again at every event that `listen` reports.
 * Throws a `PatchbayError` `timeout` with `what` at the deadline, and the signal's reason when that aborts.
 */
export async function waitUntil(
  what: string,
  condition: () => Promise<boolean>,
  { deadline, signal }: Patience,
  listen: Listen,
): Promise<void> {
  let wake: () => void = () => undefined
  const change = { seen: false, late: false }
  const stop = await listen(() => {
    change.seen = true
    wake()
  })
  // A timer may run a moment before its time is up by the other clock, and does not run a second time.
  const timeUp = (): void => {
    change.late = true
    wake()
  }
  const timer = setTimeout(timeUp, Math.max(0, deadline - performance.now()))
  try {
    while (!(await condition())) {
      if (change.late || performance.now() >= deadline)
        throw new PatchbayError({ code: 'timeout', message: what })
      if (!change.seen) {
        const next = new Promise<void>((resolve) => (wake = resolve))
        await (signal ? unless(signal, next) : next)
      }
      change.seen = false
    }
  } finally {
    clearTimeout(timer)
    stop()
  }
}

/** Whether `condition` comes to hold before the deadline. */
export async function holdsBy(
  condition: () => Promise<boolean>,
  patience: Patience,
  listen: Listen,
): Promise<boolean> {
  try {
    await waitUntil('', condition, patience, listen)
    return true
  } catch (error) {
    if (error instanceof PatchbayError && error.failure.code === 'timeout') return false
    throw error
  }
}
