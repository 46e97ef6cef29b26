import { PatchbayError } from '../../shared/failure'
import type { World } from '../../shared/world/world'
import type { WorldEvent } from './event'
import { reduce } from './reduce'
import { say } from '../../shared/phrases/phrase'

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
   * @throws PatchbayError `timeout` when the signal comes first; without one it waits for ever
   */
  until<T>(find: (world: World) => T | undefined, signal?: AbortSignal): Promise<T> {
    return new Promise((resolve, reject) => {
      const look = (world: World): void => {
        const found = find(world)
        if (found === undefined) return
        stop()
        resolve(found)
      }
      const late = (): void => {
        stop()
        reject(new PatchbayError({ code: 'timeout', message: say('waited-for-did-not-happen') }))
      }
      const unsubscribe = this.subscribe(look)
      const stop = (): void => {
        unsubscribe()
        signal?.removeEventListener('abort', late)
      }
      signal?.addEventListener('abort', late)
      if (signal?.aborted) late()
      else look(this.#world)
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
