import type { FSWatcher } from 'node:fs'
import { watchFolder } from '../system/watch-folder'

/** Seconds between attempts while libvirt is away; the last one repeats. */
const DELAYS_S = [0.5, 1, 2, 5, 10, 30]

/** Each delay varies by so much of itself, so that many who lost the same daemon don't come back all at once. */
const JITTER = 0.2

/** A connection that lasted so long was a good one; one that breaks sooner is a failed attempt like others. */
const STEADY_MS = 10_000

/**
 * Milliseconds before the next attempt.
 * @param failures attempts that failed without a sign of life in between
 * @param luck from 0 to 1
 */
export function delayMs(failures: number, luck: number): number {
  const seconds = DELAYS_S[Math.min(failures, DELAYS_S.length - 1)] ?? 0
  return Math.round(seconds * 1000 * (1 - JITTER + 2 * JITTER * luck))
}

/**
 * Asks for another attempt while something is away: at once when its socket's folder changes, and after growing
 * delays. Costs nothing otherwise: the timer and the watch live from `arm()` to `disarm()`.
 */
export class Reconnect {
  readonly #folder: string | null
  readonly #attempt: () => void
  #failures = 0
  /** When the connection came about, while there is one. */
  #connectedAt: number | null = null
  #timer: NodeJS.Timeout | null = null
  #watcher: FSWatcher | null = null

  /** @param folder where the socket appears, null when that is not known */
  constructor(folder: string | null, attempt: () => void) {
    this.#folder = folder
    this.#attempt = attempt
  }

  /** After a failed attempt or a lost connection. */
  arm(): void {
    this.disarm()
    if (this.#connectedAt !== null) {
      this.#failures = performance.now() - this.#connectedAt < STEADY_MS ? this.#failures + 1 : 0
      this.#connectedAt = null
    }
    const delay = delayMs(this.#failures, Math.random())
    this.#timer = setTimeout(() => {
      this.#failures++
      this.#fire()
    }, delay)
    this.#watcher = this.#watchFolder()
  }

  /** Connected: once that has lasted a while, the next loss starts again with the shortest delay. */
  succeeded(): void {
    this.disarm()
    this.#connectedAt = performance.now()
  }

  disarm(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#watcher?.close()
    this.#timer = null
    this.#watcher = null
  }

  #fire(): void {
    this.disarm()
    this.#attempt()
  }

  #watchFolder(): FSWatcher | null {
    if (this.#folder === null) return null
    return watchFolder(this.#folder, (name) => {
      // The pid and lock files beside it change when the daemon leaves, too.
      if (!name.includes('sock')) return
      // A new socket is there a moment before it is listened at: should this attempt come too early, the next is soon.
      this.#failures = 0
      this.#fire()
    })
  }
}
