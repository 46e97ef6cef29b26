import type { Finding } from '../../../shared/doctor/doctor'
import { hasOwnBridge, type LibvirtNetwork } from '../../../shared/world/world'
import { formatCidr, parseCidr } from '../../networks/cidr'
import { claimsOf, conflictOf, type Claim } from '../../networks/claims'
import { freeSubnet } from '../../networks/propose'
import type { Check } from '../check'
import type { DoctorFacts } from '../facts'
import { libvirtAway, networksIn } from '../subjects'
import { advice, fixBy, foundOr, notApplicable, unknown } from '../verdicts'

/** libvirt compares the subnets of its networks for equality only, and with no route of the host but exact ones. */
export const overlappingSubnets: Check = {
  id: 'overlapping-subnets',
  title: 'Subnets do not overlap',
  verdict(facts) {
    const away = libvirtAway(facts)
    if (away !== null) return unknown(away)
    const own = networksIn(facts).filter(
      ({ subnets, ...network }) => subnets.length > 0 && hasOwnBridge({ subnets, ...network }),
    )
    if (own.length === 0) return notApplicable('No network of libvirt has addresses of its own.')
    const findings = own.flatMap((network, index) => findingsOf(facts, network, own.slice(index + 1)))
    return foundOr(
      findings,
      'No network shares addresses with another, with this computer’s links, or with a route.',
    )
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
  const ignored = new Set(
    later.flatMap(({ name, active }) => [`the network ${name}${active ? '' : ', which is stopped'}`]),
  )
  const [hit] = network.subnets.flatMap(({ address, prefix }) => {
    const cidr = parseCidr(`${address}/${prefix}`)
    const conflict =
      cidr &&
      conflictOf(
        cidr,
        others.filter(({ by }) => !ignored.has(by)),
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
      problem: `The network ${network.name} has ${formatCidr(cidr)}, which overlaps with ${conflict.by} (${formatCidr(conflict.cidr)}).`,
      reason: network.active
        ? 'What is sent to these addresses reaches only one of the two.'
        : 'It can’t start beside it, or takes the other’s addresses when it does.',
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
    return advice(
      `Give one of them another subnet: patchbay network change ${name} --${family === 4 ? 'subnet' : 'ipv6'} CIDR`,
    )
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
