import type { AdditionOf } from '../../../shared/helper/host-addition'
import { readRoutes } from '../../system/ip-json'
import { type FirewallRule, isRuleInPlace, markOf, putRule, removeRule } from './firewall-rule'
import type { AdditionKind, Added } from './kind'
import { bridgeNamed } from './links'

type Forwarding = AdditionOf<'accept-forwarding'>

/**
 * Of a bridge that leads to the LAN only what stays inside it; else whoever is on the LAN would reach all other networks.
 * Of a virtual bridge what its machines send, and the answers to it.
 */
function matchesOf({ addition: { bridge }, before }: Added<Forwarding>): string[][] {
  if (before.leads === 'to-the-lan') return [['-i', bridge, '-o', bridge]]
  return [
    ['-i', bridge],
    ['-o', bridge, '-m', 'conntrack', '--ctstate', 'RELATED,ESTABLISHED'],
  ]
}

const rulesOf = (added: Added<Forwarding>): FirewallRule[] =>
  (['iptables', 'ip6tables'] as const).flatMap((command) =>
    matchesOf(added).map((match, part): FirewallRule => {
      return { command, chain: 'FORWARD', place: 'last', match, mark: markOf(added.id, part) }
    }),
  )

/**
 * After all other rules: it answers for packets that none has decided about, which Docker's policy DROP would take. What libvirt
 * rejects between its networks stays rejected.
 */
export const acceptForwarding: AdditionKind<Forwarding> = {
  lasting: false,
  async check({ bridge }) {
    await bridgeNamed(bridge)
    const routes = [...(await readRoutes(4)), ...(await readRoutes(6))]
    const isUplink = routes.some(({ dst, dev }) => dst === 'default' && dev === bridge)
    return { leads: isUplink ? 'to-the-lan' : 'to-machines' }
  },
  async apply(added) {
    for (const rule of rulesOf(added)) await putRule(rule)
  },
  async revert(added) {
    for (const rule of rulesOf(added)) await removeRule(rule)
  },
  async inForce(added) {
    return (await Promise.all(rulesOf(added).map(isRuleInPlace))).every(Boolean)
  },
}
