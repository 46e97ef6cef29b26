import type { LibvirtNetwork } from '../../../shared/world/world'
import type { Check } from '../check'
import type { DoctorFacts } from '../facts'
import { fateOf, type Fate } from '../iptables'
import { firewallUnclear, firewallUnread, libvirtAway, virtualBridges } from '../subjects'
import { fixBy, foundOr, notApplicable, unknown } from '../verdicts'

/** Docker sets FORWARD to DROP; an accept of libvirt's nftables table does not count beside it, because every base chain must let a packet pass. */
export const dockerDropsNat: Check = {
  id: 'docker-drops-nat',
  title: 'Machines reach the outside through this computer',
  verdict(facts) {
    const away = libvirtAway(facts)
    if (away !== null) return unknown(away)
    const uplink = facts.host.host.uplink?.link
    const leading = virtualBridges(facts).filter(({ network: { kind } }) =>
      ['nat', 'routed', 'open'].includes(kind),
    )
    if (leading.length === 0) return notApplicable('No network that runs leads out through this computer.')
    if (uplink === undefined) return notApplicable('This computer itself has no way out.')
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
      problem: `Machines on the network ${network.name} do not reach the outside.`,
      reason: `${docker ? 'Docker has closed the firewall’s FORWARD chain' : 'The firewall’s FORWARD chain is closed'}, and no rule in it lets ${bridge} pass.`,
      remedy: fixBy({ kind: 'addition', addition: { kind: 'accept-forwarding', bridge } }),
    }))
    return foundOr(findings, 'What machines send to the outside passes the firewall.')
  },
}

const accepted = ({ additions }: DoctorFacts): ReadonlySet<string> =>
  new Set(
    additions.flatMap(({ addition }) => (addition.kind === 'accept-forwarding' ? [addition.bridge] : [])),
  )

/** Addresses that its machines may have. */
const sourcesOf = ({ subnets }: LibvirtNetwork): string[] =>
  subnets.filter(({ family }) => family === 4).map(({ dhcp, address }) => dhcp?.start ?? address)
