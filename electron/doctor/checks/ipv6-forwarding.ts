import type { Check } from '../check'
import { fine, fixBy, notApplicable } from '../verdicts'
import { say } from '../../../shared/phrases/phrase'

/**
 * A network with IPv6 has libvirt switch forwarding on, and a host that forwards no longer listens to routers unless accept_ra is 2
 * (kernel: Documentation/networking/ip-sysctl.rst). Where a manager listens itself, it is 0.
 */
export const ipv6Forwarding: Check = {
  id: 'ipv6-forwarding',
  title: say('computer-keeps-ipv6'),
  verdict({ kernel: { ipv6 }, host: { host } }) {
    if (ipv6 === null) return notApplicable(say('computer-no-ipv6'))
    const link = host.uplink?.link
    if (link === undefined) return notApplicable(say('computer-no-way-out'))
    if (!ipv6.forwarding) return fine(say('computer-does-not-forward-ipv6'))
    if (ipv6.acceptRa[link] !== 1) {
      return fine(say('forwarding-does-not-keep', { link }))
    }
    return {
      state: 'found',
      findings: [
        {
          subject: link,
          weight: 'trouble',
          certainty: 'seen',
          problem: say('computer-loses-ipv6', { link }),
          reason: say('forwards-ipv6-then-listens'),
          remedy: fixBy({ kind: 'addition', addition: { kind: 'keep-router-advertisements', link } }),
        },
      ],
    }
  },
}
