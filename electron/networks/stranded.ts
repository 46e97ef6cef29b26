import type { Subnet } from '../../shared/world/world'
import { contains, formatCidr, isHostIn, parseCidr, parseIp, sameIp, type Cidr } from './cidr'
import { refused } from './names'
import { routesIn, type NetworkDefinition } from './network-xml'

/** What hangs on a subnet of a network, and has to be thought of before the subnet changes or goes. All of it pure. */

type Field = 'subnet' | 'ipv6'

/** `10.1.0.1/24`: the host's own address, with the prefix. */
export const subnetText = ({ address, prefix }: Pick<Subnet, 'address' | 'prefix'>): string =>
  `${address}/${prefix}`

/**
 * @param wayOut what may be done instead, without the full stop
 * @throws PatchbayError `refused` where it is not clear which one of several subnets is meant
 */
export function refuseSeveral(
  field: Field,
  { name }: NetworkDefinition,
  subnets: readonly Subnet[],
  wayOut: string | null,
): void {
  if (subnets.length < 2) return
  const family = field === 'ipv6' ? 'IPv6' : 'IPv4'
  const edit = `hange them with: virsh net-edit ${name}`
  throw refused(
    field,
    `The network ${name} has ${subnets.length} ${family} subnets, ${subnets.map(subnetText).join(' and ')}: it is not clear which one to change.`,
    wayOut === null ? `C${edit}` : `${wayOut}, or c${edit}`,
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
  const where = next === null ? 'without it' : 'in that subnet'
  const leases = going.flatMap(({ reservations }) => reservations).filter(({ ip }) => !stays(ip))
  if (leases.length > 0) {
    throw refused(
      field,
      `Static leases have no place ${where}: ${leases.map(({ ip }) => ip).join(', ')}.`,
      'Remove them first.',
      { shellHint: `Remove them first: patchbay network lease remove ${name} ADDRESS` },
    )
  }
  const cidrs = going.flatMap((subnet) => parseCidr(subnetText(subnet)) ?? [])
  const routes = routesIn(xml).filter(({ gateway }) => {
    const ip = parseIp(gateway)
    return ip !== null && cidrs.some((cidr) => contains(cidr, ip)) && !stays(gateway)
  })
  if (routes.length === 0) return
  throw refused(
    field,
    `Static routes of ${name} lead by way of ${[...new Set(routes.map(({ gateway }) => gateway))].join(', ')}, which has no place ${where}${next === null ? '' : ` (${formatCidr(next)})`}.`,
    `Take <route> out first: virsh net-edit ${name}`,
  )
}
