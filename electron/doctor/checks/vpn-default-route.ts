import type { Check } from '../check'
import { advice, fine, notApplicable } from '../verdicts'
import { say } from '../../../shared/phrases/phrase'

/** 0.0.0.0/1 and 128.0.0.0/1 are what VPNs set in place of a default route, to win over it. */
const WIDE = new Set(['default', '0.0.0.0/1', '128.0.0.0/1', '::/1', '8000::/1'])

export const vpnDefaultRoute: Check = {
  id: 'vpn-default-route',
  title: say('way-out-no-tunnel'),
  verdict({ host: { host } }) {
    const tunnels = new Set(
      host.links.filter(({ kind }) => kind === 'tunnel' || kind === 'ppp').map(({ name }) => name),
    )
    if (tunnels.size === 0) return notApplicable(say('no-tunnel-on-computer'))
    const wide = host.routes.filter(({ to }) => WIDE.has(to))
    const isDefaultElsewhere = (metric: number): boolean =>
      wide.some(
        ({ to, link, metric: other }) => to === 'default' && !tunnels.has(link) && (other ?? 0) < metric,
      )
    const owner = wide.find(
      ({ to, link, metric }) => tunnels.has(link) && (to !== 'default' || !isDefaultElsewhere(metric ?? 0)),
    )
    if (owner === undefined) return fine(say('tunnel-but-most-traffic-goes'))
    return {
      state: 'found',
      findings: [
        {
          subject: owner.link,
          weight: 'notice',
          certainty: 'seen',
          problem: say('vpn-takes-everything-leaves-computer', { link: owner.link }),
          reason: say('machines-on-nat-go-through'),
          remedy: advice(say('for-machines-beside-vpn-bridge')),
        },
      ],
    }
  },
}
