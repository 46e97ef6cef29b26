import { type HostFacts } from '../../host/facts'
import { lookAtHost } from '../../host/look'
import { ownershipOf } from '../../host/ownership/ownership'
import { type Change, linkOf, type Side } from '../change/change'
import { addedSince, addLines, foreignPart, isEmpty, namesOf, together, without } from '../kernel/carried'
import { findLinkState, type LinkState, readLinkState } from '../kernel/link-state'
import { routeRemovals, runBatch } from '../kernel/move'

/** What on a link nobody but the kernel has; null where there is no such link. */
export async function foreignOn(facts: HostFacts, link: string): Promise<LinkState | null> {
  const state = await findLinkState(link)
  return state && foreignPart(state, ownershipOf(facts, link))
}

/**
 * Gives the link of `side` what the change carries along, as far as it is not there; to be called once its manager is done, since
 * some managers clear a link that they begin with. Returns what could not be set, in words: whoever set it may have
 * withdrawn it, or its gateway is no longer in reach. Idempotent.
 */
export async function carryAlong(side: Side, change: Change): Promise<string[]> {
  const { carried } = change
  if (isEmpty(carried)) return []
  const link = linkOf(side, change)
  const now = await findLinkState(link)
  if (now === null) return namesOf(carried)
  const missing = without(carried, now)
  if (isEmpty(missing)) return []
  await runBatch([...(await leftBehind(side, change)), ...addLines(missing, link)])
  return namesOf(without(missing, await readLinkState(link)))
}

/** A route of the same kind on the port would be in the way of the bridge's, and leads nowhere. */
async function leftBehind(side: Side, { nic, carried }: Change): Promise<string[]> {
  const left = side === 'bridge' ? await findLinkState(nic) : null
  return left === null ? [] : routeRemovals(without(carried, without(carried, left)), nic)
}

/**
 * The change as it is taken back to `side`: what was set on the other link meanwhile, as by a VPN that has connected again, goes
 * there too.
 */
export async function withAddedSince(change: Change, side: Side): Promise<Change> {
  const other = linkOf(side === 'nic' ? 'bridge' : 'nic', change)
  const foreign = await foreignOn(await lookAtHost(), other)
  if (foreign === null) return change
  return { ...change, carried: together(change.carried, addedSince(foreign, change.kernel)) }
}

/** What is to be said of what could not be carried along; empty when there is nothing. */
export const notCarried = (names: readonly string[]): string =>
  names.length === 0 ? '' : `; not carried along: ${names.join(', ')}`
