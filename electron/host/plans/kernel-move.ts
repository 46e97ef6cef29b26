import { rulesAbout, ruleStays } from '../rules'
import { type Check, refused } from './manager-plan'

/** What can't go along where the network is moved in the kernel, link by link. Null when everything can. Pure. */
export const leftByKernelMove: Check = ({ facts, nic }) => {
  const [rule] = rulesAbout(facts, nic)
  if (rule) return ruleStays(rule, nic, 'it would not hold for the bridge')
  const hop = facts.multipath.find(({ link }) => link === nic)
  if (!hop) return null
  return refused(
    `The route to ${hop.to} has several hops, one of them over ${nic}, and such a route can’t be moved yet`,
    `Set it with one hop (ip route replace ${hop.to} via …), or use NAT.`,
  )
}
