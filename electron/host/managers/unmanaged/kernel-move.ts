import { rulesAbout, ruleStays } from '../policy-rules'
import { immovableRoute } from '../immovable-route'
import type { Refusal } from '../manager-plan'

/** What can't go along where the network is moved in the kernel, link by link. Null when everything can. Pure. */
export const leftByKernelMove: Refusal = ({ facts, nic }) => {
  const [rule] = rulesAbout(facts, nic)
  if (rule) return ruleStays(rule, nic, 'it would not hold for the bridge')
  return immovableRoute(facts, nic, () => true)
}
