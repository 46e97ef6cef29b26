import type { HostFacts } from '../../host/facts'
import type { Backend } from '../backends/backend'
import type { Change, Expectation, Side } from '../change/change'
import { bridgeProofs, type Proof, restoredProofs } from '../change/proofs'

/** A recorded change with what carries it out, and what the network must have on either side. */
export interface Matter {
  backend: Backend
  change: Change
  before: Expectation
}

/**
 * Whether the network is on `side`, and is all there. Until it is `kept`, files that the manager writes by itself may still
 * be those of the other side.
 */
export async function sideProofs(
  side: Side,
  { backend, change, before }: Matter,
  now: HostFacts,
  kept: boolean,
): Promise<Proof[]> {
  const common = side === 'bridge' ? bridgeProofs(now, change, before) : restoredProofs(now, change, before)
  const changed = await change.files.differing(side, kept)
  return [...common, ...backend.checks(side, now, change), filesCheck(changed)]
}

const filesCheck = (changed: readonly string[]): Proof => ({
  name: 'configuration files',
  ok: changed.length === 0,
  detail: changed.length === 0 ? 'as they should be' : `not as they should be: ${changed.join(', ')}`,
})
