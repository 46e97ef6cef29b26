import { A_DAY, type KernelAddress, type LinkState, withOptionsOf } from './link-state'
import { type Moment, secondsBetween } from './moment'

/** What of a link's network a router has lent, and until when. Pure, all of it. */

/**
 * `before` as it is to be put back at the moment `at`: what had an end has the time that `now` says is left, else what is left
 * of it by then, or a day when nobody knows. A lease that has run out meanwhile is somebody else's.
 */
export function withLifetimesOf(now: LinkState | null, before: LinkState, at: Moment): LinkState {
  const passed = before.readAt === undefined ? null : secondsBetween(before.readAt, at)
  const left = (seconds: number | null): number | null => {
    if (seconds === null) return null
    return passed === null ? A_DAY : Math.max(0, seconds - passed)
  }
  const addresses = before.addresses.map((address) => {
    const current = now?.addresses.find(({ ip, prefix }) => ip === address.ip && prefix === address.prefix)
    const { valid, preferred } = current ?? { valid: null, preferred: null }
    // Without an end it is no lease any more, but a copy of one.
    const isTold = current !== undefined && (valid !== null || address.valid === null)
    return isTold
      ? { ...address, valid, preferred }
      : { ...address, valid: left(address.valid), preferred: left(address.preferred) }
  })
  return {
    ...before,
    addresses: addresses.filter(({ valid }) => valid !== 0),
    neighbours: now?.neighbours ?? before.neighbours,
    readAt: at,
  }
}

/**
 * `before` with the leases that `now` has: in the time between, the router may have given other addresses, and other routes
 * with them. A family without a lease now keeps what is left of its old one.
 */
export function withLeasesOf(now: LinkState | null, before: LinkState, at: Moment): LinkState {
  if (now === null) return withLifetimesOf(null, before, at)
  const leased = ({ addresses }: LinkState, family: 4 | 6): KernelAddress[] =>
    addresses.filter((address) => address.family === family && address.valid !== null)
  const known = withOptionsOf(before, now)
  const isOther = (family: 4 | 6): boolean => {
    const ips = leased(before, family).map(({ ip }) => ip)
    return leased(now, family).some(({ ip }) => !ips.includes(ip))
  }
  const changed = ([4, 6] as const).filter(isOther)
  const merged: LinkState = {
    ...before,
    addresses: [
      ...before.addresses.filter(({ family, valid }) => valid === null || !changed.includes(family)),
      ...changed.flatMap((family) => leased(known, family)),
    ],
    routes: [
      ...before.routes.filter(({ family }) => !changed.includes(family)),
      ...now.routes.filter(({ family }) => changed.includes(family)),
    ],
  }
  return withLifetimesOf(now, merged, at)
}

/**
 * What a router has given: the leased addresses, and the routes of their families. For IPv6 a manager may have stated what the
 * router has given as if for ever: that gets a day. What is the user's own among them is there for ever by the manager itself.
 */
export function leasedPart(state: LinkState): LinkState {
  const addresses = state.addresses
    .filter(({ family, valid }) => family === 6 || valid !== null)
    .map((address) => ({
      ...address,
      valid: address.valid ?? A_DAY,
      preferred: address.preferred ?? A_DAY,
    }))
  const families = new Set(addresses.map(({ family }) => family))
  return { ...state, addresses, routes: state.routes.filter(({ family }) => families.has(family)) }
}
