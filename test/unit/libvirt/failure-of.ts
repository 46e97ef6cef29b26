import { toFailure, type Failure } from '../../../shared/failure'

/** What a promise fails with; that it does not fail is an error. */
export async function failureOf(promise: Promise<unknown>): Promise<Failure> {
  try {
    await promise
  } catch (thrown) {
    return toFailure(thrown)
  }
  throw new Error('nothing was thrown')
}
