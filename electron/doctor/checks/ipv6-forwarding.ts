import type { Check } from '../check'
import { fine, fixBy, notApplicable } from '../verdicts'

/**
 * A network with IPv6 has libvirt switch forwarding on, and a host that forwards no longer listens to routers unless accept_ra is 2
 * (kernel: Documentation/networking/ip-sysctl.rst). Where a manager listens itself, it is 0.
 */
export const ipv6Forwarding: Check = {
  id: 'ipv6-forwarding',
  title: 'This computer keeps its IPv6',
  verdict({ kernel: { ipv6 }, host: { host } }) {
    if (ipv6 === null) return notApplicable('This computer has no IPv6.')
    const link = host.uplink?.link
    if (link === undefined) return notApplicable('This computer has no way out.')
    if (!ipv6.forwarding) return fine('This computer does not forward IPv6.')
    if (ipv6.acceptRa[link] !== 1) {
      return fine(`Forwarding does not keep ${link} from listening to routers.`)
    }
    return {
      state: 'found',
      findings: [
        {
          subject: link,
          weight: 'trouble',
          certainty: 'seen',
          problem: `This computer loses its IPv6 on ${link}, or has none.`,
          reason: 'It forwards IPv6, and then listens to router advertisements only with accept_ra = 2.',
          remedy: fixBy({ kind: 'addition', addition: { kind: 'keep-router-advertisements', link } }),
        },
      ],
    }
  },
}
