import type { Host, Link } from '../world/host'
import { no, unknown, yes, type Reach } from './verdict'
import type { World } from '../world/world'

/** What reachability depends on besides the two ends. */
export interface Around {
  host: Pick<Host, 'computer' | 'hostname' | 'links' | 'routes' | 'uplink'>
  networks: World['networks']
}

export const linkNamed = (name: string, { host }: Around): Link | undefined =>
  host.links.find((link) => link.name === name)

/** Whether a link of the host leads to the LAN. */
export const isLanLink = (name: string, { host: { uplink } }: Around): boolean =>
  uplink !== null && [uplink.link, uplink.nic, uplink.bridge].includes(name)

export const gatewayOf = ({ host }: Around): string | null => host.uplink?.gateway ?? null

/** What another computer's own network looks like, nobody sees from here: it is not known, and so neither yes nor no. */
export const unseen = ({ host }: Around): Reach | null =>
  host.computer === 'another' ? unknown('not-seen-from-here', host.hostname) : null

/** From the host onto the wire. */
export function wayToLan(around: Around): Reach {
  const elsewhere = unseen(around)
  if (elsewhere !== null) return elsewhere
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
