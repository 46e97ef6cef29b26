import type { Machine } from '../../shared/world/world'

/** Milliseconds after the latest moment for a cable to be in again at which that is looked at. */
const AFTER_MS = 100
/** setTimeout(3) of Node takes no more, and what is so far off was noted by a clock that was wrong. */
const LONGEST_MS = 60_000

/**
 * Tells when a cable that Patchbay has pulled must be in again, or was left out: libvirt has no event for that, and another
 * process may have pulled it. A timer for each cable that is out, none otherwise.
 */
export class CableWatch {
  readonly #onDue: (machine: string) => void
  readonly #timers = new Map<string, NodeJS.Timeout>()

  constructor(onDue: (machine: string) => void) {
    this.#onDue = onDue
  }

  /** Machines were read. */
  saw(machines: readonly Machine[]): void {
    for (const machine of machines) this.#expect(machine)
  }

  close(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer)
    this.#timers.clear()
  }

  #expect({ id, nics }: Machine): void {
    clearTimeout(this.#timers.get(id))
    this.#timers.delete(id)
    // One that is not in by then was left out, which nothing changes by itself.
    const due = nics.flatMap(({ linkUp, pulledUntil }) =>
      linkUp && pulledUntil !== undefined ? [pulledUntil] : [],
    )
    if (due.length === 0) return
    const wait = Math.min(Math.max(0, Math.max(...due) - Date.now()) + AFTER_MS, LONGEST_MS)
    const timer = setTimeout(() => {
      this.#timers.delete(id)
      this.#onDue(id)
    }, wait)
    this.#timers.set(id, timer)
  }
}
