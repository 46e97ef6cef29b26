import { rangesOf } from '../../shared/world/world'
import { rangeText } from './addressing'
import type { NetworkDefinition } from './network-xml'

/** What of a running network becomes different when its saved definition takes effect, in words. */
export function pendingChanges(now: NetworkDefinition, next: NetworkDefinition): string[] {
  return TRAITS.flatMap(([name, textOf]) => {
    const text = textOf(next)
    return text === textOf(now) ? [] : [`${name} ${text}`]
  })
}

const TRAITS: readonly (readonly [string, (network: NetworkDefinition) => string])[] = [
  ['kind', ({ kind }) => kind],
  ['bridge', ({ bridge }) => bridge ?? 'none'],
  ['links', ({ links }) => listOf(links, 'whichever the routes say')],
  ['mode', ({ mode }) => mode ?? 'none'],
  ['subnet', ({ subnets }) => listOf(subnets.map(({ address, prefix }) => `${address}/${prefix}`))],
  [
    'DHCP',
    ({ subnets }) =>
      listOf(
        subnets.map((subnet) => rangesOf(subnet).map(rangeText).join(', ') || rangeText(null)),
        'off',
      ),
  ],
  [
    'static leases',
    ({ subnets }) => listOf(subnets.flatMap(({ reservations }) => reservations.map(({ ip }) => ip))),
  ],
  ['DNS names', ({ hosts }) => listOf(hosts.flatMap(({ names }) => names))],
  ['domain', ({ domain }) => domain ?? 'none'],
  ['MTU', ({ mtu }) => (mtu === null ? 'as usual' : String(mtu))],
  ['machines', ({ isolatedPorts }) => (isolatedPorts ? 'kept apart' : 'among each other')],
]

const listOf = (texts: readonly string[], none = 'none'): string =>
  texts.length === 0 ? none : texts.join(', ')
