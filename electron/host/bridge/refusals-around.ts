import type { Failure } from '../../../shared/failure'
import type { Link } from '../../../shared/world/host'
import type { HostFacts } from '../facts'
import { zoneOf } from '../firewalld'
import { immovableForeignRoute } from './foreign'
import { managerPlanFor } from '../managers/manager-plan-for'
import { type Refusal, refused } from '../managers/manager-plan'
import { say, type Text } from '../../../shared/phrases/phrase'

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
    wifi.name === nic ? say('wi-fi-card', { nic }) : say('sends-through-wi-fi-card', { nic, name: wifi.name })
  return refused(say('wifi-passes-own-frames', { what }), say('use-nat-or-plug'))
}

/** Modes in which a bond puts its ports' MAC addresses into what it passes on (kernel: Documentation/networking/bonding.rst). */
const REWRITING_MODES = ['balance-tlb', 'balance-alb']

const bondPassesFrames: Refusal = ({ facts, nic }) => {
  const bond = pathOutside(facts, nic).find(({ name }) =>
    REWRITING_MODES.includes(facts.bondModes[name] ?? ''),
  )
  if (!bond) return null
  const mode = facts.bondModes[bond.name] ?? ''
  return refused(
    bond.name === nic
      ? say('bond-rewrites', { bond: bond.name, mode })
      : say('bond-below-rewrites', { bond: bond.name, nic, mode }),
    say('give-mode-active-backup-balance'),
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
  taker: Text,
  hint: Text = say('stop-uses-macvtap-or-macvlan'),
): Failure => refused(say('carries-kernel-lets-card-either', { nic, taker }), hint)

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
    say('link-with-mac-address', { mac: found.mac }),
    say('stop-container-first-or-keep', { mac: found.mac, nic }),
  )
}

/** A tunnel that is bound to the NIC sends from its addresses, which it will no longer have. */
const noTunnelOnTop: Refusal = ({ facts, nic }) => {
  const above = facts.host.links.filter(({ kind, parent }) => parent === nic && kind === 'tunnel')
  if (above.length === 0) return null
  return refused(
    say('sends-through-itself-no-address', { above: namesOf(above), nic }),
    say('take-tunnel-down-make-bridge'),
  )
}

const namesOf = (links: readonly Link[]): string => links.map(({ name }) => name).join(', ')

const notSignedIn: Refusal = ({ facts, nic }) => {
  if (!facts.signedIn.includes(nic)) return null
  return refused(say('wpa-supplicant-signs-in-802', { nic }), say('use-nat-machines-then-go'))
}

/** NetworkManager tells firewalld the zone itself, and its profiles keep it. */
const sameZone: Refusal = ({ facts, nic, bridge }) => {
  const { firewall } = facts
  const manager = managerPlanFor(facts, nic)
  if (!firewall || (manager.kind === 'plan' && manager.plan.backend === 'networkmanager')) return null
  const [present, coming] = [zoneOf(firewall, nic), zoneOf(firewall, bridge)]
  if (present === coming) return null
  return refused(
    say('firewalld-in-zone-but', { nic, present, bridge, coming }),
    say('give-bridge-zone-beforehand-firewall', { present, bridge }),
  )
}

const routesCanMove: Refusal = ({ facts, nic }) => immovableForeignRoute(facts, nic)

export const SURROUNDINGS: readonly Refusal[] = [
  ...[notOverWifi, bondPassesFrames, nothingOnTop, nothingElsewhere, noTunnelOnTop, notSignedIn, sameZone],
  routesCanMove,
]
