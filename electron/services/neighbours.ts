import { execFile, spawn } from 'node:child_process'
import { createSocket } from 'node:dgram'
import type { Address } from '../../shared/host'

/** Seconds at which every address of the subnet is asked for its MAC; the kernel itself repeats each twice. */
const ASK_AFTER_S = [1, 4, 8, 15]
/** From here on an address that answered shortly before the search counts, too: the guest had time to change it. */
const TRUST_OLD_AFTER_S = 4

/**
 * No more than a /24, because each address asked takes a place in the kernel's neighbour table, which refuses new
 * entries at gc_thresh3 = 1024 (ip-sysctl, net.ipv4.neigh.default).
 */
const MOST_ADDRESSES = 254

/** RFC 863: whoever gets this datagram throws it away. It only makes the kernel ask who has the address. */
const DISCARD_PORT = 9

/**
 * Looks for the IPv4 address behind a MAC on a link, without root: has the kernel ask every address of the link's subnet
 * (ARP) and listens to what it learns. For a bounded time only: the caller ends it with the signal.
 * @param link its name, and the host's own IPv4 address there
 * @returns the address, or null when the signal came first or ip(8) is missing
 */
export function findNeighbour(
  link: { name: string; own: Address },
  mac: string,
  signal: AbortSignal,
): Promise<string | null> {
  if (signal.aborted) return Promise.resolve(null)
  return new Promise((resolve) => {
    const end = (ip: string | null): void => {
      timers.forEach(clearTimeout)
      signal.removeEventListener('abort', aborted)
      monitor.kill()
      resolve(ip)
    }
    const aborted = (): void => end(null)
    const learn = (text: string): void => {
      const ip = text
        .split('\n')
        .map((line) => reachableAt(line, mac))
        .find((found) => found !== null)
      if (ip !== undefined) end(ip)
    }
    const monitor = spawn('ip', ['-4', 'monitor', 'neigh', 'dev', link.name], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    let rest = ''
    monitor.stdout.setEncoding('utf8').on('data', (text: string) => {
      const whole = (rest + text).lastIndexOf('\n') + 1
      learn((rest + text).slice(0, whole))
      rest = (rest + text).slice(whole)
    })
    monitor.on('error', () => end(null))
    const timers = ASK_AFTER_S.map((seconds) =>
      setTimeout(() => {
        askAll(link.own)
        if (seconds >= TRUST_OLD_AFTER_S) readNeighbours(link.name, learn)
      }, seconds * 1000),
    )
    signal.addEventListener('abort', aborted)
  })
}

function readNeighbours(link: string, learn: (text: string) => void): void {
  execFile('ip', ['-4', 'neigh', 'show', 'dev', link, 'nud', 'reachable'], (error, stdout) => {
    if (error === null) learn(stdout)
  })
}

/**
 * The address in a line of `ip neigh` or `ip monitor neigh` that tells of this MAC answering:
 * `10.77.0.133 dev br0 lladdr 52:54:00:aa:bb:cc REACHABLE`.
 */
export function reachableAt(line: string, mac: string): string | null {
  const [ip = '', ...words] = line.trim().split(/\s+/)
  const answers = words[words.indexOf('lladdr') + 1] === mac && words.includes('REACHABLE')
  return answers ? ip : null
}

function askAll(own: Address): void {
  const socket = createSocket('udp4')
  const addresses = addressesAround(own)
  let open = addresses.length
  // Nobody may be there, and the subnet may have vanished meanwhile: an address that can't be asked is not found.
  const asked = (): void => {
    if (--open === 0) socket.close()
  }
  for (const address of addresses) socket.send('', DISCARD_PORT, address, asked)
}

/** The other addresses of an IPv4 subnet, or of the /24 around the own one in a larger subnet. */
export function addressesAround({ ip, prefix }: Pick<Address, 'ip' | 'prefix'>): string[] {
  const own = ip.split('.').reduce((number, part) => number * 256 + Number(part), 0)
  const size = 2 ** (32 - Math.max(prefix, 24))
  const first = own - (own % size)
  const hosts = Array.from(
    { length: Math.max(0, Math.min(size - 2, MOST_ADDRESSES)) },
    (_, i) => first + 1 + i,
  )
  return hosts.filter((host) => host !== own).map(dotted)
}

const dotted = (number: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.')
