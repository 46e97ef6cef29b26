import { spawn } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { PatchbayError } from '../../shared/failure'
import type { Address, Link } from '../../shared/world/host'
import type { Whereabouts } from '../../shared/world/whereabouts'
import type { NicAddress } from '../../shared/world/world'
import { findBinary } from '../system/command'
import { readNeighbours } from '../system/ip-json'
import { metAt, type Met } from '../host/met'
import type { Meet } from '../machines/new-address'
import { ping } from '../probe/from-host'

/** Seconds at which every address of the subnets is asked for its MAC; the kernel itself repeats each twice. */
const ASK_AFTER_S = [1, 4, 8, 13]

/**
 * No more than a /24, because each address asked takes a place in the kernel's neighbour table, which refuses new
 * entries at gc_thresh3 = 1024 (ip-sysctl, net.ipv4.neigh.default).
 */
const MOST_ADDRESSES = 254

/** RFC 863: whoever gets this datagram throws it away. It only makes the kernel ask who has the address. */
const DISCARD_PORT = 9

/** What looks into the kernel's tables and asks: replaceable in tests. */
export interface NeighbourTools {
  /** Both families' entries that have the NIC's MAC where it is. */
  look: () => Promise<readonly Met[]>
  /** Tells of changes of the table on these links until the signal comes. */
  watch: (links: readonly string[], changed: () => void, signal: AbortSignal) => void
  /** Has the kernel ask who has the other addresses of a subnet. */
  askAll: (own: Address) => void
  ping: (ip: string) => Promise<boolean | null>
}

/**
 * Looks for the addresses behind a MAC where its NIC is plugged in, without root: has the kernel ask every IPv4 address of the
 * subnets there (ARP) and listens to what it learns. Null where the host is not in any subnet there.
 * What was confirmed before counts only when it answers a ping now: the kernel asks nobody whom it has met within the last minute.
 */
export function neighbourSearch(
  links: readonly Link[],
  nic: { mac: string; where: Whereabouts },
  tools: NeighbourTools = kernel(nic),
): Meet | null {
  const here = links.filter(({ name }) => nic.where.links.includes(name))
  const own = here.flatMap(({ addresses }) => addresses.filter(({ family }) => family === 4))
  if (own.length === 0) return null
  const look: Meet['look'] = (found, since, signal) => {
    const told = new Set<string>()
    const tell = (address: NicAddress): void => {
      if (signal.aborted || told.has(address.ip)) return
      told.add(address.ip)
      found(address)
    }
    const see = async (): Promise<readonly Met[]> => {
      const met = signal.aborted ? [] : await tools.look()
      for (const { address } of met)
        if (address.seenAt !== undefined && address.seenAt >= since) tell(address)
      return met
    }
    const ask = async (): Promise<void> => {
      own.forEach(tools.askAll)
      const old = (await see()).filter(({ address }) => !told.has(address.ip))
      await Promise.all(
        old.map(async ({ address }) => {
          if ((await tools.ping(address.ip)) === true) tell({ ...address, seenAt: Date.now() })
        }),
      )
    }
    // What can't be read this time is read at the next change, or after the next question.
    const unlessUnreadable = (work: Promise<unknown>): void =>
      void work.catch((thrown: unknown) => {
        if (!(thrown instanceof PatchbayError)) throw thrown
      })
    tools.watch(nic.where.links, () => unlessUnreadable(see()), signal)
    const timers = ASK_AFTER_S.map((seconds) => setTimeout(() => unlessUnreadable(ask()), seconds * 1000))
    signal.addEventListener('abort', () => timers.forEach(clearTimeout))
  }
  // A host access has the card's address alone, and asks those machines only that it was made for.
  return { everybody: own.some((address) => addressesAround(address).length > 0), look }
}

const kernel = (nic: { mac: string; where: Whereabouts }): NeighbourTools => ({
  look: async () => {
    const [ipv4, ipv6] = await Promise.all([readNeighbours(4), readNeighbours(6)])
    return metAt([...ipv4, ...ipv6], nic, Date.now())
  },
  watch,
  askAll,
  ping,
})

/** By `ip monitor neigh`, whose words are a signal only: it tells of no ages, and has no JSON in iproute2 6.1. */
function watch(links: readonly string[], changed: () => void, signal: AbortSignal): void {
  const binary = findBinary('ip')
  if (binary === null) return
  for (const link of links) {
    const monitor = spawn(binary, ['monitor', 'neigh', 'dev', link], {
      stdio: ['ignore', 'pipe', 'ignore'],
      env: {},
    })
    const end = (): void => void monitor.kill()
    monitor.on('error', end)
    monitor.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (text.includes('REACHABLE')) changed()
    })
    process.once('exit', end)
    monitor.once('close', () => process.off('exit', end))
    signal.addEventListener('abort', end)
  }
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
