import type { Finding } from '../../../shared/doctor/doctor'
import { hasOwnBridge, type LibvirtNetwork } from '../../../shared/world/world'
import { formatCidr, parseCidr } from '../../networks/cidr'
import { claimsOf, conflictOf, type Claim, claimantOf } from '../../networks/claims'
import { freeSubnet } from '../../networks/propose'
import type { Check } from '../check'
import type { DoctorFacts } from '../facts'
import { libvirtAway, networksIn } from '../subjects'
import { advice, fixBy, foundOr, notApplicable, unknown } from '../verdicts'
import { say, sameWords } from '../../../shared/phrases/phrase'

/** libvirt compares the subnets of its networks for equality only, and with no route of the host but exact ones. */
export const overlappingSubnets: Check = {
  id: 'overlapping-subnets',
  title: say('subnets-do-not-overlap'),
  verdict(facts) {
    const away = libvirtAway(facts)
    if (away !== null) return unknown(away)
    const own = networksIn(facts).filter(
      ({ subnets, ...network }) => subnets.length > 0 && hasOwnBridge({ subnets, ...network }),
    )
    if (own.length === 0) return notApplicable(say('no-network-libvirt-addresses-own'))
    const findings = own.flatMap((network, index) => findingsOf(facts, network, own.slice(index + 1)))
    return foundOr(findings, say('no-network-shares-addresses'))
  },
}

/** @param later networks that have their own finding, when they are in the way of this one */
function findingsOf(
  facts: DoctorFacts,
  network: LibvirtNetwork,
  later: readonly LibvirtNetwork[],
): Finding[] {
  const claims = claimsOf(facts.world, network.name)
  const others = claims.filter((claim) => !isOwnNameServer(claim, network))
  const ignored = later.map(claimantOf)
  const [hit] = network.subnets.flatMap(({ address, prefix }) => {
    const cidr = parseCidr(`${address}/${prefix}`)
    const conflict =
      cidr &&
      conflictOf(
        cidr,
        others.filter(({ by }) => !ignored.some((one) => sameWords(one, by))),
      )
    return cidr && conflict ? [{ cidr, conflict }] : []
  })
  if (hit === undefined) return []
  const { cidr, conflict } = hit
  return [
    {
      subject: network.name,
      weight: network.active || network.autostart ? 'trouble' : 'notice',
      certainty: 'seen',
      problem: say('network-overlaps', {
        name: network.name,
        cidr: formatCidr(cidr),
        by: conflict.by,
        other: formatCidr(conflict.cidr),
      }),
      reason: network.active ? say('sent-to-these-addresses-reaches') : say('cannot-start-beside-or-takes'),
      remedy: remedyOf(network, cidr.family, claims),
    },
  ]
}

/** A host that asks libvirt’s DNS asks the network’s own address. */
const isOwnNameServer = ({ cidr }: Claim, { subnets }: LibvirtNetwork): boolean =>
  subnets.some(({ address }) => formatCidr(cidr) === `${address}/${cidr.family === 4 ? 32 : 128}`)

function remedyOf({ name, active, persistent }: LibvirtNetwork, family: 4 | 6, claims: readonly Claim[]) {
  const free = family === 4 && persistent ? freeSubnet(claims) : null
  if (free === null) {
    return advice(say('give-another-subnet', { name, option: family === 4 ? 'subnet' : 'ipv6' }))
  }
  return fixBy({
    kind: 'network-change',
    network: name,
    change: {
      kind: 'settings',
      network: name,
      ...{ subnet: formatCidr(free), dhcp: null, ipv6: null, domain: null, mtu: null, isolatedPorts: null },
    },
    restart: active,
  })
}
