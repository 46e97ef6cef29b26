import { inject, type InjectionKey, type ShallowRef } from 'vue'
import { useBoardGeometry, type BoardGeometry } from './geometry'
import { useCableDrag, type CableDrag } from './drag'
import type { Machine, Nic } from '../../shared/world/world'

/**
 * What the parts of the patchbay share. Handed down by provide instead of props: it changes with every frame of a scroll
 * or a drag, and only the parts that draw it may be drawn again, never a list of a thousand machines.
 */
export type Board = BoardGeometry & CableDrag

export const boardKey: InjectionKey<Board> = Symbol('patchbay board')

/** Makes the board for an element; `drop` is called with the place that a cable is let go over. */
export function makeBoard(
  element: Readonly<ShallowRef<HTMLElement | null>>,
  drop: (machine: Machine, nic: Nic, placeId: string) => void,
): Board {
  return { ...useBoardGeometry(element), ...useCableDrag(element, drop) }
}

/** The board that a part of the patchbay belongs to. */
export function useBoard(): Board {
  const board = inject(boardKey)
  if (board === undefined) throw new Error('This part is only for the patchbay view')
  return board
}

/** The `data-place` of the card that stands for a LAN without a bridge. */
export const LAN_MISSING = 'lan-missing'
