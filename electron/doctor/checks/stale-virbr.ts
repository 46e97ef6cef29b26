import type { Check } from '../check'
import { libvirtAway, networksIn } from '../subjects'
import { fixBy, foundOr, notApplicable, unknown } from '../verdicts'

/** A libvirtd that was killed can leave its virtual bridge behind, and the network then can't start: its name is taken. */
export const staleVirbr: Check = {
  id: 'stale-virbr',
  title: 'No virtual bridge is left behind',
  verdict(facts) {
    if (facts.scope === 'session') return notApplicable('The user’s own libvirt makes no bridges.')
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
        problem: `The bridge ${name} is there, but no network that runs has it.`,
        reason:
          owner === undefined
            ? 'A network left it behind; its addresses and its name stay taken.'
            : `The network ${owner} can’t start as long as it is there.`,
        remedy: fixBy({ kind: 'addition', addition: { kind: 'no-stale-bridge', bridge: name } }),
      }
    })
    return foundOr(findings, 'Every virtual bridge belongs to a network that runs.')
  },
}
