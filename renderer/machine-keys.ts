import { nextTick } from 'vue'
import type { Machine } from '../shared/world'
import { useMoves } from './moves'
import { useViewStore } from './stores/view'

/**
 * The keyboard in a list of machines: arrows, Home and End pick one, `L` moves it to the LAN, `N` behind NAT, Enter
 * opens the list of networks. Takes the machines in the order shown; each must have an element with `data-machine`.
 */
export function useMachineKeys(machines: () => readonly Machine[]): (event: KeyboardEvent) => void {
  const view = useViewStore()
  const moves = useMoves()

  function pick(list: Element, index: number): void {
    const machine = machines()[index]
    if (machine === undefined) return
    view.pickMachine(machine.id)
    void nextTick(() => {
      const element = list.querySelector(`[data-machine="${machine.id}"]`)
      if (element instanceof HTMLElement) element.focus()
    })
  }

  return (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || !(event.currentTarget instanceof Element)) return
    const count = machines().length
    const at = machines().findIndex(({ id }) => id === view.machine?.id)
    const steps: Partial<Record<string, number>> = {
      ArrowDown: Math.min(at + 1, count - 1),
      ArrowUp: Math.max(at - 1, 0),
      Home: 0,
      End: count - 1,
    }
    const next = steps[event.key]
    if (next !== undefined) {
      event.preventDefault()
      pick(event.currentTarget, next)
      return
    }
    const key = event.key.toLowerCase()
    if (!['l', 'n', 'enter'].includes(key)) return
    // Tab comes to a machine without picking it; a key that moves it does.
    const focused = event.target instanceof HTMLElement ? event.target.dataset.machine : undefined
    if (view.machine === null && focused !== undefined) view.pickMachine(focused)
    const { machine, nic } = view
    if (machine === null || nic === null) return
    if (key === 'l') moves.to(machine, nic, 'lan')
    else if (key === 'n') moves.to(machine, nic, 'nat')
    else view.openPicker()
    event.preventDefault()
  }
}
