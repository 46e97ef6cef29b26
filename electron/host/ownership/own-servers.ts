import { isWithin, networkOf } from './destination'
import type { HostFacts } from '../facts'

/**
 * The host's name servers that are a link's own. NetworkManager tells which it has from whom; of the others those count that are
 * reached over the link. A VPN's come and go with the VPN. Pure.
 */
export function ownServers(facts: HostFacts, link: string): string[] {
  const { servers } = facts.host.dns
  const told = facts.networkManager?.linkDns ?? []
  const own = told.filter((entry) => entry.link === link && !entry.vpn).flatMap((entry) => entry.servers)
  if (own.length > 0) return servers.filter((server) => own.includes(server))
  return servers.filter((server) => isReachedOver(facts, link, server))
}

/** By the most specific route that leads to the server; with none, or several as good, by any of them. */
function isReachedOver({ host }: HostFacts, link: string, server: string): boolean {
  const [ip = '', zone] = server.split('%')
  if (zone !== undefined) return zone === link
  const ways = host.routes
    .filter(({ table }) => table === 'main')
    .map((route) => ({ link: route.link, network: networkOf(route) }))
    .filter(({ network }) => isWithin(ip, network))
  const closest = Math.max(...ways.map(({ network }) => prefixOf(network)))
  const best = ways.filter(({ network }) => prefixOf(network) === closest)
  return best.length === 0 || best.some((way) => way.link === link)
}

const prefixOf = (network: string): number => Number(network.split('/')[1])
