import type { FailureCode } from '../../../shared/failure'

/** How the helper may end: with a list of what it has recorded, or with a failure of this code. */
export type Outcome = 'status' | 'additions' | FailureCode

/** One run of the helper as an attacker would start it. */
export interface Attack {
  /** The kind, for the statistics. */
  kind: string
  /** The words after the helper's own name. */
  words: readonly string[]
  /** Everything that is written to its standard input; each character is one byte. */
  bytes: string
  /** Lengths of the pieces the bytes come in; the last piece is the rest. */
  pieces: readonly number[]
  /** What becomes of standard input when all is written. */
  then: 'stays open' | 'ends' | 'breaks'
  /** Everything else is a defect of the helper. */
  outcomes: readonly Outcome[]
}

/** JSON text as it is sent: an object's keys and values as text, so that it can be wrong in every way. */
export type Pairs = readonly (readonly [key: string, value: string])[]

export const objectOf = (pairs: Pairs): string =>
  `{${pairs.map(([key, value]) => `${key}:${value}`).join(',')}}`

/** JSON text with every character outside ASCII as the bytes of UTF-8, one character for each. */
export const inBytes = (text: string): string => Buffer.from(text, 'utf8').toString('latin1')

/** A request that a helper understands, and refuses without changing anything. */
export interface Request {
  verb: 'apply' | 'undo' | 'rollback' | 'status' | 'add' | 'remove' | 'restore'
  pairs: Pairs
  outcomes: readonly Outcome[]
}
