import { rulesAbout, ruleStays } from '../policy-rules'
import { immovableRoute } from '../immovable-route'
import type { Refusal } from '../manager-plan'
import { say } from '../../../../shared/phrases/phrase'

/** What can't go along where the network is moved in the kernel, link by link. Null when everything can. Pure. */
export const leftByKernelMove: Refusal = ({ facts, nic }) => {
  const [rule] = rulesAbout(facts, nic)
  if (rule) return ruleStays(rule, nic, say('not-hold-for-bridge'))
  return immovableRoute(facts, nic, () => true)
}
