import ipaddr from 'ipaddr.js'
import type { Address, Link, Route } from '../../shared/world/host'
import type { NetworkManagerFacts } from './managers/network-manager/facts'

/**
 * The kernel calls an address dynamic when it has a lifetime. Routers also lease and advertise addresses for ever, and
 * those look fixed; here they are told apart by who else knows them: the DHCP lease, or the advertised prefix. Pure.
 */
export function withOrigins(
  links: readonly Link[],
  routes: readonly Route[],
  nm: NetworkManagerFacts | null,
): Link[] {
  return links.map((link) => {
    const device = nm?.devices.find(({ name }) => name === link.name)
    const leased = [device?.dhcp4?.ip_address, device?.dhcp6?.ip6_address]
    const advertised = routes
      .filter(({ link: name, family, protocol }) => name === link.name && family === 6 && protocol === 'ra')
      .map(({ to }) => to)
    const fromRouter = (address: Address): boolean =>
      leased.includes(address.ip) || (address.family === 6 && advertised.includes(prefixOf(address)))
    return {
      ...link,
      addresses: link.addresses.map((address) =>
        address.origin === 'static' && fromRouter(address) ? { ...address, origin: 'dynamic' } : address,
      ),
    }
  })
}

/** The network of an IPv6 address as `ip route` writes it. */
function prefixOf({ ip, prefix }: Address): string {
  const network = ipaddr.IPv6.networkAddressFromCIDR(`${ip}/${prefix}`)
  return `${network.toRFC5952String()}/${prefix}`
}
