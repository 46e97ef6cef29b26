import { PatchbayError } from '../../shared/failure'
import type { World } from '../../shared/world'
import type { WorldEvent } from './event'
import { reduce } from './reduce'

/** Called after each change with the new World and the one before it. */
export type WorldListener = (world: World, before: World) => void

/** Holds the World; the only place where it changes. */
export class WorldStore {
  #world: World
  readonly #listeners = new Set<WorldListener>()
  readonly #closers: (() => void | Promise<void>)[] = []

  constructor(world: World) {
    this.#world = world
  }

  get current(): World {
    return this.#world
  }

  /** Takes an event in. Listeners are told only when it changed something. */
  dispatch(event: WorldEvent): void {
    const before = this.#world
    this.#world = reduce(before, event)
    if (this.#world === before) return
    for (const listener of [...this.#listeners]) listener(this.#world, before)
  }

  /** Calls the listener after each change; returns the function that ends it. */
  subscribe(listener: WorldListener): () => void {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  /**
   * Waits until something is found in the World, and answers with it.
   * @param find gives what was looked for, or undefined to wait on
   * @throws PatchbayError `timeout` after `timeoutMs` milliseconds; without that it waits for ever
   */
  until<T>(find: (world: World) => T | undefined, timeoutMs?: number): Promise<T> {
    return new Promise((resolve, reject) => {
      const found = find(this.#world)
      if (found !== undefined) {
        resolve(found)
        return
      }
      const late = (): void => {
        unsubscribe()
        reject(new PatchbayError({ code: 'timeout', message: 'What was waited for did not happen in time.' }))
      }
      const timer = timeoutMs === undefined ? undefined : setTimeout(late, timeoutMs)
      const unsubscribe = this.subscribe((world) => {
        const now = find(world)
        if (now === undefined) return
        clearTimeout(timer)
        unsubscribe()
        resolve(now)
      })
    })
  }

  /** Has something closed together with the store, last opened first. */
  onClose(close: () => void | Promise<void>): void {
    this.#closers.unshift(close)
  }

  /** Ends all sources. The last World stays readable. */
  async close(): Promise<void> {
    this.#listeners.clear()
    for (const close of this.#closers.splice(0)) await close()
  }
}
