import type { Check } from '../check'
import { fine, fixBy, notApplicable } from '../verdicts'

/** libvirt puts its bridges into the zone `libvirt`, and fails to start a network without it (virFirewallDInterfaceSetZone). */
export const firewalldZone: Check = {
  id: 'firewalld-zone',
  title: 'firewalld has libvirt’s zone',
  verdict({ firewall: { firewalldZones } }) {
    if (firewalldZones === null) return notApplicable('firewalld does not run here.')
    if (firewalldZones.includes('libvirt')) return fine('firewalld has the zone “libvirt”.')
    return {
      state: 'found',
      findings: [
        {
          subject: 'libvirt',
          weight: 'trouble',
          certainty: 'seen',
          problem: 'firewalld has no zone “libvirt”.',
          reason:
            'Virtual bridges fall into the default zone, which takes what machines ask of DHCP and DNS.',
          remedy: fixBy({ kind: 'addition', addition: { kind: 'firewalld-zone' } }),
        },
      ],
    }
  },
}
