import type { FSWatcher } from 'node:fs'
import { watchFolder } from './watch-folder'

/** Seconds between attempts while libvirt is away; the last one repeats. */
const DELAYS_S = [1, 2, 5, 10, 30]

/**
 * Asks for another attempt while something is away: at once when its socket's folder changes, and after growing
 * delays. Costs nothing otherwise: the timer and the watch live from `arm()` to `disarm()`.
 */
export class Reconnect {
  readonly #folder: string | null
  readonly #attempt: () => void
  #failures = 0
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
    const delay = DELAYS_S[Math.min(this.#failures, DELAYS_S.length - 1)] ?? 0
    this.#failures++
    this.#timer = setTimeout(() => this.#fire(), delay * 1000)
    this.#watcher = this.#watchFolder()
  }

  /** Connected: the next loss starts again with the shortest delay. */
  succeeded(): void {
    this.disarm()
    this.#failures = 0
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
      if (name.includes('sock')) this.#fire()
    })
  }
}
