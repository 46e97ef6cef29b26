/** A route as `ip` prints it and takes it back. */
export interface KernelRoute {
  family: 4 | 6
  /**
   * What follows `ip route replace`, without the link: iproute2 reads what it prints (ip-route(8), "save and restore"). The
   * type is left out where it is `unicast`, and the table where it is `main`.
   */
  words: readonly string[]
}

/** Kinds that the kernel derives from addresses by itself. */
const DERIVED = ['local', 'broadcast', 'anycast', 'multicast']

/** What `ip route` prints about a route's present state, and doesn't take back. */
const PASSING =
  / (error -?\d+|linkdown|dead|offload|offload_failed|trap|rt_offload|rt_offload_failed|rt_trap)(?= |$)/g

/**
 * The routes of one family in what `ip -d route show table all dev LINK` prints. Without `-d`, `ip` leaves out the protocol `boot`
 * and the scope `global`, and takes another scope when it reads the rest: a route without a gateway would come back with
 * the scope `link`. Pure.
 */
export function routesFrom(version: 4 | 6, text: string): KernelRoute[] {
  return text.split('\n').flatMap((line) => {
    // With `-d` a route's nexthop object follows on a line of its own.
    if (/^\s/.test(line)) return []
    // Printed with a unit, taken without one.
    const words = line
      .replace(PASSING, '')
      // networkd (257) lets a router's word lead by a nexthop object, which goes with its link; the gateway says the same.
      .replace(/ nhid \d+(?= via )/, '')
      .replace(/ expires (\d+)sec/, ' expires $1')
      .replace(/^unicast /, '')
      .replace(/ table main(?= |$)/, '')
      .trim()
      .split(/\s+/)
    const [first = ''] = words
    // Link-local and multicast routes come with the link.
    if (first === '' || DERIVED.includes(first) || first.startsWith('fe80:') || first.startsWith('ff00:')) {
      return []
    }
    return [{ family: version, words }]
  })
}

/** What follows a keyword in a route's words; undefined without it. */
export function valueOf(words: readonly string[], key: string): string | undefined {
  const position = words.indexOf(key)
  return position === -1 ? undefined : words[position + 1]
}

/** The words without a keyword and what follows it. */
export function withoutPair(words: readonly string[], key: string): string[] {
  const position = words.indexOf(key)
  return words.filter((_, index) => position === -1 || index < position || index > position + 1)
}

/** Types that `ip route` prints before the destination; `unicast` is left out (ip-route(8)). */
const ROUTE_TYPES = ['unicast', 'unreachable', 'blackhole', 'prohibit', 'throw', 'nat']

const destinationAt = (words: readonly string[]): number => (ROUTE_TYPES.includes(words[0] ?? '') ? 1 : 0)

/** Where a route leads, as `ip` prints it: an address, a network, or `default`. */
export const destinationOf = ({ words }: KernelRoute): string => words[destinationAt(words)] ?? ''

/** Within a batch the family can't be stated as an option of `ip`; it shows by the address. */
export function spelledOut({ family, words }: KernelRoute): string[] {
  const position = destinationAt(words)
  const all = family === 6 ? '::/0' : '0.0.0.0/0'
  return words.map((word, index) => (index === position && word === 'default' ? all : word))
}

/**
 * The protocol that marks routes which lead out of the NIC for a moment while NetworkManager makes it ready. Numbers above 4 are
 * for users (rtnetlink(7), RTPROT_STATIC).
 */
export const HANDBACK_PROTOCOL = '158'

/** A route that the kernel makes by itself. */
export const isKernels = ({ words }: KernelRoute): boolean =>
  valueOf(words, 'proto') === 'kernel' && !words.includes('via')
