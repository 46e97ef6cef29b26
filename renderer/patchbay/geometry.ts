import { onBeforeUnmount, onMounted, shallowRef, type Directive, type ShallowRef } from 'vue'
import type { Point } from '../model/cables'

/** Where everything is that a cable can end at, in pixels of the board. Only what is on display is measured. */
export interface Geometry {
  /** The middle of each jack, by NIC key. */
  jacks: ReadonlyMap<string, Point>
  /** Both sides of each place. */
  places: ReadonlyMap<string, { left: Point; right: Point }>
  /** The left side of the router and of this host. */
  outside: ReadonlyMap<string, Point>
}

const NOTHING: Geometry = { jacks: new Map(), places: new Map(), outside: new Map() }

export interface BoardGeometry {
  geometry: Readonly<ShallowRef<Geometry>>
  /** Measures before the next frame; call it when what is shown has changed. */
  remeasure: () => void
  /** `v-seen` on each card of a machine: cards out of sight are neither measured nor drawn. */
  vSeen: Directive<HTMLElement>
}

/**
 * Keeps the measures of the board true: after a scroll, a change of size, and whenever `remeasure` is called.
 * Elements are found by `data-jack`, `data-place` and `data-outside`.
 */
export function useBoardGeometry(board: Readonly<ShallowRef<HTMLElement | null>>): BoardGeometry {
  const geometry = shallowRef<Geometry>(NOTHING)
  const seen = new Set<Element>()
  let frame: number | null = null

  const remeasure = (): void => {
    frame ??= requestAnimationFrame(() => {
      frame = null
      if (board.value !== null) geometry.value = measure(board.value, seen)
    })
  }

  const sight = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) seen.add(target)
        else seen.delete(target)
      }
      remeasure()
    },
    { rootMargin: '120px' },
  )
  const sizes = new ResizeObserver(remeasure)

  onMounted(() => {
    if (board.value === null) return
    board.value.addEventListener('scroll', remeasure, { capture: true, passive: true })
    for (const element of [board.value, ...board.value.querySelectorAll('[data-column]')])
      sizes.observe(element)
  })
  onBeforeUnmount(() => {
    if (frame !== null) cancelAnimationFrame(frame)
    sight.disconnect()
    sizes.disconnect()
  })

  const vSeen: Directive<HTMLElement> = {
    mounted: (card) => sight.observe(card),
    unmounted: (card) => {
      sight.unobserve(card)
      seen.delete(card)
    },
  }
  return { geometry, remeasure, vSeen }
}

function measure(board: HTMLElement, cards: ReadonlySet<Element>): Geometry {
  const origin = board.getBoundingClientRect()
  const box = (element: Element): { left: number; right: number; middle: Point } => {
    const rect = element.getBoundingClientRect()
    const left = rect.left - origin.left
    const right = rect.right - origin.left
    return { left, right, middle: { x: (left + right) / 2, y: (rect.top + rect.bottom) / 2 - origin.top } }
  }
  /** A place scrolled out of its column is met at the column's edge. */
  const inside = (y: number): number => Math.min(Math.max(y, 0), origin.height)

  const jacks = new Map<string, Point>()
  for (const card of cards) {
    for (const jack of card.querySelectorAll<HTMLElement>('[data-jack]')) {
      jacks.set(jack.dataset.jack ?? '', box(jack).middle)
    }
  }
  const places = new Map<string, { left: Point; right: Point }>()
  for (const element of board.querySelectorAll<HTMLElement>('[data-place]')) {
    const { left, right, middle } = box(element)
    const y = inside(middle.y)
    places.set(element.dataset.place ?? '', { left: { x: left, y }, right: { x: right, y } })
  }
  const outside = new Map<string, Point>()
  for (const element of board.querySelectorAll<HTMLElement>('[data-outside]')) {
    const { left, middle } = box(element)
    outside.set(element.dataset.outside ?? '', { x: left, y: inside(middle.y) })
  }
  return { jacks, places, outside }
}
