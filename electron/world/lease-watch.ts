import { watchFolder } from '../system/watch-folder'

/** Seconds after a machine was started or switched at which to look, where the folder can't be watched. */
const LOOK_AFTER_S = [2, 4, 7, 12, 20, 30]

/**
 * Tells when the leases of a bridge may have changed: when their file does, or, where that can't be watched, a few
 * times after `expect`.
 */
export class LeaseWatch {
  readonly #onChange: (bridge: string) => void
  readonly #watcher
  readonly #timers = new Set<NodeJS.Timeout>()

  /** @param folder null where it can't be seen, as on another computer */
  constructor(folder: string | null, onChange: (bridge: string) => void) {
    this.#onChange = onChange
    const changed = (name: string): void => {
      if (name.endsWith('.status')) onChange(name.slice(0, -'.status'.length))
    }
    this.#watcher = folder === null ? null : watchFolder(folder, changed)
  }

  /** A machine on this bridge is about to ask for an address. */
  expect(bridge: string): void {
    if (this.#watcher !== null) return
    for (const seconds of LOOK_AFTER_S) {
      const timer = setTimeout(() => {
        this.#timers.delete(timer)
        this.#onChange(bridge)
      }, seconds * 1000)
      timer.unref()
      this.#timers.add(timer)
    }
  }

  close(): void {
    this.#watcher?.close()
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers.clear()
  }
}
