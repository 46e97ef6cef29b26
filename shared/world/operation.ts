import type { Text } from '../phrases/phrase'
import type { CheckId } from '../doctor/check-ids'
import type { Failure } from '../failure'
import type { HostAddition } from '../helper/host-addition'
import type { Attachment, NicAddress } from './machine'

/** Long work with named steps; the window, the tray, notifications and the command line show the same one. */
export interface Operation {
  id: string
  subject: OperationSubject
  /** One sentence: "Move web01 to the LAN". */
  title: Text
  /** What is worth knowing before it happens, each a sentence or two. */
  notes?: readonly Text[]
  steps: readonly OperationStep[]
  /** Whether Patchbay itself holds the link of the NIC down at the moment: no setting of the user's. */
  holdsLink?: boolean
  status: OperationStatus
  /** Milliseconds since 1970. */
  startedAt: number
}

export type OperationSubject =
  | { kind: 'connect'; machine: string; mac: string; to: Attachment }
  /** The cable of a NIC is pulled and put in again where it is. */
  | { kind: 'replug'; machine: string; mac: string }
  | { kind: 'bridge-create'; nic: string; bridge: string }
  | { kind: 'bridge-undo'; transaction: string; bridge: string }
  | { kind: 'network'; network: string; action: NetworkAction | 'create' | 'change' | 'delete' }
  | { kind: 'addition'; act: 'add' | 'remove'; addition: HostAddition }
  /** `about`: what the finding, or the fix that was made, is about. */
  | { kind: 'doctor'; act: 'fix' | 'undo'; check: CheckId; about: string }

export type NetworkAction = 'start' | 'stop' | 'restart' | 'autostart-on' | 'autostart-off'

export interface OperationStep {
  name: Text
  /** `left-out`: its turn never came, because the operation ended before. */
  state: 'waiting' | 'running' | 'done' | 'failed' | 'left-out'
  /** What was observed, in words. */
  detail: Text | null
}

export type OperationStatus =
  | { state: 'running' }
  /** Verified; reverts by itself at `until` (milliseconds since 1970) unless the user keeps it. */
  | { state: 'confirm'; until: number }
  | { state: 'done'; endedAt: number; summary: Text; result: OperationResult }
  | { state: 'failed'; endedAt: number; failure: Failure }

export type OperationResult =
  /** `live` false: takes effect at the next start. */
  | {
      kind: 'connected'
      before: Attachment
      after: Attachment
      live: boolean
      address: NicAddress | null
      /** An address was waited for to the end, and none was seen: the guest may have missed that its cable was pulled. */
      inVain?: true
    }
  | { kind: 'replugged'; address: NicAddress | null; inVain?: true }
  | { kind: 'bridge-created'; transaction: string; gapMs: number | null }
  | { kind: 'bridge-undone'; transaction: string }
  | { kind: 'network-changed' }
  | { kind: 'additions-changed' }
  | { kind: 'trouble-fixed' }
  | { kind: 'fix-undone' }

export const isEnded = (operation: Operation): boolean =>
  operation.status.state === 'done' || operation.status.state === 'failed'
