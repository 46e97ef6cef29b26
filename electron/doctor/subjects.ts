import {
  hasOwnBridge,
  isLive,
  type LibvirtNetwork,
  type Machine,
  type Nic,
  type World,
} from '../../shared/world/world'
import type { DoctorFacts } from './facts'
import { say, type Phrase, type Text } from '../../shared/phrases/phrase'

/** libvirt's own networks; none while it can't be reached. */
export const networksIn = ({ world }: Pick<DoctorFacts, 'world'>): LibvirtNetwork[] =>
  world.networks.filter((network) => network.source === 'libvirt')

/** Those that run and have a virtual bridge, with its name. */
export const virtualBridges = (
  facts: Pick<DoctorFacts, 'world'>,
): { network: LibvirtNetwork; bridge: string }[] =>
  networksIn(facts).flatMap((network) =>
    network.active && network.bridge !== null && hasOwnBridge(network)
      ? [{ network, bridge: network.bridge }]
      : [],
  )

/** The network cards of machines that run. */
export const liveNics = ({ machines }: Pick<World, 'machines'>): { machine: Machine; nic: Nic }[] =>
  machines
    .filter(({ state }) => isLive(state))
    .flatMap((machine) => machine.nics.map((nic) => ({ machine, nic })))

/** Why nothing can be said of machines and networks now; null when it can. */
export function libvirtAway({ world: { libvirt } }: Pick<DoctorFacts, 'world'>): Text | null {
  return libvirt.state === 'connected' ? null : say('libvirt-does-not-answer-networks')
}

/** Why the firewall's rules were not read. */
export const firewallUnread = ({ user }: Pick<DoctorFacts, 'user'>): Text =>
  user.isRoot ? say('no-iptables-on-computer') : say('only-root-may-read-firewall')

/** Why the firewall's rules, though read, do not tell what becomes of something. */
export const firewallUnclear = (bridges: readonly string[]): Text =>
  say('firewall-does-with-comes', { bridges: listed(bridges) })

/** `a`, `a and b`, `a, b and c`. */
export const listed = (items: readonly string[]): Phrase => say('listed', { items })
