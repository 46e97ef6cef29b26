import type { Finding } from '../../../shared/doctor/doctor'
import { isLive } from '../../../shared/world/world'
import type { Check } from '../check'
import type { DoctorFacts } from '../facts'
import { fateOf, type Fate } from '../iptables'
import { firewallUnclear, firewallUnread, libvirtAway, listed } from '../subjects'
import { fixBy, foundOr, fine, notApplicable, unknown } from '../verdicts'
import { say } from '../../../shared/phrases/phrase'

/** With br_netfilter loaded even what stays inside a bridge passes FORWARD, which Docker closes. */
export const dockerDropsBridged: Check = {
  id: 'docker-drops-bridged',
  title: say('bridged-machines-reach-lan'),
  verdict(facts) {
    const away = libvirtAway(facts)
    const bridges = bridgesOf(facts)
    if (bridges.length === 0 && away !== null) return unknown(away)
    if (bridges.length === 0) return notApplicable(say('no-bridge-computer-leads-machines'))
    const { bridgeNf } = facts.kernel
    if (!bridgeNf?.iptables) return fine(say('stays-inside-bridge-does'))
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
              problem: say('machines-on-do-not-reach', { dropped: listed(dropped) }),
              reason: say('module-br-netfilter-sends-stays'),
              remedy: fixBy({ kind: 'addition', addition: { kind: 'bridge-past-iptables' } }),
            },
          ]
    return foundOr(findings, say('stays-inside-bridge-passes-iptables'))
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
