import { linkName } from '../../shared/helper-protocol'
import type { Failure } from '../../shared/failure'
import type { Link } from '../../shared/host'
import type { HostFacts } from './facts'
import { managerPlanFor } from './plans/manager-plan-for'
import { type BridgeTarget, refused } from './plans/manager-plan'

type Check = (target: BridgeTarget) => Failure | null

/** Names that are no links in /proc/sys/net, where the kernel keeps the settings of each link. */
const RESERVED_NAMES = ['all', 'default', 'lo']

const validNames: Check = ({ nic, bridge }) => {
  const bad = [nic, bridge].find((name) => !linkName.safeParse(name).success || RESERVED_NAMES.includes(name))
  if (bad === undefined) return null
  return {
    code: 'usage',
    message: `“${bad}” can’t be the name of a link`,
    hint: 'A name starts with a letter and has at most 15 letters, digits, dots, dashes or underscores.',
  }
}

const notThereAlready: Check = ({ facts, nic }) => {
  const master = facts.host.links.find(({ name }) => name === linkOf(facts, nic)?.master)
  const existing = master?.kind === 'bridge' ? master.name : bridgeItself(facts, nic)
  if (existing === null) return null
  return refused(
    `The bridge ${existing} with the network card ${nic} is already there`,
    `Plug machines into it: patchbay connect MACHINE bridge:${existing}`,
  )
}

const bridgeItself = (facts: HostFacts, nic: string): string | null =>
  linkOf(facts, nic)?.kind === 'bridge' ? nic : null

const knownNic: Check = ({ facts, nic }) => {
  if (linkOf(facts, nic)) return null
  const cards = facts.host.links.filter(isCard).map(({ name }) => name)
  return {
    code: 'not-found',
    message: `There is no network card “${nic}”`,
    hint: cards.length > 0 ? `There is: ${cards.join(', ')}.` : 'This computer has no wired network card.',
  }
}

const notWifi: Check = ({ facts, nic }) => {
  if (linkOf(facts, nic)?.kind !== 'wifi') return null
  return refused(
    `${nic} is a Wi-Fi card: an access point passes only frames with the card’s own MAC address, so it can’t be a port of a bridge`,
    'Use NAT (patchbay connect MACHINE nat), or plug in a network cable.',
  )
}

const notTunnel: Check = ({ facts, nic }) => {
  const kind = linkOf(facts, nic)?.kind
  if (kind !== 'tunnel' && kind !== 'ppp') return null
  const what = kind === 'ppp' ? 'a dial-up connection' : 'a VPN or tunnel'
  return refused(
    `The default route goes through ${nic}, ${what}, which has no LAN to be bridged to`,
    'Disconnect it, make the bridge from the network card, and connect it again; or use NAT.',
  )
}

const notPort: Check = ({ facts, nic }) => {
  const master = linkOf(facts, nic)?.master
  if (!master) return null
  return refused(
    `${nic} is a port of ${master}`,
    `Take ${nic} out of ${master} first, or choose another network card with --nic.`,
  )
}

const wiredCard: Check = ({ facts, nic }) => {
  const link = linkOf(facts, nic)
  if (!link || isCard(link)) return null
  return refused(
    `${nic} is no network card of its own but a link of kind ${link.kind}, which can’t be made a port yet`,
    'Choose a wired network card with --nic, or use NAT.',
  )
}

const nothingOnTop: Check = ({ facts, nic }) => {
  const above = facts.host.links.filter(({ kind, parent }) => parent === nic && isStackedMac(kind))
  if (above.length === 0) return null
  return refused(
    `${nic} carries ${above.map(({ name }) => name).join(', ')}; the kernel lets a card be either a port of a bridge or below a macvlan`,
    'Stop what uses macvtap or macvlan on this card first, or keep using it.',
  )
}

const isStackedMac = (kind: Link['kind']): boolean => kind === 'macvlan' || kind === 'macvtap'

const hasCarrier: Check = ({ facts, nic }) => {
  if (linkOf(facts, nic)?.carrier) return null
  return refused(
    `${nic} has no carrier: no cable, or the other side is off`,
    'Plug in the cable, or choose another network card with --nic.',
  )
}

/** What the NIC's own manager says to it. */
const managed: Check = (target) => {
  const plan = managerPlanFor(target.facts, target.nic)
  return plan.kind === 'refused' ? plan.failure : plan.plan.refuse(target)
}

const freeName: Check = ({ facts, bridge }) => {
  const link = linkOf(facts, bridge)
  const claim = facts.networkManager?.profiles.find(({ interfaceName }) => interfaceName === bridge)
  if (!link && !claim) return null
  const holder = link ? `a link of kind ${link.kind}` : `the profile “${claim?.id ?? ''}”`
  return refused(
    `The name ${bridge} is taken by ${holder}`,
    `Give the bridge another name: --name ${freeBridgeName(facts)}`,
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

const CHECKS: readonly Check[] = [
  ...[
    validNames,
    knownNic,
    notThereAlready,
    notWifi,
    notTunnel,
    notPort,
    wiredCard,
    nothingOnTop,
    hasCarrier,
  ],
  ...[managed, freeName],
]

/** Why the bridge can't be made, with the way out in `hint`; null when nothing speaks against it. Pure. */
export function refusalOf(target: BridgeTarget): Failure | null {
  for (const check of CHECKS) {
    const failure = check(target)
    if (failure) return failure
  }
  return null
}

/** Without a default route there is no telling which network card leads outside. */
export const noUplink: Failure = refused(
  'This computer has no uplink: no network card carries a default route',
  'Connect it to the network first; then the bridge keeps that connection.',
)
