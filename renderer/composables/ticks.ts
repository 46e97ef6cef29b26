import { computed, type ComputedRef } from 'vue'
import type { Machine } from '../../shared/world/world'
import { useBatchStore } from '../stores/batch'

export interface Ticks {
  /** How many of the machines that are shown are ticked. */
  all: ComputedRef<'all' | 'some' | 'none'>
  toggleAll: () => void
  /** Ticks one, and with Shift all from the one that was clicked before. */
  click: (id: string, event: MouseEvent) => void
  /** Space, Ctrl+A and Escape; false for every other key. */
  onKey: (event: KeyboardEvent) => boolean
}

/** Ticking machines in a list, as in a file manager. Takes the machines in the order shown. */
export function useTicks(machines: () => readonly Machine[]): Ticks {
  const batch = useBatchStore()
  let last: string | null = null

  const ids = (): string[] => machines().map(({ id }) => id)
  const all = computed(() => {
    const count = ids().filter((id) => batch.ticked.has(id)).length
    return count === 0 ? 'none' : count === ids().length ? 'all' : 'some'
  })

  const toggle = (id: string): void => {
    batch.tick([id], !batch.ticked.has(id))
    last = id
  }

  function click(id: string, event: MouseEvent): void {
    const shown = ids()
    const [from, to] = [last === null ? -1 : shown.indexOf(last), shown.indexOf(id)]
    if (!event.shiftKey || from === -1) toggle(id)
    else batch.tick(shown.slice(Math.min(from, to), Math.max(from, to) + 1), true)
  }

  function onKey(event: KeyboardEvent): boolean {
    const row = event.target instanceof HTMLElement ? event.target.dataset.machine : undefined
    if (event.key === ' ' && row !== undefined) toggle(row)
    else if (event.key.toLowerCase() === 'a' && event.ctrlKey) batch.tick(ids(), true)
    else if (event.key === 'Escape' && batch.ticked.size > 0) batch.clear()
    else return false
    event.preventDefault()
    return true
  }

  return { all, toggleAll: () => batch.tick(ids(), all.value !== 'all'), click, onKey }
}
