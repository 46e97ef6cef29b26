/**
 * Runs a task on demand and never twice at once: all demands that come while it runs are met by one more run.
 * A burst of events so costs two reads, and the last read always began after the last event.
 */
export class Rerun {
  readonly #task: () => Promise<void>
  #current: Promise<void> | null = null
  #next: Promise<void> | null = null
  #closed = false

  constructor(task: () => Promise<void>) {
    this.#task = task
  }

  /** Resolves after a run that began after this call; rejects when that run fails. */
  demand(): Promise<void> {
    if (this.#closed) return Promise.resolve()
    if (this.#current === null) {
      this.#current = this.#run()
      return this.#current
    }
    const again = (): Promise<void> => {
      this.#next = null
      return this.demand()
    }
    this.#next ??= this.#current.then(again, again)
    return this.#next
  }

  /** No further runs; the one under way comes to its end. */
  close(): void {
    this.#closed = true
  }

  async #run(): Promise<void> {
    try {
      await this.#task()
    } finally {
      this.#current = null
    }
  }
}
