import type { Text } from '../../shared/phrases/phrase'
import type { CheckId, Verdict } from '../../shared/doctor/doctor'
import type { DoctorFacts } from './facts'

/** One check of the doctor: a pure function over what was read, one file each. */
export interface Check {
  readonly id: CheckId
  /** A few words: "Network default". */
  readonly title: Text
  /** Whether it concerns this computer, what is wrong if anything, why, and what can be done. */
  verdict(facts: DoctorFacts): Verdict
}
