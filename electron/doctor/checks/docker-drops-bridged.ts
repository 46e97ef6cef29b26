import type { Finding } from '../../../shared/doctor/doctor'
import { isLive } from '../../../shared/world/world'
import type { Check } from '../check'
import type { DoctorFacts } from '../facts'
import { fateOf, type Fate } from '../iptables'
import { firewallUnclear, firewallUnread, libvirtAway, listed } from '../subjects'
import { fixBy, foundOr, fine, notApplicable, unknown } from '../verdicts'

/** With br_netfilter loaded even what stays inside a bridge passes FORWARD, which Docker closes. */
export const dockerDropsBridged: Check = {
  id: 'docker-drops-bridged',
  title: 'Bridged machines reach the LAN',
  verdict(facts) {
    const away = libvirtAway(facts)
    const bridges = bridgesOf(facts)
    if (bridges.length === 0 && away !== null) return unknown(away)
    if (bridges.length === 0) return notApplicable('No bridge of this computer leads machines to the LAN.')
    const { bridgeNf } = facts.kernel
    if (!bridgeNf?.iptables) return fine('What stays inside a bridge does not pass iptables.')
    const { iptables, docker } = facts.firewall
    const fateAt = (bridge: string): Fate | 'unread' => {
      if (iptables !== null) return fateOf(iptables, 'FORWARD', across(bridge))
      if (hasAccept(facts, bridge)) return 'accepted'
      return docker ? 'dropped' : 'unread'
    }
    const at = (fate: Fate | 'unread'): string[] => bridges.filter((bridge) => fateAt(bridge) === fate)
    const dropped = at('dropped')
    if (dropped.length === 0) {
      if (at('unread').length > 0) return unknown(firewallUnread(facts))
      if (at('unclear').length > 0) return unknown(firewallUnclear(at('unclear')))
      // Machines may be plugged into more bridges than the host's own.
      if (away !== null) return unknown(away)
    }
    const findings: Finding[] =
      dropped.length === 0
        ? []
        : [
            {
              subject: 'bridge-nf-call-iptables',
              weight: 'trouble',
              certainty: iptables === null ? 'likely' : 'seen',
              problem: `Machines on ${listed(dropped)} do not reach the LAN.`,
              reason:
                'The module br_netfilter sends what stays inside a bridge through iptables (bridge-nf-call-iptables is 1), and FORWARD drops it.',
              remedy: fixBy({ kind: 'addition', addition: { kind: 'bridge-past-iptables' } }),
            },
          ]
    return foundOr(findings, 'What stays inside a bridge passes iptables, which lets it through.')
  },
}

/** The bridge that has the uplink, and whatever else machines are plugged into by its name. */
function bridgesOf({ host: { host }, world }: DoctorFacts): string[] {
  const named = world.machines
    .filter(({ state }) => isLive(state))
    .flatMap(({ nics }) => nics.flatMap(({ live }) => (live?.type === 'bridge' ? [live.bridge] : [])))
  const own = host.uplink?.bridge
  return [...new Set([...(own == null ? [] : [own]), ...named])]
}

const hasAccept = ({ additions }: DoctorFacts, bridge: string): boolean =>
  additions.some(({ addition }) => addition.kind === 'accept-forwarding' && addition.bridge === bridge)

/** From a machine to somebody on the LAN. */
const across = (bridge: string) => ({
  ...{ in: bridge, out: bridge, source: '192.0.2.1', destination: null },
  ...{ protocol: 'tcp' as const, port: 443 },
})
