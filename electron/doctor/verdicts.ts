import type { Finding, Fix, Remedy, Verdict } from '../../shared/doctor/doctor'
import { changesOf } from './changes'

export const fine = (detail: string): Verdict => ({ state: 'fine', detail })
export const notApplicable = (reason: string): Verdict => ({ state: 'not-applicable', reason })
export const unknown = (reason: string): Verdict => ({ state: 'unknown', reason })

/** What was found; fine when that is nothing. */
export const foundOr = (findings: readonly Finding[], detail: string): Verdict =>
  findings.length === 0 ? fine(detail) : { state: 'found', findings }

export const advice = (text: string): Remedy => ({ kind: 'advice', advice: text })

export const fixBy = (fix: Fix): Remedy => ({ kind: 'fix', fix, changes: changesOf(fix) })
