import type { Failure } from '../../../shared/failure'
import type { HostFacts } from '../facts'
import { refused } from './manager-plan'
import { say, type Text } from '../../../shared/phrases/phrase'

/** A policy rule that goes by the name of a link, which it names as incoming or outgoing one (ip-rule(8)). */
export interface LinkRule {
  family: 4 | 6
  priority: number
}

/** The kernel's rules about a link. Pure. */
export function rulesAbout({ rules }: HostFacts, link: string): LinkRule[] {
  const about = (family: 4 | 6, list: HostFacts['rules']['ipv4']): LinkRule[] =>
    list.filter(({ iif, oif }) => iif === link || oif === link).map(({ priority }) => ({ family, priority }))
  return [...about(4, rules.ipv4), ...about(6, rules.ipv6)]
}

/** Nothing comes in or goes out by a port itself, so the rule would never hold again. */
export const ruleStays = ({ family, priority }: LinkRule, nic: string, why: Text): Failure =>
  refused(
    say('policy-rule-goes-link', { priority, nic, why }),
    say('let-go-addresses-instead', { family, priority }),
  )
