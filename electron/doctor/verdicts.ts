import type { Text } from '../../shared/phrases/phrase'
import type { Finding, Fix, Remedy, Verdict } from '../../shared/doctor/doctor'
import { changesOf } from './changes'

export const fine = (detail: Text): Verdict => ({ state: 'fine', detail })
export const notApplicable = (reason: Text): Verdict => ({ state: 'not-applicable', reason })
export const unknown = (reason: Text): Verdict => ({ state: 'unknown', reason })

/** What was found; fine when that is nothing. */
export const foundOr = (findings: readonly Finding[], detail: Text): Verdict =>
  findings.length === 0 ? fine(detail) : { state: 'found', findings }

export const advice = (text: Text): Remedy => ({ kind: 'advice', advice: text })

export const fixBy = (fix: Fix): Remedy => ({ kind: 'fix', fix, changes: changesOf(fix) })
