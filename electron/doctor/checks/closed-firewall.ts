import { servesDhcp } from '../../../shared/world/world'
import type { Check } from '../check'
import { fateOf } from '../iptables'
import { firewallUnclear, firewallUnread, libvirtAway, virtualBridges } from '../subjects'
import { fixBy, foundOr, notApplicable, unknown } from '../verdicts'
import { say } from '../../../shared/phrases/phrase'

/** With its nftables backend libvirt ≥ 10.4 opens nothing in INPUT, so that a closed firewall takes every question for an address. */
export const closedFirewall: Check = {
  id: 'closed-firewall',
  title: say('machines-get-addresses-through-firewall'),
  verdict(facts) {
    const away = libvirtAway(facts)
    if (away !== null) return unknown(away)
    const serving = virtualBridges(facts).filter(({ network }) => network.subnets.some(servesDhcp))
    if (serving.length === 0) return notApplicable(say('no-network-runs-hands-out'))
    const { iptables, ufw, libvirtBackend } = facts.firewall
    if (iptables === null && !(ufw && libvirtBackend === 'nftables')) {
      return unknown(firewallUnread(facts))
    }
    const opened = new Set(
      facts.additions.flatMap(({ addition }) =>
        addition.kind === 'accept-services' ? [addition.bridge] : [],
      ),
    )
    const fates = serving.map((one) => ({
      ...one,
      fate:
        iptables !== null
          ? fateOf(iptables, 'INPUT', question(one.bridge))
          : opened.has(one.bridge)
            ? 'accepted'
            : 'dropped',
    }))
    const closed = fates.filter(({ fate }) => fate === 'dropped')
    const unclear = fates.filter(({ fate }) => fate === 'unclear').map(({ bridge }) => bridge)
    if (closed.length === 0 && unclear.length > 0) return unknown(firewallUnclear(unclear))
    const findings = closed.map(({ network, bridge }) => ({
      subject: bridge,
      weight: 'trouble' as const,
      certainty: iptables === null ? ('likely' as const) : ('seen' as const),
      problem: say('machines-on-network-get', { name: network.name }),
      reason:
        iptables === null
          ? say('ufw-closes-computer-libvirt-nftables', { bridge })
          : say('firewall-input-takes-send', { bridge }),
      remedy: fixBy({ kind: 'addition', addition: { kind: 'accept-services', bridge } }),
    }))
    return foundOr(findings, say('dhcp-passes-on-every-virtual'))
  },
}

/** A machine's first question has no address yet (RFC 2131, 4.1). */
const question = (bridge: string) => ({
  ...{ in: bridge, out: null, source: '0.0.0.0', destination: '255.255.255.255' },
  ...{ protocol: 'udp' as const, port: 67 },
})
