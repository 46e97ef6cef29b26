import { linkNamed, unseen, wayToLan, type Around } from './around'
import { obstacle, type Side } from './forward'
import { betweenMacvtaps, macvtapWithHost } from './macvtap'
import type { Spot } from './spot'
import { no, unknown, yes, type Reach, type ReachReason } from './verdict'
import type { LibvirtNetwork } from '../world/world'

/** Host and machine reach each other or don't: the same both ways. */
export function withHost(spot: Spot, around: Around): Reach {
  switch (spot.at) {
    case 'nowhere':
      return spot.verdict
    case 'macvtap':
      return macvtapWithHost(spot, around)
    case 'virtual':
      return addressed(spot.network)
        ? yes('host-address', spot.network.name)
        : no('no-host-address', spot.network.name)
    case 'bridge':
      return spot.onLan || hasAddress(spot.bridge, around)
        ? yes('host-address', spot.bridge)
        : (unseen(around) ?? no('no-host-address', spot.bridge))
  }
}

export function toLan(spot: Spot, around: Around): Reach {
  return withLan(spot, around, (side) => {
    const reason = obstacle(side, lanSide(around))
    return reason === null ? routedOut(side.network, around) : barred(reason, around)
  })
}

export function fromLan(spot: Spot, around: Around): Reach {
  return withLan(spot, around, (side) => {
    const reason = obstacle(lanSide(around), side)
    return reason === null ? unknown('needs-route', subnetOf(side.network)) : barred(reason, around)
  })
}

/** Whether a network may go out by the link to the LAN depends on which link that is. */
const barred = ({ code, on }: ReachReason, around: Around): Reach =>
  (code === 'other-way-out' ? unseen(around) : null) ?? no(code, on)

/** One machine to another. */
export function betweenSpots(from: Spot, to: Spot, around: Around): Reach {
  if (from.at === 'nowhere') return from.verdict
  if (to.at === 'nowhere') return to.verdict
  if (from.at === 'macvtap' && to.at === 'macvtap' && from.link === to.link) return betweenMacvtaps(from, to)
  if (from.at === to.at && segmentOf(from) === segmentOf(to))
    return apart(from, to) ? no('isolated-ports', segmentOf(to)) : yes('same-segment', segmentOf(to))
  if (isOnLan(from) && isOnLan(to)) return yes('on-lan', around.host.uplink?.link ?? '')
  if (from.at === 'virtual')
    return to.at === 'virtual' ? betweenNetworks(from.network, to.network) : toHostLink(from, to, around)
  if (to.at === 'virtual') return fromHostLink(from, to, around)
  return unconnected(from) ?? unconnected(to) ?? unknown('other-wire', segmentOf(to))
}

function betweenNetworks(from: LibvirtNetwork, to: LibvirtNetwork): Reach {
  const missing = [from, to].find((network) => !addressed(network))
  if (missing !== undefined) return no('no-host-address', missing.name)
  const reason = obstacle(sideOf(from), sideOf(to))
  if (reason !== null) return no(reason.code, reason.on)
  return yes(from.kind === 'nat' ? 'by-nat' : 'by-host', to.name)
}

type At<A extends Spot['at']> = Extract<Spot, { at: A }>

/** Out of a libvirt network to a machine on a link of the host: over the host, so the host must reach that one itself. */
function toHostLink({ network }: At<'virtual'>, to: At<'bridge' | 'macvtap'>, around: Around): Reach {
  const host = addressed(network) ? withHost(to, around) : no('no-host-address', network.name)
  if (host.answer !== 'yes') return host
  const reason = obstacle(sideOf(network), { network: null, link: segmentOf(to) })
  return reason === null ? routedOut(network, around) : no(reason.code, reason.on)
}

function fromHostLink(from: At<'bridge' | 'macvtap'>, { network }: At<'virtual'>, around: Around): Reach {
  const reason = obstacle({ network: null, link: segmentOf(from) }, sideOf(network))
  if (reason !== null) return no(reason.code, reason.on)
  const host = addressed(network) ? withHost(from, around) : no('no-host-address', network.name)
  return host.answer === 'yes' ? unknown('needs-route', subnetOf(network)) : host
}

/** Between a spot and the LAN: on it, behind the host (asked of `routed`), or not known. */
function withLan(
  spot: Spot,
  around: Around,
  routed: (side: Side & { network: LibvirtNetwork }) => Reach,
): Reach {
  if (spot.at === 'nowhere') return spot.verdict
  if (spot.at === 'virtual') {
    if (!addressed(spot.network)) return no('no-host-address', spot.network.name)
    const verdict = routed(sideOf(spot.network))
    const way = wayToLan(around)
    return verdict.answer === 'no' || way.answer === 'yes' ? verdict : way
  }
  if (isOnLan(spot)) return wayToLan(around)
  if (spot.at === 'macvtap' || spot.leads) return unknown('other-wire', segmentOf(spot))
  return hasAddress(spot.bridge, around) ? unknown('own-rules', spot.bridge) : no('no-way-out', spot.bridge)
}

/** What the host forwards from a network: behind its own address with NAT; else the answer must find back. */
const routedOut = (network: LibvirtNetwork, { host }: Around): Reach =>
  network.kind === 'nat'
    ? yes('by-nat', host.uplink?.link ?? network.name)
    : unknown('needs-route', subnetOf(network))

const unconnected = (spot: At<'bridge' | 'macvtap'>): Reach | null =>
  spot.at === 'bridge' && !spot.leads ? no('no-way-out', spot.bridge) : null

/** Isolated ports of a bridge pass nothing to each other (bridge(8), `isolated on`). */
const apart = (from: Spot, to: Spot): boolean => isAlone(from) && isAlone(to)
const isAlone = (spot: Spot): boolean => (spot.at === 'virtual' || spot.at === 'bridge') && spot.alone
const isOnLan = (spot: Spot): boolean => (spot.at === 'bridge' || spot.at === 'macvtap') && spot.onLan

/** What a spot shares with its neighbours, by the name that people know it by. */
function segmentOf(spot: Exclude<Spot, { at: 'nowhere' }>): string {
  switch (spot.at) {
    case 'virtual':
      return spot.network.name
    case 'bridge':
      return spot.bridge
    case 'macvtap':
      return spot.link
  }
}

const sideOf = (network: LibvirtNetwork): { network: LibvirtNetwork; link: string } => ({
  network,
  link: network.bridge ?? network.name,
})
const lanSide = ({ host }: Around): Side => ({ network: null, link: host.uplink?.link ?? '' })

const addressed = ({ subnets }: LibvirtNetwork): boolean => subnets.length > 0
const subnetOf = ({ subnets, name }: LibvirtNetwork): string =>
  subnets.map(({ address, prefix }) => `${address}/${prefix}`).join(', ') || name

const hasAddress = (name: string, around: Around): boolean =>
  linkNamed(name, around)?.addresses.some(({ origin }) => origin !== 'link-local') ?? false
