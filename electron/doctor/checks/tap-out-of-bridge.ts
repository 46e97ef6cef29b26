import type { Finding } from '../../../shared/doctor/doctor'
import { hasOwnBridge, type Attachment } from '../../../shared/world/world'
import type { Check } from '../check'
import type { DoctorFacts } from '../facts'
import { libvirtAway, liveNics, networksIn } from '../subjects'
import { advice, fixBy, foundOr, notApplicable, unknown } from '../verdicts'
import { say } from '../../../shared/phrases/phrase'

/** A manager that takes taps for its own links takes them out of the bridge; libvirt does not notice. */
export const tapOutOfBridge: Check = {
  id: 'tap-out-of-bridge',
  title: say('cables-machines-run-plugged'),
  verdict(facts) {
    if (facts.scope === 'session') return notApplicable(say('user-own-libvirt-no-taps'))
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
          problem: say('no-connection-tap', { name: machine.name, tap: link.name, bridge }),
          reason:
            link.master === null
              ? say('something-taken-out-bridge-network')
              : say('something-put-into-instead', { master: link.master }),
          remedy:
            link.master === null
              ? fixBy({ kind: 'addition', addition: { kind: 'tap-in-bridge', tap: link.name, bridge } })
              : advice(
                  say('move-where-belongs-patchbay-connect', { name: machine.name, machine: machine.name }),
                ),
        },
      ]
    })
    return foundOr(findings, say('every-tap-in-bridge-machine'))
  },
}

function bridgeOf(facts: DoctorFacts, place: Attachment): string | null {
  if (place.type === 'bridge') return place.bridge
  if (place.type !== 'network') return null
  const network = networksIn(facts).find(({ name, active }) => active && name === place.network)
  if (network === undefined) return null
  return hasOwnBridge(network) || network.kind === 'bridged' ? network.bridge : null
}
