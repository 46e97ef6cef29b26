import fc from 'fast-check'
import type { NetworkdLink } from '../../../../electron/host/managers/networkd/facts'
import type { Fixed, Network, Wanted } from './networks'

/** A network as a .network file says it, in one of the many ways there are. */
export function networkdLink(network: Network, name: string): fc.Arbitrary<NetworkdLink> {
  return fc
    .tuple(fc.tuple(...statements(network)), fc.subarray([...OF_THE_CARD, ...OF_THE_NETWORK]), anyNoise)
    .chain(([pieces, more, noise]) =>
      fc.tuple(
        fc.shuffledSubarray([...pieces, ...more, ...noise], {
          minLength: pieces.length + more.length + noise.length,
        }),
        fc.nat(),
      ),
    )
    .map(([pieces, at]) => {
      const texts = pieces.map((piece) => `${piece}\n`)
      const cut = at % (texts.length + 1)
      const stated = texts.slice(0, cut).join('\n')
      const dropIn = texts.slice(cut).join('\n')
      const path = `/etc/systemd/network/20-${name}.network`
      return {
        name,
        state: 'configured',
        file: { path, text: `[Match]\nName=${name}\n\n${stated}`, stamp: '' },
        dropIns: [{ path: `${path}.d/10-more.conf`, text: dropIn, stamp: '' }],
        lease: null,
        dhcp6Iaid: null,
      }
    })
}

/** About the card, and so to be found in the port's file, not in the bridge's. */
export const OF_THE_CARD: readonly string[] = [
  '[Network]\nLLDP=yes',
  '[Network]\nVLAN=office',
  '[FairQueueing]\nParent=root',
]

/** About the network besides addresses, routes and names, and so to be found in the bridge's file. */
export const OF_THE_NETWORK: readonly string[] = [
  '[Link]\nGroup=7',
  '[IPv6AcceptRA]\nUseDNS=no',
  '[DHCPv4]\nRouteMetric=50',
  '[X-Mine]\nAnything=a=b',
  '[Neighbor]\nAddress=10.0.0.9',
]

const anyNoise = fc.subarray([
  '# [Route]\n; Gateway=1.2.3.4',
  '[Network]\nDescription=a \\\n# not this\n  long one',
  '  [DHCPv4]  \n  UseMTU = no  ',
])

function statements({ fixed, routes, dns, search, leased, advertised }: Network): fc.Arbitrary<string>[] {
  const dhcp = leased ? '[Network]\nDHCP=ipv4' : '[Network]\nDHCP=no'
  return [
    fc.constant(dhcp),
    fc.constant(`[Network]\nIPv6AcceptRA=${advertised ? 'yes' : 'no'}`),
    ...fixed.map(({ ip, prefix }) =>
      fc.constantFrom(`[Network]\nAddress=${ip}/${prefix}`, `[Address]\n# mine\nAddress = ${ip}/${prefix}`),
    ),
    ...routes.map(routeSection),
    ...(dns.length === 0
      ? []
      : [
          fc.constantFrom(
            `[Network]\nDNS=${dns.join(' ')}`,
            `[Network]\n${dns.map((one) => `DNS=${one}`).join('\n')}`,
          ),
        ]),
    ...(search.length === 0 ? [] : [fc.constant(`[Network]\nDomains=${search.join(' ')}`)]),
  ]
}

function routeSection({ to, via, metric, table }: Wanted): fc.Arbitrary<string> {
  const lines = [
    ...(to === 'default' ? [] : [`Destination=${to}`]),
    `Gateway=${via}`,
    ...(metric === null ? [] : [`Metric=${metric}`]),
    ...(table === 'main' ? [] : [`Table=${table}`]),
  ]
  return fc.shuffledSubarray(lines, { minLength: lines.length }).map((some) => `[Route]\n${some.join('\n')}`)
}

/** What a .network file comes to: a reader of its own, so that it errs differently from the product's. */
export function readNetwork(text: string): Omit<Network, 'mtu'> {
  const joined = text.replace(/\\\n(\s*[#;].*\n)*/g, ' ').split('\n')
  const lines = joined.map((line) => line.trim()).filter((line) => line !== '' && !/^[#;]/.test(line))
  const [fixed, routes, dns, search]: [Fixed[], Record<string, string>[], string[], string[]] = [
    [],
    [],
    [],
    [],
  ]
  const last: Record<string, string> = {}
  let section = ''
  for (const line of lines) {
    if (line.startsWith('[')) {
      section = line
      if (section === '[Route]') routes.push({})
      continue
    }
    const [key = '', ...rest] = line.split('=')
    const value = rest.join('=').trim()
    const name = key.trim()
    if (name === 'Address' && ['[Network]', '[Address]'].includes(section)) fixed.push(fixedFrom(value))
    if (section === '[Route]') Object.assign(routes.at(-1) ?? {}, { [name]: value })
    if (section !== '[Network]') continue
    if (name === 'DNS') dns.push(...value.split(' '))
    else if (name === 'Domains') search.push(...value.split(' '))
    else last[name] = value
  }
  return {
    ...{ fixed, dns, search, routes: routes.map(routeFrom) },
    leased: last.DHCP === 'ipv4',
    advertised: last.IPv6AcceptRA === 'yes',
  }
}

function fixedFrom(value: string): Fixed {
  const [ip = '', prefix = ''] = value.split('/')
  return { family: ip.includes(':') ? 6 : 4, ip, prefix: Number(prefix) }
}

function routeFrom({
  Destination = 'default',
  Gateway = '',
  Metric,
  Table = 'main',
}: Record<string, string>): Wanted {
  const metric = Metric === undefined ? null : Number(Metric)
  return { family: Gateway.includes(':') ? 6 : 4, to: Destination, via: Gateway, metric, table: Table }
}
