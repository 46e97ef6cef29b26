import { onBeforeUnmount, shallowRef, type ShallowRef } from 'vue'
import type { Machine, Nic } from '../../shared/world/world'
import type { Point } from '../model/cables'
import { useViewStore } from '../stores/view'

/** Pixels that the pointer must travel before a press on a jack becomes a drag. */
const THRESHOLD = 4

/** A cable in the hand. */
export interface Drag {
  machine: Machine
  nic: Nic
  /** The pointer, in pixels of the board. */
  at: Point
  /** The `data-place` under the pointer. */
  over: string | null
}

export interface CableDrag {
  drag: Readonly<ShallowRef<Drag | null>>
  /** For `pointerdown` on a jack. */
  start: (event: PointerEvent, machine: Machine, nic: Nic) => void
}

/** Pulls a cable from its jack; `drop` is called with the place that it is let go over. Escape puts it back. */
export function useCableDrag(
  board: Readonly<ShallowRef<HTMLElement | null>>,
  drop: (machine: Machine, nic: Nic, placeId: string) => void,
): CableDrag {
  const view = useViewStore()
  const drag = shallowRef<Drag | null>(null)
  let pressed: { machine: Machine; nic: Nic; x: number; y: number; pointer: number } | null = null

  function start(event: PointerEvent, machine: Machine, nic: Nic): void {
    if (event.button !== 0) return
    event.preventDefault()
    view.pickMachine(machine.id, nic.mac)
    pressed = { machine, nic, x: event.clientX, y: event.clientY, pointer: event.pointerId }
    window.addEventListener('pointermove', move)
    window.addEventListener('pointerup', letGo)
    window.addEventListener('pointercancel', end)
    window.addEventListener('keydown', cancel, { capture: true })
  }

  function move(event: PointerEvent): void {
    if (pressed === null || board.value === null || event.pointerId !== pressed.pointer) return
    const far = Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) >= THRESHOLD
    if (drag.value === null && !far) return
    const origin = board.value.getBoundingClientRect()
    const { machine, nic } = pressed
    view.isHolding = true
    const over = placeAt(event.clientX, event.clientY)
    drag.value = { machine, nic, over, at: { x: event.clientX - origin.left, y: event.clientY - origin.top } }
    view.proposal = over === null ? null : { machine: machine.id, mac: nic.mac, place: over }
  }

  function letGo(event: PointerEvent): void {
    if (event.pointerId !== pressed?.pointer) return
    const held = drag.value
    end()
    if (held !== null && held.over !== null) drop(held.machine, held.nic, held.over)
  }

  function cancel(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    end()
  }

  function end(): void {
    pressed = null
    drag.value = null
    view.isHolding = false
    view.proposal = null
    window.removeEventListener('pointermove', move)
    window.removeEventListener('pointerup', letGo)
    window.removeEventListener('pointercancel', end)
    window.removeEventListener('keydown', cancel, { capture: true })
  }

  onBeforeUnmount(end)
  return { drag, start }
}

function placeAt(x: number, y: number): string | null {
  const element = document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-place]')
  return element?.dataset.place ?? null
}
