import type { Lease } from '../../shared/world/world'
import type { Libvirt } from '../libvirt/libvirt'
import type { DhcpLease, NetworkRef } from '../libvirt/wire'

/**
 * The addresses that libvirt's DHCP server has given out on a running network; none for one without DHCP.
 * `mac` asks for one NIC only.
 */
export async function readLeases(
  libvirt: Libvirt,
  net: NetworkRef,
  mac: string | null = null,
): Promise<Lease[]> {
  const { leases } = await libvirt.call('networkGetDhcpLeases', { net, mac, needResults: true, flags: 0 })
  return leases.flatMap(toLease)
}

/** A lease without a MAC (DHCPv6 by DUID alone) belongs to no NIC that could be shown. */
function toLease({ mac, ipaddr, prefix, hostname, expirytime }: DhcpLease): Lease[] {
  if (mac === null) return []
  const expires = expirytime === 0n ? null : Number(expirytime)
  return [{ mac: mac.toLowerCase(), ip: ipaddr, prefix, hostname, expires }]
}
