import type { LibvirtNetwork } from '../../../shared/world/world'
import type { Check } from '../check'
import type { DoctorFacts } from '../facts'
import { fateOf, type Fate } from '../iptables'
import { firewallUnclear, firewallUnread, libvirtAway, virtualBridges } from '../subjects'
import { fixBy, foundOr, notApplicable, unknown } from '../verdicts'
import { say } from '../../../shared/phrases/phrase'

/** Docker sets FORWARD to DROP; an accept of libvirt's nftables table does not count beside it, because every base chain must let a packet pass. */
export const dockerDropsNat: Check = {
  id: 'docker-drops-nat',
  title: say('machines-reach-outside-through-computer'),
  verdict(facts) {
    const away = libvirtAway(facts)
    if (away !== null) return unknown(away)
    const uplink = facts.host.host.uplink?.link
    const leading = virtualBridges(facts).filter(({ network: { kind } }) =>
      ['nat', 'routed', 'open'].includes(kind),
    )
    if (leading.length === 0) return notApplicable(say('no-network-runs-leads-out'))
    if (uplink === undefined) return notApplicable(say('computer-itself-no-way-out'))
    const { iptables, docker, ufw, libvirtBackend } = facts.firewall
    const isLikely = (docker || ufw) && libvirtBackend === 'nftables'
    if (iptables === null && !isLikely) {
      return unknown(firewallUnread(facts))
    }
    const fatesOf = ({ network, bridge }: (typeof leading)[number]): readonly Fate[] =>
      iptables === null
        ? [accepted(facts).has(bridge) ? 'accepted' : 'dropped']
        : sourcesOf(network).map((source) =>
            fateOf(iptables, 'FORWARD', {
              ...{ in: bridge, out: uplink, source, destination: null },
              ...{ protocol: 'tcp', port: 443 },
            }),
          )
    const dropped = leading.filter((one) => fatesOf(one).includes('dropped'))
    const unclear = leading.filter((one) => fatesOf(one).includes('unclear')).map(({ bridge }) => bridge)
    if (dropped.length === 0 && unclear.length > 0) return unknown(firewallUnclear(unclear))
    const findings = dropped.map(({ network, bridge }) => ({
      subject: bridge,
      weight: 'trouble' as const,
      certainty: iptables === null ? ('likely' as const) : ('seen' as const),
      problem: say('machines-on-network-do', { name: network.name }),
      reason: say(docker ? 'docker-closed-forward' : 'forward-closed', { bridge }),
      remedy: fixBy({ kind: 'addition', addition: { kind: 'accept-forwarding', bridge } }),
    }))
    return foundOr(findings, say('machines-send-to-outside-passes'))
  },
}

const accepted = ({ additions }: DoctorFacts): ReadonlySet<string> =>
  new Set(
    additions.flatMap(({ addition }) => (addition.kind === 'accept-forwarding' ? [addition.bridge] : [])),
  )

/** Addresses that its machines may have. */
const sourcesOf = ({ subnets }: LibvirtNetwork): string[] =>
  subnets.filter(({ family }) => family === 4).map(({ dhcp, address }) => dhcp?.start ?? address)
