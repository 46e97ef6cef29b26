import {
  hasOwnBridge,
  isLive,
  type LibvirtNetwork,
  type Machine,
  type Nic,
  type World,
} from '../../shared/world/world'
import type { DoctorFacts } from './facts'

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
export function libvirtAway({ world: { libvirt } }: Pick<DoctorFacts, 'world'>): string | null {
  return libvirt.state === 'connected'
    ? null
    : 'libvirt does not answer, so its networks and machines are not known.'
}

/** Why the firewall's rules were not read. */
export const firewallUnread = ({ user }: Pick<DoctorFacts, 'user'>): string =>
  user.isRoot
    ? 'There is no iptables on this computer to read the firewall with.'
    : 'Only root may read the firewall. To have it looked at: sudo patchbay doctor'

/** Why the firewall's rules, though read, do not tell what becomes of something. */
export const firewallUnclear = (bridges: readonly string[]): string =>
  `What the firewall does with what comes from ${listed(bridges)} is not clear: a rule asks for more than is known here. See: sudo iptables -S`

/** `a`, `a and b`, `a, b and c`. */
export const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`
