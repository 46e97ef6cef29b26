import type { Failure } from '../failure'
import type { Host } from './host'
import type { RecordedAddition } from '../helper/host-addition'
import type { Machine } from './machine'
import type { Network } from './network'
import type { Operation } from './operation'
import type { TransactionSummary } from '../helper/transaction'

export * from './machine'
export * from './network'

/** The one immutable picture that the window, the tray and the command line show. */
export interface World {
  libvirt: LibvirtStatus
  host: Host
  networks: readonly Network[]
  machines: readonly Machine[]
  /** Running operations and the latest ended ones, newest last. */
  operations: readonly Operation[]
  /** Host changes made by the helper, newest first. */
  transactions: readonly TransactionSummary[]
  /** Small things that the helper has added to the host, newest first. */
  additions: readonly RecordedAddition[]
}

export type LibvirtStatus =
  | { state: 'connecting'; uri: string }
  | { state: 'connected'; uri: string; version: string; hostname: string }
  /** The last World stays on display while libvirt is away. */
  | { state: 'offline'; uri: string; failure: Failure }
