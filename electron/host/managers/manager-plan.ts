import type { Failure } from '../../../shared/failure'
import type { BackendName, PlanChange, PlanNotice } from '../../../shared/helper/plan'
import type { HostFacts } from '../facts'
import { type Text } from '../../../shared/phrases/phrase'

/** What the user asked for, with the defaults filled in. */
export interface BridgeTarget {
  facts: HostFacts
  nic: string
  bridge: string
}

/**
 * One network manager's share of a plan: what it would change, and what speaks against it. Pure; works on what anybody may
 * see, so that the user and the root helper come to the same.
 */
export interface ManagerPlan {
  readonly backend: BackendName
  /** Whether the bridge is there after a reboot. */
  readonly lasting: boolean
  /** Why this manager can't do it here, with the way out; null when nothing speaks against it. */
  refuse(target: BridgeTarget): Failure | null
  /** The exact changes, in order. Called only for what is not refused, as are the others. */
  changes(target: BridgeTarget): PlanChange[]
  notices(target: BridgeTarget): PlanNotice[]
  /** How the change is undone, in one sentence. */
  undo(target: BridgeTarget): Text
  /**
   * The manager's configuration of the NIC, for the hash that tells whether the host has changed since. Must be the same
   * for the user and for root: of files that only root may read, what everybody sees (size, times, mode, owner).
   */
  matter(facts: HostFacts, nic: string): unknown
}

/** What may speak against the bridge: the refusal, or null. */
export type Refusal = (target: BridgeTarget) => Failure | null

/** A refusal with the way out. */
export const refused = (message: Text, hint: Text): Failure => ({ code: 'refused', message, hint })

export const info = (text: Text): PlanNotice => ({ severity: 'info', text })
export const warning = (text: Text): PlanNotice => ({ severity: 'warning', text })
