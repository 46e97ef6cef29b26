import type { Check } from '../check'
import { advice, fine, notApplicable } from '../verdicts'

/** 0.0.0.0/1 and 128.0.0.0/1 are what VPNs set in place of a default route, to win over it. */
const WIDE = new Set(['default', '0.0.0.0/1', '128.0.0.0/1', '::/1', '8000::/1'])

export const vpnDefaultRoute: Check = {
  id: 'vpn-default-route',
  title: 'The way out is no tunnel',
  verdict({ host: { host } }) {
    const tunnels = new Set(
      host.links.filter(({ kind }) => kind === 'tunnel' || kind === 'ppp').map(({ name }) => name),
    )
    if (tunnels.size === 0) return notApplicable('There is no tunnel on this computer.')
    const wide = host.routes.filter(({ to }) => WIDE.has(to))
    const isDefaultElsewhere = (metric: number): boolean =>
      wide.some(
        ({ to, link, metric: other }) => to === 'default' && !tunnels.has(link) && (other ?? 0) < metric,
      )
    const owner = wide.find(
      ({ to, link, metric }) => tunnels.has(link) && (to !== 'default' || !isDefaultElsewhere(metric ?? 0)),
    )
    if (owner === undefined) return fine('A tunnel is there, but most traffic goes past it.')
    return {
      state: 'found',
      findings: [
        {
          subject: owner.link,
          weight: 'notice',
          certainty: 'seen',
          problem: `The VPN ${owner.link} takes everything that leaves this computer.`,
          reason:
            'Machines on NAT go through it, too. A tunnel has no Ethernet, so it can’t be a port of a bridge.',
          remedy: advice(
            'For machines beside the VPN, bridge the card itself: patchbay bridge create --nic NIC. For NAT that follows the VPN nothing is to be done.',
          ),
        },
      ],
    }
  },
}
