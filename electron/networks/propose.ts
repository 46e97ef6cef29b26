import type { World } from '../../shared/world/world'
import { parseCidr, type Cidr } from './cidr'
import { conflictOf, type Claim } from './claims'

/** libvirt's own favourites first, then what homes, offices, Docker and VPNs rarely use. */
function* candidates(): Generator<string> {
  for (let third = 122; third < 255; third++) yield `192.168.${third}.0/24`
  for (let second = 200; second < 255; second++)
    for (let third = 0; third < 256; third++) yield `10.${second}.${third}.0/24`
  for (let third = 0; third < 256; third++) yield `172.31.${third}.0/24`
}

/** A private /24 that overlaps with nothing known; null when there is none left. */
export function freeSubnet(claims: readonly Claim[]): Cidr | null {
  for (const text of candidates()) {
    const cidr = parseCidr(text)
    if (cidr !== null && conflictOf(cidr, claims) === null) return cidr
  }
  return null
}

/** More than one draw is needed only when all of fd00::/8 is somebody's already. */
const DRAWS = 8

/**
 * An IPv6 subnet of one's own: fd, 40 random bits and subnet 0 (RFC 4193); null when those are taken, too.
 * @param random gives 40 bits
 */
export function freeUla(claims: readonly Claim[], random: () => bigint): Cidr | null {
  for (let draw = 0; draw < DRAWS; draw++) {
    const value = (0xfdn << 120n) | ((random() & 0xff_ffff_ffffn) << 80n)
    const cidr: Cidr = { family: 6, value, prefix: 64 }
    if (conflictOf(cidr, claims) === null) return cidr
  }
  return null
}

/** The first `virbrN` that neither a link of the host nor a network, running or not, has. */
export function freeBridgeName({ host, networks }: Pick<World, 'host' | 'networks'>): string {
  const taken = new Set([
    ...host.links.map(({ name }) => name),
    ...networks.map((network) => (network.source === 'libvirt' ? network.bridge : network.name)),
  ])
  for (let number = 0; ; number++) if (!taken.has(`virbr${number}`)) return `virbr${number}`
}
