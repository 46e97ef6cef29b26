/** A point in the board, in CSS pixels from its upper left corner. */
export interface Point {
  x: number
  y: number
}

/** Pixels that a cable's bend reaches at least, so that it leaves its jack level; less when its ends are nearer. */
const LEAST_BEND = 28

/** SVG path of a cable: leaves `from` to the right and arrives at `to` from the left. */
export function cablePath(from: Point, to: Point): string {
  const distance = Math.abs(to.x - from.x)
  const bend = Math.max(distance / (to.x >= from.x ? 2 : 4), Math.min(LEAST_BEND, distance))
  const number = (value: number): string => String(Math.round(value * 10) / 10)
  return (
    `M ${number(from.x)} ${number(from.y)} ` +
    `C ${number(from.x + bend)} ${number(from.y)} ` +
    `${number(to.x - bend)} ${number(to.y)} ${number(to.x)} ${number(to.y)}`
  )
}

/** Spreads the ends of several cables at one side of a box around its middle, `gap` pixels apart. */
export function spread(middle: number, index: number, count: number, gap: number): number {
  return middle + (index - (count - 1) / 2) * gap
}
