import type { Check } from '../check'
import { libvirtAway, networksIn } from '../subjects'
import { fixBy, foundOr, notApplicable, unknown } from '../verdicts'
import { say } from '../../../shared/phrases/phrase'

/** A libvirtd that was killed can leave its virtual bridge behind, and the network then can't start: its name is taken. */
export const staleVirbr: Check = {
  id: 'stale-virbr',
  title: say('no-virtual-bridge-left-behind'),
  verdict(facts) {
    if (facts.scope === 'session') return notApplicable(say('user-own-libvirt-makes'))
    const away = libvirtAway(facts)
    if (away !== null) return unknown(away)
    const { links } = facts.host.host
    const inUse = new Set(networksIn(facts).map(({ active, bridge }) => (active ? bridge : null)))
    const stale = links.filter(
      ({ name, kind }) =>
        kind === 'bridge' &&
        /^virbr\d+$/.test(name) &&
        !inUse.has(name) &&
        !links.some(({ master }) => master === name),
    )
    const findings = stale.map(({ name }) => {
      const owner = networksIn(facts).find(({ bridge }) => bridge === name)?.name
      return {
        subject: name,
        weight: 'trouble' as const,
        certainty: 'seen' as const,
        problem: say('bridge-but-no-network-runs', { name }),
        reason:
          owner === undefined
            ? say('network-left-behind-addresses-name')
            : say('network-cannot-start-long', { owner }),
        remedy: fixBy({ kind: 'addition', addition: { kind: 'no-stale-bridge', bridge: name } }),
      }
    })
    return foundOr(findings, say('every-virtual-bridge-belongs'))
  },
}
