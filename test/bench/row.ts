/** One line of the bench's table: Patchbay and a peer, measured in the same run. */
export interface Row {
  what: string
  patchbay: string
  peer: string
  /** Patchbay divided by its peer: below 1 is better for times and gaps. */
  ratio?: string
  goal?: string
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

export const ms = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`

/** Median and worst of several runs. */
export const spread = (values: readonly number[]): string =>
  `${ms(median(values))} (worst ${ms(Math.max(...values))})`

export const ratioOf = (ours: number, theirs: number): string => (ours / theirs).toFixed(2)
