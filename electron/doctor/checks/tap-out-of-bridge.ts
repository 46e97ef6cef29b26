import type { Finding } from '../../../shared/doctor/doctor'
import { hasOwnBridge, type Attachment } from '../../../shared/world/world'
import type { Check } from '../check'
import type { DoctorFacts } from '../facts'
import { libvirtAway, liveNics, networksIn } from '../subjects'
import { advice, fixBy, foundOr, notApplicable, unknown } from '../verdicts'

/** A manager that takes taps for its own links takes them out of the bridge; libvirt does not notice. */
export const tapOutOfBridge: Check = {
  id: 'tap-out-of-bridge',
  title: 'Cables of machines that run are plugged in',
  verdict(facts) {
    if (facts.scope === 'session') return notApplicable('The user’s own libvirt has no taps of its own.')
    const away = libvirtAway(facts)
    if (away !== null) return unknown(away)
    const findings = liveNics(facts.world).flatMap(({ machine, nic: { tap, live } }): Finding[] => {
      const bridge = live && bridgeOf(facts, live)
      const link = facts.host.host.links.find(({ name }) => name === tap)
      if (!bridge || link === undefined || link.master === bridge) return []
      if (!facts.host.bridges.some(({ name }) => name === bridge)) return []
      return [
        {
          subject: link.name,
          weight: 'trouble',
          certainty: 'seen',
          problem: `${machine.name} has no connection: its tap ${link.name} is not in ${bridge}.`,
          reason:
            link.master === null
              ? 'Something has taken it out of the bridge, as network managers do that claim every link.'
              : `Something has put it into ${link.master} instead.`,
          remedy:
            link.master === null
              ? fixBy({ kind: 'addition', addition: { kind: 'tap-in-bridge', tap: link.name, bridge } })
              : advice(`Move ${machine.name} where it belongs: patchbay connect ${machine.name} nat`),
        },
      ]
    })
    return foundOr(findings, 'Every tap is in the bridge that its machine is plugged into.')
  },
}

function bridgeOf(facts: DoctorFacts, place: Attachment): string | null {
  if (place.type === 'bridge') return place.bridge
  if (place.type !== 'network') return null
  const network = networksIn(facts).find(({ name, active }) => active && name === place.network)
  if (network === undefined) return null
  return hasOwnBridge(network) || network.kind === 'bridged' ? network.bridge : null
}
