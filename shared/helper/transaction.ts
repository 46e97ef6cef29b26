import type { Failure } from '../failure'

/** One host change as recorded by the helper; readable by everybody, without anything secret. */
export interface TransactionSummary {
  /** Sorts by time: `20261123-214501-3f9c`. */
  id: string
  intent: HostIntent
  /** Milliseconds since 1970. */
  startedAt: number
  state: TransactionState
  /** What went wrong, for `rolled-back` and `rollback-failed`. */
  failure: Failure | null
  /** Names of the files added on the host, as absolute paths. */
  added: readonly string[]
}

/**
 * `committed` can be undone. `armed`: being made, `undoing`: being undone; either under way, or its helper died, and it is
 * about to be taken back by itself.
 */
export type TransactionState =
  'armed' | 'committed' | 'undoing' | 'rolled-back' | 'rollback-failed' | 'undone'

/** What the user wants of the host. The helper works out the rest for itself. */
export type HostIntent = { kind: 'create-bridge'; nic: string; bridge: string }
