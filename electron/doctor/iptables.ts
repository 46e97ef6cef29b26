import { contains, parseCidr, parseIp } from '../networks/cidr'

/** An IPv4 packet that begins something, as the chains of iptables see it. */
export interface Packet {
  in: string
  /** Null for one that is for the host itself. */
  out: string | null
  source: string
  /** Null for whoever is outside. */
  destination: string | null
  protocol: 'udp' | 'tcp' | 'icmp'
  port: number | null
}

/** `unclear`: some rule asks what is not known here. */
export type Fate = 'accepted' | 'dropped' | 'unclear'

type End = 'accept' | 'drop' | 'through'
type Match = 'yes' | 'no' | 'maybe'

/**
 * What becomes of a packet in a chain of the table `filter`.
 * @param rules as `iptables -S` writes them (iptables(8))
 */
export function fateOf(rules: readonly string[], chain: string, packet: Packet): Fate {
  const ends = walk(rules, chain, packet, [])
  const policy = rules.includes(`-P ${chain} DROP`) ? 'drop' : 'accept'
  const all = new Set([...ends].map((end) => (end === 'through' ? policy : end)))
  if (all.size > 1) return 'unclear'
  return all.has('drop') ? 'dropped' : 'accepted'
}

/** Every way in which the packet can leave a chain. */
function walk(
  rules: readonly string[],
  chain: string,
  packet: Packet,
  above: readonly string[],
): ReadonlySet<End> {
  // Chains can't jump in a circle: the kernel refuses that (ELOOP).
  if (above.includes(chain)) return new Set(['through'])
  const ends = new Set<End>()
  for (const rule of rules) {
    if (!rule.startsWith(`-A ${chain} `)) continue
    const { match, target } = readRule(wordsOf(rule).slice(2), packet)
    if (match === 'no') continue
    const led = leadsTo(rules, target, packet, [...above, chain])
    for (const end of led) if (end !== 'goes-on') ends.add(end)
    if (match === 'yes' && !led.has('goes-on')) return ends
  }
  return ends.add('through')
}

function leadsTo(
  rules: readonly string[],
  target: string | null,
  packet: Packet,
  above: readonly string[],
): ReadonlySet<End | 'goes-on'> {
  switch (target) {
    case 'ACCEPT':
      return new Set(['accept'])
    case 'DROP':
    case 'REJECT':
      return new Set(['drop'])
    case 'RETURN':
      return new Set(['through'])
    case null:
      return new Set(['goes-on'])
    default: {
      // Whatever is no chain is a target that lets the packet go on, such as LOG or MARK.
      if (!rules.includes(`-N ${target}`)) return new Set(['goes-on'])
      const ends = walk(rules, target, packet, above)
      return new Set([...ends].map((end) => (end === 'through' ? 'goes-on' : end)))
    }
  }
}

const wordsOf = (rule: string): string[] => rule.match(/"(?:[^"\\]|\\.)*"|\S+/g) ?? []

function readRule(words: readonly string[], packet: Packet): { match: Match; target: string | null } {
  let match: Match = 'yes'
  let target: string | null = null
  let isNegated = false
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? ''
    if (word === '!') {
      isNegated = true
      continue
    }
    const value = words[at + 1] ?? ''
    if (word === '-j' || word === '-g') {
      target = value
      break
    }
    const { answer, takes } = asked(word, value, packet)
    match = both(match, isNegated ? opposite(answer) : answer)
    isNegated = false
    at += takes
  }
  return { match, target }
}

/** What a packet answers to one option of a rule, and how many words its value has. */
function asked(option: string, value: string, packet: Packet): { answer: Match; takes: 0 | 1 } {
  const one = (answer: Match) => ({ answer, takes: 1 as const })
  switch (option) {
    case '-i':
      return one(isLink(value, packet.in))
    case '-o':
      return one(packet.out === null ? 'no' : isLink(value, packet.out))
    case '-s':
      return one(isIn(value, packet.source))
    case '-d':
      return one(packet.destination === null ? 'maybe' : isIn(value, packet.destination))
    case '-p':
      return one(value === packet.protocol ? 'yes' : 'no')
    case '--dport':
      return one(/^\d+$/.test(value) ? isYes(Number(value) === packet.port) : 'maybe')
    case '--ctstate':
    case '--state':
      return one(isYes(value.split(',').includes('NEW')))
    case '-m':
    case '--comment':
      return one('yes')
    default:
      // The value of an option that is not known here is no option itself, and so is read as a word that asks nothing certain.
      return { answer: 'maybe', takes: 0 }
  }
}

const isYes = (is: boolean): Match => (is ? 'yes' : 'no')
const opposite = (match: Match): Match => (match === 'maybe' ? 'maybe' : isYes(match === 'no'))
const both = (a: Match, b: Match): Match =>
  a === 'no' || b === 'no' ? 'no' : a === 'maybe' || b === 'maybe' ? 'maybe' : 'yes'

/** A + at the end stands for anything. */
const isLink = (pattern: string, link: string): Match =>
  isYes(pattern.endsWith('+') ? link.startsWith(pattern.slice(0, -1)) : pattern === link)

function isIn(range: string, address: string): Match {
  const cidr = parseCidr(range.includes('/') ? range : `${range}/32`)
  const ip = parseIp(address)
  return cidr === null || ip === null ? 'maybe' : isYes(contains(cidr, ip))
}
