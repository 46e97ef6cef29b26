import type { Text } from '../phrases/phrase'
import type { CheckId } from './check-ids'
import type { HostAddition } from '../helper/host-addition'
import type { NetworkChange } from '../world/network-wish'
import type { NetworkAction } from '../world/operation'

export * from './check-ids'

/** What one check says of this computer. */
export interface CheckReport {
  check: CheckId
  /** A few words: "Network default". */
  title: Text
  verdict: Verdict
}

export type Verdict =
  | { state: 'fine'; detail: Text }
  /** There is nothing here that the check is about. */
  | { state: 'not-applicable'; reason: Text }
  /** It could not be looked at, and why. */
  | { state: 'unknown'; reason: Text }
  | { state: 'found'; findings: readonly Finding[] }

export interface Finding {
  /** What it is about, stable and unique within its check: a network, a link, a machine's MAC. */
  subject: string
  /** `trouble`: something does not work. `notice`: a limit that is good to know. */
  weight: 'trouble' | 'notice'
  /** `likely`: only root could see it for certain. */
  certainty: 'seen' | 'likely'
  /** What is wrong, in one sentence. */
  problem: Text
  /** Why it is so, and what it comes to. */
  reason: Text
  remedy: Remedy
}

export type Remedy =
  /** `changes`: exactly what would be done, line by line. */
  | { kind: 'fix'; fix: Fix; changes: readonly Text[] }
  /** What the user can do; nothing here is Patchbay's to change. */
  | { kind: 'advice'; advice: Text }

/** What a fix does, as data. */
export type Fix =
  /** Through the root helper, one prompt; undone by taking the addition away. */
  | { kind: 'addition'; addition: HostAddition }
  | { kind: 'network-actions'; network: string; actions: readonly NetworkAction[] }
  /** `restart`: it runs, and the change counts from its next start. */
  | { kind: 'network-change'; network: string; change: NetworkChange; restart: boolean }
  /** The guest's cable is pulled and plugged, so that it asks for an address; there is nothing to undo. */
  | { kind: 'renew-address'; machine: string; mac: string }

/** A fix that was made and can be undone. */
export interface MadeFix {
  id: string
  check: CheckId
  subject: string
  /** What was done, line by line. */
  changes: readonly Text[]
  /** Milliseconds since 1970. */
  madeAt: number
}

export interface DoctorReport {
  checks: readonly CheckReport[]
  /** Newest first. */
  made: readonly MadeFix[]
}

/** The checks that could not be made; none of them counts as fine. */
export const unknownIn = ({ checks }: DoctorReport): { check: CheckId; title: Text; reason: Text }[] =>
  checks.flatMap(({ check, title, verdict }) =>
    verdict.state === 'unknown' ? [{ check, title, reason: verdict.reason }] : [],
  )

/** How many things do not work; notices are none. */
export const troublesIn = ({ checks }: DoctorReport): number =>
  checks
    .flatMap(({ verdict }) => (verdict.state === 'found' ? verdict.findings : []))
    .filter(({ weight }) => weight === 'trouble').length
