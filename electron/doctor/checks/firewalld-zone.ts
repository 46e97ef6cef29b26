import type { Check } from '../check'
import { fine, fixBy, notApplicable } from '../verdicts'
import { say } from '../../../shared/phrases/phrase'

/** libvirt puts its bridges into the zone `libvirt`, and fails to start a network without it (virFirewallDInterfaceSetZone). */
export const firewalldZone: Check = {
  id: 'firewalld-zone',
  title: say('firewalld-libvirt-zone'),
  verdict({ firewall: { firewalldZones } }) {
    if (firewalldZones === null) return notApplicable(say('firewalld-does-not-run'))
    if (firewalldZones.includes('libvirt')) return fine(say('firewalld-zone-libvirt'))
    return {
      state: 'found',
      findings: [
        {
          subject: 'libvirt',
          weight: 'trouble',
          certainty: 'seen',
          problem: say('firewalld-no-zone-libvirt'),
          reason: say('virtual-bridges-fall-into-default'),
          remedy: fixBy({ kind: 'addition', addition: { kind: 'firewalld-zone' } }),
        },
      ],
    }
  },
}
