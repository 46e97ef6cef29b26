import type { Subnet } from '../../shared/world/world'
import { contains, formatCidr, isHostIn, parseCidr, parseIp, sameIp, type Cidr } from './cidr'
import { refused } from './names'
import { routesIn, type NetworkDefinition } from './network-xml'
import { say } from '../../shared/phrases/phrase'

/** What hangs on a subnet of a network, and has to be thought of before the subnet changes or goes. All of it pure. */

type Field = 'subnet' | 'ipv6'

/** `10.1.0.1/24`: the host's own address, with the prefix. */
export const subnetText = ({ address, prefix }: Pick<Subnet, 'address' | 'prefix'>): string =>
  `${address}/${prefix}`

/**
 * @param mayGoFirst whether Patchbay can take them out
 * @throws PatchbayError `refused` where it is not clear which one of several subnets is meant
 */
export function refuseSeveral(
  field: Field,
  { name }: NetworkDefinition,
  subnets: readonly Subnet[],
  mayGoFirst: boolean,
): void {
  if (subnets.length < 2) return
  const family = field === 'ipv6' ? 'IPv6' : 'IPv4'
  throw refused(
    field,
    say('several-subnets', { name, count: subnets.length, family, subnets: subnets.map(subnetText) }),
    say(mayGoFirst ? 'ipv6-out-first-or' : 'change-with-net-edit', { name }),
  )
}

/**
 * Refuses to leave behind what only works in the subnets that go: static leases, and routes by way of a router there.
 * @param next the subnet that comes instead; null for none
 * @throws PatchbayError `refused`
 */
export function refuseStranded(
  field: Field,
  { name, xml }: NetworkDefinition & { xml: string },
  going: readonly Subnet[],
  next: Cidr | null,
): void {
  const stays = (text: string): boolean => {
    const ip = parseIp(text)
    return next !== null && ip !== null && isHostIn(next, ip) && !sameIp(ip, next)
  }
  const leases = going.flatMap(({ reservations }) => reservations).filter(({ ip }) => !stays(ip))
  if (leases.length > 0) {
    throw refused(
      field,
      say(next === null ? 'leases-stranded' : 'leases-stranded-in', {
        leases: leases.map(({ ip }) => ip).join(', '),
      }),
      say('remove-first-2'),
      { shellHint: say('remove-first-patchbay-network-lease-remove', { name }) },
    )
  }
  const cidrs = going.flatMap((subnet) => parseCidr(subnetText(subnet)) ?? [])
  const routes = routesIn(xml).filter(({ gateway }) => {
    const ip = parseIp(gateway)
    return ip !== null && cidrs.some((cidr) => contains(cidr, ip)) && !stays(gateway)
  })
  if (routes.length === 0) return
  const gateways = [...new Set(routes.map(({ gateway }) => gateway))].join(', ')
  throw refused(
    field,
    next === null
      ? say('routes-stranded', { name, gateways })
      : say('routes-stranded-in', { name, gateways, subnet: formatCidr(next) }),
    say('take-route-out-first-virsh', { name }),
  )
}
