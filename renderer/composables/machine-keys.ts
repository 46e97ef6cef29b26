import { nextTick } from 'vue'
import type { Machine } from '../../shared/world/world'
import { isTyped, typeAhead, type Typed } from '../model/type-ahead'
import { useMoves } from './to-place'
import { useViewStore } from '../stores/view'

/** For `aria-keyshortcuts` of a list of machines: to the LAN, behind NAT, the list of networks. */
export const MACHINE_SHORTCUTS = 'Control+Shift+L Control+Shift+N Enter'

/**
 * The keyboard in a list of machines: arrows, Home and End pick one, and letters the one whose name they begin. A letter
 * alone never moves a cable: Ctrl+Shift+L plugs the machine that has the focus into the LAN, Ctrl+Shift+N behind NAT, Enter
 * opens the list of networks. Takes the machines in the order shown; each must have an element with `data-machine`.
 * @returns whether a key was one of these
 */
export function useMachineKeys(machines: () => readonly Machine[]): (event: KeyboardEvent) => boolean {
  const view = useViewStore()
  const moves = useMoves()
  let typed: Typed | null = null

  function pick(list: Element, index: number): boolean {
    const machine = machines()[index]
    if (machine === undefined) return false
    view.pickMachine(machine.id)
    void nextTick(() => {
      const element = list.querySelector(`[data-machine="${machine.id}"]`)
      if (element instanceof HTMLElement) element.focus()
    })
    return true
  }

  /** Where an arrow leads: Tab comes to a machine without picking it, and the first arrow then does. */
  function next(key: string, at: number): number | null {
    const isPicked = machines()[at]?.id === view.machine?.id
    const last = machines().length - 1
    const steps: Partial<Record<string, number>> = {
      ArrowDown: isPicked ? Math.min(at + 1, last) : at,
      ArrowUp: isPicked ? Math.max(at - 1, 0) : at,
      Home: 0,
      End: last,
    }
    return steps[key] ?? null
  }

  function jump(event: KeyboardEvent, list: Element, at: number): boolean {
    const names = machines().map(({ name }) => name)
    const found = typeAhead(event.key, event.timeStamp, typed, names, at)
    // A space that belongs to no name is the list's own.
    if (event.key === ' ' && found.index === null) return false
    typed = found.typed
    if (found.index !== null) pick(list, found.index)
    return true
  }

  /** What is done with the machine that has the focus, whatever was picked before. */
  function act(event: KeyboardEvent, id: string): boolean {
    const isChord = event.ctrlKey && event.shiftKey && !event.altKey && !event.metaKey
    const isPlain = !event.ctrlKey && !event.shiftKey && !event.altKey && !event.metaKey
    const to = isChord ? ({ l: 'lan', n: 'nat' } as const)[event.key.toLowerCase()] : undefined
    if (to === undefined && !(isPlain && event.key === 'Enter')) return false
    if (view.machine?.id !== id) view.pickMachine(id)
    const { machine, nic } = view
    if (machine === null || nic === null) return false
    if (to === undefined) view.openPicker()
    else moves.to(machine, nic, to)
    return true
  }

  function onKey(event: KeyboardEvent): boolean {
    const { currentTarget: list, target } = event
    const row = target instanceof Element ? target.closest<HTMLElement>('[data-machine]') : null
    const id = row?.dataset.machine
    // A button in a table's head keeps its own keys.
    if (!(list instanceof Element) || id === undefined) return false
    const at = machines().findIndex((machine) => machine.id === id)
    if (act(event, id)) return true
    if (isTyped(event, event.timeStamp, typed)) return jump(event, list, at)
    if (event.altKey || event.ctrlKey || event.metaKey) return false
    const index = next(event.key, at)
    return index !== null && pick(list, index)
  }

  return (event) => {
    const isMine = onKey(event)
    if (isMine) event.preventDefault()
    return isMine
  }
}
