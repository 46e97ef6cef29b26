import type { Host } from '../../shared/world/host'
import type { LibvirtNetwork, World } from '../../shared/world/world'
import { overlaps, parseCidr, type Cidr } from './cidr'
import { say, type Text } from '../../shared/phrases/phrase'

/** A part of the address space that somebody uses already. */
export interface Claim {
  cidr: Cidr
  /** Who, in a sentence: "the network default". */
  by: Text
}

/**
 * Routes this wide say "everything else" and claim nothing: default routes, and the halves and eighths of everything
 * that VPNs set in place of one (0.0.0.0/1, 2000::/3).
 */
const WIDEST_CLAIM = 4

/**
 * Every address range in use that the host can know of: libvirt's networks, also stopped ones, the host's own addresses,
 * the routes of every table (Docker, VPN, the LAN behind a router), and the name servers.
 * @param except a network that is not in its own way
 */
export function claimsOf(world: Pick<World, 'host' | 'networks'>, except: string | null = null): Claim[] {
  const networks = world.networks.filter((network) => network.source === 'libvirt')
  const bridges = new Set(networks.map(({ bridge, kind }) => (kind === 'bridged' ? null : bridge)))
  return [
    ...networks.filter(({ name }) => name !== except).flatMap(claimsOfNetwork),
    ...claimsOfHost(world.host, bridges),
  ]
}

/** The first claim that a subnet would share addresses with. */
export const conflictOf = (cidr: Cidr, claims: readonly Claim[]): Claim | null =>
  claims.find((claim) => overlaps(claim.cidr, cidr)) ?? null

function claimsOfNetwork({ name, subnets, active }: LibvirtNetwork): Claim[] {
  return subnets.flatMap(({ address, prefix }) => claim(`${address}/${prefix}`, claimantOf({ name, active })))
}

/** A network, as it is named where it is in the way. */
export const claimantOf = ({ name, active }: Pick<LibvirtNetwork, 'name' | 'active'>): Text =>
  active ? say('the-network', { network: name }) : say('stopped-network', { name })

/** What is on libvirt's own bridges is told by its networks. */
function claimsOfHost({ links, routes, dns }: Host, bridges: ReadonlySet<string | null>): Claim[] {
  const words = new Map(links.map(({ name, kind }) => [name, wordsFor(name, kind)]))
  const isForeign = (name: string): boolean => !bridges.has(name)
  return [
    ...links
      .filter(({ name }) => isForeign(name))
      .flatMap(({ name, addresses }) =>
        addresses
          .filter(({ origin }) => origin !== 'link-local')
          .flatMap(({ ip, prefix }) => claim(`${ip}/${prefix}`, words.get(name) ?? name)),
      ),
    ...routes
      .filter(({ link, to }) => isForeign(link) && !to.startsWith('fe80:'))
      .flatMap(({ to, link, family, via }) => {
        const cidr = to.includes('/') ? to : `${to}/${family === 4 ? 32 : 128}`
        const by = words.get(link) ?? link
        return claim(cidr, via === null ? by : say('route-on', { via, by }))
      }),
    ...dns.servers.flatMap((ip) => claim(`${ip}/${ip.includes(':') ? 128 : 32}`, say('name-server', { ip }))),
  ]
}

function wordsFor(name: string, kind: Host['links'][number]['kind']): Text {
  // Docker names its bridges docker0, and br- with twelve digits of the network's id.
  if (kind === 'bridge' && /^(docker\d+|br-[0-9a-f]{12})$/.test(name)) return `Docker (${name})`
  if (kind === 'tunnel' || kind === 'ppp') return say('a-vpn', { name })
  return name
}

function claim(text: string, by: Text): Claim[] {
  const cidr = parseCidr(text)
  return cidr === null || cidr.prefix < WIDEST_CLAIM ? [] : [{ cidr, by }]
}
