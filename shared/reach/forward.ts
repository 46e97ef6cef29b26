import type { LibvirtNetwork } from '../world/network'
import type { ReachReason } from './verdict'

/** A side of the host that packets are forwarded between: a libvirt network, or another link of the host. */
export type Side = { network: LibvirtNetwork; link: string } | { network: null; link: string }

/**
 * Whether the host forwards a connection that begins at `from`: its first packet and the answer. Null when it does, else the rule
 * against it. libvirt's chains in their order, LIBVIRT_FWI for what enters a network, then LIBVIRT_FWO for what leaves
 * one; the first match decides, and without one the packet passes (libvirt: src/network/bridge_driver_linux.c).
 */
export function obstacle(from: Side, to: Side): ReachReason | null {
  return rejection(from, to, 'new') ?? rejection(to, from, 'answer')
}

type Packet = 'new' | 'answer'
type Rule = 'accept' | 'pass' | ReachReason

function rejection(from: Side, to: Side, packet: Packet): ReachReason | null {
  const rules: Rule[] = [
    to.network === null ? 'pass' : entering(to.network, from.link, packet),
    from.network === null ? 'pass' : leaving(from.network, to.link),
  ]
  const decided = rules.find((rule) => rule !== 'pass') ?? 'accept'
  return typeof decided === 'string' ? null : decided
}

function entering(network: LibvirtNetwork, from: string, packet: Packet): Rule {
  switch (network.kind) {
    case 'open':
      return 'pass'
    case 'nat':
      return packet === 'new' ? { code: 'nobody-into-nat', on: network.name } : byItsLink(network, from)
    case 'routed':
      return byItsLink(network, from)
    default:
      return { code: 'isolated', on: network.name }
  }
}

function leaving(network: LibvirtNetwork, to: string): Rule {
  switch (network.kind) {
    case 'open':
      return 'pass'
    case 'nat':
    case 'routed':
      return byItsLink(network, to)
    default:
      return { code: 'isolated', on: network.name }
  }
}

/** `<forward dev>` confines a network to one link. */
const byItsLink = ({ links, name }: LibvirtNetwork, link: string): Rule =>
  links.length === 0 || links.includes(link) ? 'accept' : { code: 'other-way-out', on: name }
