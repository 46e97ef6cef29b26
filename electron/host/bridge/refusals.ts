import { linkName } from '../../../shared/helper/protocol'
import type { Failure } from '../../../shared/failure'
import type { Link } from '../../../shared/world/host'
import type { HostFacts } from '../facts'
import { defaultRoutes, metricOf } from '../routes'
import { managerPlanFor } from '../managers/manager-plan-for'
import { type BridgeTarget, type Refusal, refused } from '../managers/manager-plan'
import { SURROUNDINGS } from './refusals-around'
import { say } from '../../../shared/phrases/phrase'

/** Names that are no links in /proc/sys/net, where the kernel keeps the settings of each link. */
const RESERVED_NAMES = ['all', 'default', 'lo']

const validNames: Refusal = ({ nic, bridge }) => {
  const bad = [nic, bridge].find((name) => !linkName.safeParse(name).success || RESERVED_NAMES.includes(name))
  if (bad === undefined) return null
  return {
    code: 'usage',
    message: say('cannot-name-link', { bad }),
    hint: say('name-starts-with-letter'),
  }
}

const notThereAlready: Refusal = ({ facts, nic }) => {
  const master = facts.host.links.find(({ name }) => name === linkOf(facts, nic)?.master)
  const existing = master?.kind === 'bridge' ? master.name : bridgeItself(facts, nic)
  if (existing === null) return null
  return {
    ...refused(say('bridge-with-network-card-already', { existing, nic }), say('plug-machines')),
    shellHint: say('plug-machines-into-patchbay-connect', { existing }),
  }
}

const bridgeItself = (facts: HostFacts, nic: string): string | null =>
  linkOf(facts, nic)?.kind === 'bridge' ? nic : null

const knownNic: Refusal = ({ facts, nic }) => {
  if (linkOf(facts, nic)) return null
  const cards = facts.host.links.filter(isCard).map(({ name }) => name)
  return {
    code: 'not-found',
    message: say('no-network-card-3', { nic }),
    hint:
      cards.length > 0 ? say('there-is', { cards: cards.join(', ') }) : say('computer-no-wired-network-card'),
  }
}

const notTunnel: Refusal = ({ facts, nic }) => {
  const kind = linkOf(facts, nic)?.kind
  if (kind !== 'tunnel' && kind !== 'ppp') return null
  const what = kind === 'ppp' ? say('dial-up-connection') : say('vpn-or-tunnel')
  return refused(say('default-route-goes-through', { nic, what }), say('disconnect-make-bridge-from-network'))
}

/** The link that every port of Open vSwitch has for its master (openvswitch, ofproto/ofproto-dpif.c). */
const OPEN_VSWITCH = 'ovs-system'

const notPort: Refusal = ({ facts, nic }) => {
  const master = linkOf(facts, nic)?.master
  if (!master) return null
  return refused(
    say('is-port-of', { nic, master: master === OPEN_VSWITCH ? 'Open vSwitch' : master }),
    say('take-out-first-or-choose', { nic, master }),
  )
}

/** Links that carry whole Ethernet frames to and from a LAN. */
const PORT_KINDS: readonly Link['kind'][] = ['ethernet', 'veth', 'bond', 'vlan']

const possiblePort: Refusal = ({ facts, nic }) => {
  const link = linkOf(facts, nic)
  if (!link || PORT_KINDS.includes(link.kind)) return null
  return refused(say('no-network-card-bond', { nic, kind: link.kind }), say('choose-wired-network-card'))
}

const hasCarrier: Refusal = ({ facts, nic }) => {
  if (linkOf(facts, nic)?.carrier) return null
  return refused(say('no-carrier-no-cable', { nic }), say('plug-in-cable-or-choose'))
}

/** What the NIC's own manager says to it. */
const managed: Refusal = (target) => {
  const plan = managerPlanFor(target.facts, target.nic)
  return plan.kind === 'refused' ? plan.failure : plan.plan.refuse(target)
}

const freeName: Refusal = ({ facts, bridge }) => {
  const link = linkOf(facts, bridge)
  const claim = facts.networkManager?.profiles.find(({ interfaceName }) => interfaceName === bridge)
  if (!link && !claim) return null
  const holder = link ? say('link-kind', { kind: link.kind }) : say('profile-named', { id: claim?.id ?? '' })
  return refused(
    say('name-taken', { bridge, holder }),
    say('give-bridge-another-name-name', { free: freeBridgeName(facts) }),
  )
}

/** The first of br0, br1, … that neither a link nor a profile has. */
export function freeBridgeName(facts: HostFacts): string {
  const taken = new Set([
    ...facts.host.links.map(({ name }) => name),
    ...(facts.networkManager?.profiles ?? []).map(({ interfaceName }) => interfaceName),
  ])
  let number = 0
  while (taken.has(`br${number}`)) number++
  return `br${number}`
}

const linkOf = (facts: HostFacts, name: string): Link | undefined =>
  facts.host.links.find((link) => link.name === name)

/** A veth is the network card of a container. */
const isCard = ({ kind }: Link): boolean => kind === 'ethernet' || kind === 'veth'

const CHECKS: readonly Refusal[] = [
  ...[validNames, knownNic, notThereAlready, notTunnel, notPort],
  // Wi-Fi has its own reason, which says more than its kind.
  ...[...SURROUNDINGS, possiblePort, hasCarrier, managed, freeName],
]

/** Why the bridge can't be made, with the way out in `hint`; null when nothing speaks against it. Pure. */
export function refusalOf(target: BridgeTarget): Failure | null {
  for (const check of CHECKS) {
    const failure = check(target)
    if (failure) return failure
  }
  return null
}

/** The links whose default routes the kernel prefers equally; one of them, when all is clear. Pure. */
export function equalUplinks({ host }: HostFacts): string[] {
  const [best, ...others] = defaultRoutes(host.routes)
  if (!best) return []
  const equal = others.filter((route) => route.family === best.family && metricOf(route) === metricOf(best))
  return [...new Set([best, ...equal].map(({ link }) => link))]
}

export const whichUplink = (links: readonly string[]): Failure =>
  refused(
    say('several-network-cards-uplink', { links: links.join(', ') }),
    say('choose-leads-to-lan-nic', { link: links[0] ?? '' }),
  )

/** Without a default route there is no telling which network card leads outside. */
export const noUplink: Failure = refused(
  say('computer-no-uplink-no-network'),
  say('connect-to-network-first-then'),
)
