import { describe, expect, it } from 'vitest'
import { target } from '../../../shared/ipc/contract'
import type { XmlPart } from '../../../shared/world/xml-part'

const part = (name: string, attributes: Record<string, string> = {}, ...children: XmlPart[]): XmlPart => ({
  name,
  attributes,
  children,
  text: '',
})
const takes = (more: object): boolean =>
  target.safeParse({ kind: 'attachment', attachment: { type: 'bridge', bridge: 'ovs0', ...more } }).success

describe('a place that the window gives back', () => {
  it('may be a port of a switch, as it was shown', () => {
    const virtualPort = part('virtualport', { type: 'openvswitch' }, part('parameters', { interfaceid: 'x' }))
    expect(takes({ virtualPort })).toBe(true)
    expect(takes({ more: part('source', {}, part('ip', { address: '192.0.2.7' })) })).toBe(true)
  })

  it.each([
    ['a name that is no element’s', part('virtual port')],
    ['a foreign prefix', part('x:port')],
    ['an attribute that is none', part('virtualport', { 'a b': '' })],
    ['more than it says', { ...part('virtualport'), script: 'x' }],
    ['too much', part('virtualport', { type: 'x'.repeat(2000) })],
    [
      'elements nested without end',
      Array.from({ length: 9 }).reduce<XmlPart>((inner) => part('a', {}, inner), part('a')),
    ],
  ])('is refused with %s', (_what, virtualPort) => {
    expect(takes({ virtualPort })).toBe(false)
  })
})
