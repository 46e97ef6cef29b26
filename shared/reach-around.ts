import type { Host, Link } from './host'
import { no, yes, type Reach } from './reach-verdict'
import type { World } from './world'

/** What reachability depends on besides the two ends. */
export interface Around {
  host: Pick<Host, 'links' | 'routes' | 'uplink'>
  networks: World['networks']
}

export const linkNamed = (name: string, { host }: Around): Link | undefined =>
  host.links.find((link) => link.name === name)

/** Whether a link of the host leads to the LAN. */
export const isLanLink = (name: string, { host: { uplink } }: Around): boolean =>
  uplink !== null && [uplink.link, uplink.nic, uplink.bridge].includes(name)

export const gatewayOf = ({ host }: Around): string | null => host.uplink?.gateway ?? null

/** From the host onto the wire. */
export function wayToLan(around: Around): Reach {
  const { uplink } = around.host
  if (uplink === null) return no('no-uplink', '')
  const down = [uplink.link, uplink.nic].find((name) => isDown(linkNamed(name, around)))
  return down === undefined ? yes('on-lan', uplink.link) : no('uplink-down', down)
}

/** Known to be set down, or without a cable. */
export const isDown = (link: Link | undefined): boolean => link !== undefined && !(link.up && link.carrier)

/** Whether an IPv4 address lies in a subnet (`10.0.0.0/8`), or is the address itself. */
export function contains(cidr: string, ip: string): boolean {
  const [network = '', length = '32'] = cidr.split('/')
  const size = 2 ** (32 - Number(length))
  return Math.floor(numberOf(network) / size) === Math.floor(numberOf(ip) / size)
}

const numberOf = (ip: string): number => ip.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
