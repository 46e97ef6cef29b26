import type { AdditionOf } from '../../../shared/helper/host-addition'
import { type FirewallRule, isRuleInPlace, markOf, putRule, removeRule } from './firewall-rule'
import type { AdditionKind, Added } from './kind'
import { bridgeNamed } from './links'

type Services = AdditionOf<'accept-services'>

/** Protocol and port of DNS and DHCP; DHCPv6 has a port of its own. */
const SERVICES = {
  iptables: ['udp 67', 'udp 53', 'tcp 53'],
  ip6tables: ['udp 547', 'udp 53', 'tcp 53'],
} as const

function rulesOf({ id, addition: { bridge } }: Added<Services>): FirewallRule[] {
  return (['iptables', 'ip6tables'] as const).flatMap((command) =>
    SERVICES[command].map((service, part): FirewallRule => {
      const [protocol = '', port = ''] = service.split(' ')
      const match = ['-i', bridge, '-p', protocol, '--dport', port]
      return { command, chain: 'INPUT', place: 'first', match, mark: markOf(id, part) }
    }),
  )
}

/** Before all other rules, because a closed chain ends with one that rejects the rest. */
export const acceptServices: AdditionKind<Services> = {
  lasting: false,
  async check({ bridge }) {
    await bridgeNamed(bridge)
    return {}
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
