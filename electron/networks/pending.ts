import { rangesOf } from '../../shared/world/world'
import { rangeText } from './addressing'
import type { NetworkDefinition } from './network-xml'
import { sameWords, say, type Text } from '../../shared/phrases/phrase'

/** What of a running network becomes different when its saved definition takes effect, in words. */
export function pendingChanges(now: NetworkDefinition, next: NetworkDefinition): Text[] {
  return TRAITS.flatMap(([name, textOf]) => {
    const text = textOf(next)
    return sameWords(text, textOf(now)) ? [] : [say('trait-is', { trait: name, value: text })]
  })
}

const TRAITS: readonly (readonly [Text, (network: NetworkDefinition) => Text])[] = [
  [say('kind'), ({ kind }) => kind],
  [say('bridge'), ({ bridge }) => bridge ?? say('none')],
  [say('links'), ({ links }) => listOf(links, say('whichever-routes-say'))],
  [say('mode'), ({ mode }) => mode ?? say('none')],
  [say('subnet'), ({ subnets }) => listOf(subnets.map(({ address, prefix }) => `${address}/${prefix}`))],
  [
    'DHCP',
    ({ subnets }) =>
      listOf(
        subnets.map((subnet) => rangesOf(subnet).map(rangeText).join(', ') || rangeText(null)),
        say('off'),
      ),
  ],
  [
    say('static-leases'),
    ({ subnets }) => listOf(subnets.flatMap(({ reservations }) => reservations.map(({ ip }) => ip))),
  ],
  [say('dns-names'), ({ hosts }) => listOf(hosts.flatMap(({ names }) => names))],
  [say('domain'), ({ domain }) => domain ?? say('none')],
  ['MTU', ({ mtu }) => (mtu === null ? say('as-usual') : String(mtu))],
  [say('machines'), ({ isolatedPorts }) => (isolatedPorts ? say('kept-apart') : say('among-each-other'))],
]

const listOf = (texts: readonly string[], none: Text = say('none')): Text =>
  texts.length === 0 ? none : texts.join(', ')
