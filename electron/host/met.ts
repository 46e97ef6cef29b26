import type { NicAddress } from '../../shared/world/world'
import { fitOf, prefixAt, type Whereabouts } from '../../shared/world/whereabouts'
import type { IpNeighbour } from '../system/ip-json'

/** An address at which the host has met a NIC. */
export interface Met {
  link: string
  /** With the latest moment at which it surely had been seen there; without one, it was at some time, or was only heard to ask. */
  address: NicAddress
}

/** Entries that were confirmed and are in use; `STALE` ones were at some time (rtnetlink(7), neighbour states). */
const FRESH = ['REACHABLE', 'DELAY', 'PROBE']
/** Somebody has set these by hand, or for good: the host trusts them, whether or not anybody is there. */
const UNTRIED = ['FAILED', 'INCOMPLETE', 'NOARP', 'PERMANENT']

/**
 * The addresses at which the host has met a MAC where its NIC is plugged in now: among the neighbours on those links, and in
 * the subnets there, as far as these are known. What the table of another link tells was seen elsewhere.
 * @param now milliseconds since 1970
 */
export function metAt(
  known: readonly IpNeighbour[],
  { mac, where }: { mac: string; where: Whereabouts },
  now: number,
): Met[] {
  return known
    .filter(({ dev, lladdr, dst, state }) => {
      const isMine = where.links.includes(dev) && lladdr?.toLowerCase() === mac
      return isMine && !state.some((word) => UNTRIED.includes(word)) && fitOf(where, dst) !== 'outside'
    })
    .map(({ dst, dev, state, confirmed }) => {
      const isFresh = confirmed !== undefined && state.some((word) => FRESH.includes(word))
      const address: NicAddress = { ip: dst, prefix: prefixAt(where, dst), source: 'arp' }
      // Whole seconds, rounded down: it may have been one earlier.
      return { link: dev, address: isFresh ? { ...address, seenAt: now - (confirmed + 1) * 1000 } : address }
    })
}
