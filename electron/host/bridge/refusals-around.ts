import type { Failure } from '../../../shared/failure'
import type { Link } from '../../../shared/world/host'
import type { HostFacts } from '../facts'
import { zoneOf } from '../firewalld'
import { immovableForeignRoute } from './foreign'
import { managerPlanFor } from '../managers/manager-plan-for'
import { type Refusal, refused } from '../managers/manager-plan'

/** What speaks against a bridge though the NIC itself could be its port: what it stands on, and what goes by its name. */

/** The NIC, and everything that its frames go through on their way out: a VLAN's parent, a bond's ports. */
function pathOutside({ host }: HostFacts, nic: string): Link[] {
  const found: Link[] = []
  const wanted = [nic]
  for (const name of wanted) {
    const link = host.links.find((one) => one.name === name)
    if (!link || found.includes(link)) continue
    found.push(link)
    // Who else has this link as its master leads elsewhere, if it is a bridge.
    const ports = link.kind === 'bond' ? host.links.filter(({ master }) => master === name) : []
    wanted.push(
      ...ports.map((port) => port.name),
      ...(link.kind === 'vlan' && link.parent ? [link.parent] : []),
    )
  }
  return found
}

const notOverWifi: Refusal = ({ facts, nic }) => {
  const wifi = pathOutside(facts, nic).find(({ kind }) => kind === 'wifi')
  if (!wifi) return null
  const what =
    wifi.name === nic ? `${nic} is a Wi-Fi card` : `${nic} sends through the Wi-Fi card ${wifi.name}`
  return refused(
    `${what}: an access point passes only frames with the card’s own MAC address, so it can’t be a port of a bridge`,
    'Use NAT, or plug in a network cable.',
  )
}

/** Modes in which a bond puts its ports' MAC addresses into what it passes on (kernel: Documentation/networking/bonding.rst). */
const REWRITING_MODES = ['balance-tlb', 'balance-alb']

const bondPassesFrames: Refusal = ({ facts, nic }) => {
  const bond = pathOutside(facts, nic).find(({ name }) =>
    REWRITING_MODES.includes(facts.bondModes[name] ?? ''),
  )
  if (!bond) return null
  return refused(
    `The bond ${bond.name}${bond.name === nic ? '' : ` below ${nic}`} has the mode ${facts.bondModes[bond.name] ?? ''}, which changes MAC addresses in what machines send`,
    'Give it the mode active-backup, balance-xor or 802.3ad, or use NAT.',
  )
}

/** The kernel gives a link's frames to one taker alone (`netdev_rx_handler_register`): a bridge, macvlan, ipvlan or MACsec. */
const TAKERS: readonly Link['kind'][] = ['macvlan', 'macvtap', 'other']

const nothingOnTop: Refusal = ({ facts, nic }) => {
  // Some have several links below them, as HSR, and so no parent.
  const isAbove = ({ name, parent }: Link): boolean =>
    parent === nic || (facts.uppers[nic]?.includes(name) ?? false)
  const above = facts.host.links.filter((link) => TAKERS.includes(link.kind) && isAbove(link))
  return above.length === 0 ? null : takenBy(nic, namesOf(above))
}

/** The refusal of a card whose frames another link takes already. */
export const takenBy = (
  nic: string,
  taker: string,
  hint = 'Stop what uses macvtap or macvlan on this card first, or keep using it.',
): Failure =>
  refused(
    `${nic} carries ${taker}; the kernel lets a card be either a port of a bridge or below a macvlan`,
    hint,
  )

/** A macvlan in a container's network namespace is seen from here by its MAC address alone, while it is up. */
const nothingElsewhere: Refusal = ({ facts, nic }) => {
  const { links } = facts.host
  // A VLAN passes on what sits on it (kernel: net/8021q/vlan_dev.c, `vlan_dev_set_rx_mode`).
  const stacked = links.filter(({ parent }) => parent === nic).map(({ name }) => name)
  const known = new Set([
    ...links.map(({ mac }) => mac),
    ...facts.extraMacs.filter(({ link }) => stacked.includes(link)).map(({ mac }) => mac),
  ])
  const found = facts.extraMacs.find(({ link, mac }) => link === nic && !known.has(mac))
  if (!found) return null
  return takenBy(
    nic,
    `a link with the MAC address ${found.mac} in another network namespace, such as a container’s macvlan`,
    `Stop the container first, or keep using it. An address that was set by hand is removed so: bridge fdb delete ${found.mac} dev ${nic} self`,
  )
}

/** A tunnel that is bound to the NIC sends from its addresses, which it will no longer have. */
const noTunnelOnTop: Refusal = ({ facts, nic }) => {
  const above = facts.host.links.filter(({ kind, parent }) => parent === nic && kind === 'tunnel')
  if (above.length === 0) return null
  return refused(
    `${namesOf(above)} sends through ${nic} itself, which will have no address of its own`,
    'Take the tunnel down, make the bridge, and set the tunnel up through the bridge.',
  )
}

const namesOf = (links: readonly Link[]): string => links.map(({ name }) => name).join(', ')

const notSignedIn: Refusal = ({ facts, nic }) => {
  if (!facts.signedIn.includes(nic)) return null
  return refused(
    `wpa_supplicant signs ${nic} in by 802.1X, which a bridge’s port can’t do for the machines behind it`,
    'Use NAT: the machines then go out under this computer’s sign-in.',
  )
}

/** NetworkManager tells firewalld the zone itself, and its profiles keep it. */
const sameZone: Refusal = ({ facts, nic, bridge }) => {
  const { firewall } = facts
  const manager = managerPlanFor(facts, nic)
  if (!firewall || (manager.kind === 'plan' && manager.plan.backend === 'networkmanager')) return null
  const [present, coming] = [zoneOf(firewall, nic), zoneOf(firewall, bridge)]
  if (present === coming) return null
  return refused(
    `firewalld has ${nic} in the zone “${present}”, but would have ${bridge} in “${coming}”`,
    `Give the bridge its zone beforehand: firewall-cmd --permanent --zone=${present} --change-interface=${bridge} && firewall-cmd --reload`,
  )
}

const routesCanMove: Refusal = ({ facts, nic }) => immovableForeignRoute(facts, nic)

export const SURROUNDINGS: readonly Refusal[] = [
  ...[notOverWifi, bondPassesFrames, nothingOnTop, nothingElsewhere, noTunnelOnTop, notSignedIn, sameZone],
  routesCanMove,
]
