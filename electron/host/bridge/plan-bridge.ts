import type { Address, Link, Route } from '../../../shared/world/host'
import type { BridgePlan, PlanNotice, PlanOutcome, PlanRow } from '../../../shared/helper/plan'
import type { HostFacts } from '../facts'
import { foreignNotices } from './foreign'
import { hostHash } from './host-hash'
import { lookAtHost } from '../look'
import { managerPlanFor } from '../managers/manager-plan-for'
import { type BridgeTarget, info, type ManagerPlan, warning } from '../managers/manager-plan'
import { equalUplinks, noUplink, refusalOf, whichUplink } from './refusals'
import { defaultRoutes } from '../routes'
import { say, type Text } from '../../../shared/phrases/phrase'

export interface BridgeRequest {
  /** The network card; the uplink's when left out. */
  nic?: string | undefined
  /** The bridge's name; br0 when left out. */
  bridge?: string | undefined
}

/** The practice lab loses nothing at a ping every 10 ms; a real card adds nothing, since its link stays up. Milliseconds. */
const EXPECTED_GAP_MS = 10

/** Looks at this host and plans. Throws a `PatchbayError` only when looking fails. */
export async function planBridgeHere(request: BridgeRequest = {}): Promise<PlanOutcome> {
  return planBridge(await lookAtHost(), request)
}

/** What making the bridge would change, or why it can't work. Pure; never throws. */
export function planBridge(facts: HostFacts, request: BridgeRequest): PlanOutcome {
  const { uplink, routes } = facts.host
  if (!uplink && defaultRoutes(routes).length === 0) return { kind: 'refused', failure: noUplink }
  const rivals = equalUplinks(facts)
  if (request.nic === undefined && rivals.length > 1) {
    return { kind: 'refused', failure: whichUplink(rivals) }
  }
  const nic = request.nic ?? uplink?.nic
  if (nic === undefined) return { kind: 'refused', failure: noUplink }
  const target = { facts, nic, bridge: request.bridge ?? 'br0' }
  const failure = refusalOf(target)
  if (failure) return { kind: 'refused', failure }
  const link = facts.host.links.find(({ name }) => name === nic)
  const manager = managerPlanFor(facts, nic)
  // The checks above found both; this only tells the compiler.
  if (!link || manager.kind === 'refused') return { kind: 'refused', failure: noUplink }
  return { kind: 'plan', plan: planOf(target, link, manager.plan) }
}

function planOf(target: BridgeTarget, link: Link, manager: ManagerPlan): BridgePlan {
  const { facts, nic, bridge } = target
  const addresses = link.addresses.filter(({ origin }) => origin !== 'link-local')
  const routes = facts.host.routes.filter((route) => route.link === nic && !isLinkLocal(route))
  const { servers, search } = facts.host.dns
  const carries: Text[] = [
    ...addresses.map(addressLine),
    ...routes.filter(({ protocol }) => protocol !== 'kernel').map(routeLine),
    ...(servers.length > 0 ? [say('name-servers-are', { servers: servers.join(', ') })] : []),
    link.mac === null ? say('mac-unknown') : say('mac-is', { mac: link.mac }),
  ]
  return {
    nic,
    bridge,
    manager: facts.managers[nic] ?? 'unknown',
    backend: manager.backend,
    lasting: manager.lasting,
    hostHash: hostHash(facts, nic, bridge, manager.matter(facts, nic)),
    before: [{ link: nic, role: roleOf(link), lines: carries }],
    after: rowsAfter(link, bridge, carries),
    moves: { mac: link.mac ?? '', mtu: link.mtu, addresses, routes, dns: servers, search },
    changes: manager.changes(target),
    notices: [
      ...noticesOf(target, manager),
      ...manager.notices(target),
      ...(manager.lasting ? foreignNotices(facts, nic, bridge) : []),
    ],
    undo: manager.undo(target),
    expectedGapMs: EXPECTED_GAP_MS,
    remote: facts.remote,
  }
}

const rowsAfter = (nic: Link, bridge: string, carries: readonly Text[]): PlanRow[] => [
  { link: bridge, role: say('bridge-with-port', { nic: nic.name }), lines: carries },
  {
    link: nic.name,
    role: say('role-port-of', { role: roleOf(nic), bridge }),
    lines: [say('no-own-address')],
  },
]

function roleOf({ kind, parent }: Link): Text {
  if (kind === 'bond') return say('role-bond')
  if (kind !== 'vlan') return say('role-network-card')
  return parent === null ? 'VLAN' : say('role-vlan-on', { parent })
}

function addressLine({ ip, prefix, origin }: Address): Text {
  return say(origin === 'dynamic' ? 'address-from-router' : 'address-fixed', { address: `${ip}/${prefix}` })
}

function routeLine({ to, via }: Route): Text {
  if (to === 'default') return via === null ? say('default-route') : say('default-route-via', { via })
  return via === null ? say('route-to', { to }) : say('route-to-via', { to, via })
}

const isLinkLocal = ({ to }: Route): boolean => to.startsWith('fe80:') || to.startsWith('169.254.')

function noticesOf({ facts, nic, bridge }: BridgeTarget, { lasting }: ManagerPlan): PlanNotice[] {
  const notices: PlanNotice[] = [
    {
      severity: 'good',
      text: say('if-anything-fails-or-computer'),
    },
    {
      severity: 'good',
      text: say('takes-over-mac-address-router', { bridge, nic }),
    },
  ]
  if (facts.host.uplink?.nic !== nic) {
    notices.push({ severity: 'warning', text: say('does-not-carry-default-route', { nic }) })
  }
  if (facts.remote) {
    notices.push({
      severity: 'warning',
      text: say('connected-over-network-confirm-change'),
    })
  }
  const vlans = facts.host.links.filter(({ kind, parent }) => kind === 'vlan' && parent === nic)
  if (vlans.length > 0) {
    const names = vlans.map(({ name }) => name).join(', ')
    notices.push(info(say('on-work-before-carry-does', { names, nic, bridge })))
  }
  const vpn = facts.host.links.filter(({ kind, up }) => kind === 'tunnel' && up).map(({ name }) => name)
  if (vpn.length > 0) {
    notices.push({ severity: 'warning', text: say('may-to-connect-again', { vpn: vpn.join(', ') }) })
  }
  if (!lasting) {
    notices.push(warning(say('no-network-manager-bridge-lasts', { nic })))
  }
  return notices
}
