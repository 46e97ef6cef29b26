import fc from 'fast-check'
import { INTERFACES } from '../../../../electron/host/managers/ifupdown/files'
import type { Fixed, Network, Wanted } from './networks'

/** Files by their path; the first is /etc/network/interfaces. */
export type Files = Readonly<Record<string, string>>

/** A network as ifupdown's files say it, with comments and other people's stanzas around it. */
export function interfacesFiles(network: Network, nic: string): fc.Arbitrary<Files> {
  return fc
    .record({
      stanzas: fc.tuple(...stanzas(network, nic)),
      place: fc.constantFrom('main', 'sourced', 'folder'),
      mark: fc.constantFrom(`auto ${nic}`, `allow-hotplug ${nic}`, `auto lo ${nic}`, 'auto /en*'),
      notes: fc.tuple(...['a', 'b', 'c'].map(() => anyNote)),
      end: fc.constantFrom('\n', '', '\n\n', '\n# the end'),
    })
    .map(({ stanzas: own, place, mark, notes: [head, middle, tail], end }) => {
      const card = [mark, ...own].join(`\n${middle ?? ''}`)
      const loopback = 'iface lo inet loopback\n'
      if (place === 'main')
        return { [INTERFACES]: `${head ?? ''}${loopback}${card}\n${tail ?? ''}${end.trim()}` }
      const source =
        place === 'folder' ? 'source-directory interfaces.d' : 'source /etc/network/interfaces.d/*'
      return {
        [INTERFACES]: `${head ?? ''}${source}\n${loopback}${tail ?? ''}`,
        '/etc/network/interfaces.d/card': `${card}${end}`,
      }
    })
}

const anyNote = fc.constantFrom(
  ...['', '\n', '# iface enp3s0 inet static\n', '   # address 1.2.3.4 \\\n', '#\xe9\xff\n', '\n\n'],
)

const indent = fc.constantFrom('    ', '\t', '')

/** Lines of a stanza, in any order and each in one of its ways. */
const stanza = (head: string, ways: readonly fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
  fc
    .tuple(fc.tuple(...ways), indent)
    .chain(([lines, space]) =>
      fc
        .shuffledSubarray(lines, { minLength: lines.length })
        .map((some) => [head, ...some.map((line) => `${space}${line}`)].join('\n')),
    )

function stanzas(network: Network, nic: string): fc.Arbitrary<string>[] {
  const { fixed, leased, advertised } = network
  const plain = [
    ...(leased ? [`iface ${nic} inet dhcp`] : []),
    ...(advertised ? [`iface ${nic} inet6 auto`] : []),
  ]
  const own = [
    ...plain.map((head) => ({ head, ways: [] as fc.Arbitrary<string>[] })),
    ...fixed.map(({ family, ip, prefix }) => ({
      head: `iface ${nic} ${family === 4 ? 'inet' : 'inet6'} static`,
      ways: [
        fc.constantFrom(
          `address ${ip}/${prefix}`,
          `address ${ip}\nnetmask ${prefix}`,
          `address ${ip}/${prefix} \\\n`,
        ),
      ],
    })),
  ]
  if (own.length === 0) own.push({ head: `iface ${nic} inet manual`, ways: [] })
  const [first] = own
  // What hangs on no address may stand in any stanza; here it is the first.
  first?.ways.push(...common(network, nic))
  return own.map(({ head, ways }) => stanza(head, ways))
}

function common({ routes, dns, search, mtu }: Network, nic: string): fc.Arbitrary<string>[] {
  const one = (line: string): fc.Arbitrary<string> => fc.constant(line)
  return [
    ...routes.map((route) => routeLine(route, nic)),
    ...(dns.length > 0 ? [one(`dns-nameservers ${dns.join(' ')}`)] : []),
    ...(search.length > 0 ? [one(`dns-search ${search.join(' ')}`)] : []),
    ...(mtu === 1500 ? [] : [one(`mtu ${mtu}`)]),
    ...CARD_LINES.map(one),
  ]
}

/** About the card, and so to be found in the port's stanza. */
export const CARD_LINES: readonly string[] = ['ethernet-wol g', 'pre-up ethtool -K $IFACE gro off']

function routeLine({ to, via, metric, table, family }: Wanted, nic: string): fc.Arbitrary<string> {
  const rest = `${metric === null ? '' : ` metric ${metric}`}${table === 'main' ? '' : ` table ${table}`}`
  return fc
    .tuple(fc.constantFrom('up', 'post-up'), fc.constantFrom('$IFACE', nic, `"${nic}"`), fc.boolean())
    .map(([when, device, long]) => {
      const program = `${long ? '/sbin/ip' : 'ip'}${family === 6 ? ' -6' : ''}`
      return `${when} ${program} route add ${to} via ${via} dev ${device}${rest}`
    })
}

interface Read extends Omit<Network, 'mtu'> {
  mtu: string | null
  methods: readonly string[]
  lines: readonly string[]
}

/** What ifupdown's files come to for one link: a reader of its own, so that it errs differently from the product's. */
export function readInterfaces(files: Files, link: string): Read {
  const lines = Object.values(files).flatMap(logicalLines)
  const [fixed, routes, own, methods]: [Fixed[], Wanted[], string[], string[]] = [[], [], [], []]
  let family: 4 | 6 | null = null
  let names: { dns: string[]; search: string[]; mtu: string | null } = { dns: [], search: [], mtu: null }
  let ip = ''
  for (const line of lines) {
    const [word = '', ...rest] = line.split(/\s+/)
    if (/^(iface|auto|allow-|source|mapping)/.test(word)) {
      family = word === 'iface' && rest[0] === link ? (rest[1] === 'inet6' ? 6 : 4) : null
      if (family !== null) methods.push(rest.slice(1).join(' '))
    } else if (family !== null) {
      own.push(line)
      if (word === 'address') {
        const [address = '', prefix] = (rest[0] ?? '').split('/')
        if (prefix === undefined) ip = address
        else fixed.push({ family, ip: address, prefix: Number(prefix) })
      }
      if (word === 'netmask') fixed.push({ family, ip, prefix: Number(rest[0]) })
      if (word === 'dns-nameservers') names = { ...names, dns: rest }
      if (word === 'dns-search') names = { ...names, search: rest }
      if (word === 'mtu') names = { ...names, mtu: rest[0] ?? null }
      if (/\broute add\b/.test(line)) routes.push(...routeFrom(line, link))
    }
  }
  const [leased, advertised] = [methods.includes('inet dhcp'), methods.includes('inet6 auto')]
  return { fixed, routes, ...names, leased, advertised, methods, lines: own }
}

const logicalLines = (text: string): string[] =>
  text
    .split('\n')
    .reduce<string[]>((lines, raw) => {
      const before = lines.at(-1)
      const goesOn = before?.endsWith('\\') === true && !before.trim().startsWith('#')
      return goesOn ? [...lines.slice(0, -1), before.slice(0, -1) + raw] : [...lines, raw]
    }, [])
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))

function routeFrom(line: string, link: string): Wanted[] {
  const words = line.replaceAll('"', '').split(/\s+/)
  const after = (word: string): string | undefined => words[words.indexOf(word) + 1]
  if (![link, '$IFACE'].includes(after('dev') ?? '')) return []
  const via = after('via') ?? ''
  const metric = words.includes('metric') ? Number(after('metric')) : null
  const table = words.includes('table') ? (after('table') ?? '') : 'main'
  return [{ family: via.includes(':') ? 6 : 4, to: after('add') ?? '', via, metric, table }]
}
