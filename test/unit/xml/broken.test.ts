import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDocument, serialize } from '../../../electron/libvirt/dom'
import { extractInterface, linkOf, plugInto, withLink } from '../../../electron/machines/interface-xml'
import { parseMachine } from '../../../electron/machines/machine-xml'
import { parseNetwork } from '../../../electron/networks/network-xml'
import { toFailure, type FailureCode } from '../../../shared/failure'
import { canonical } from './canonical'
import { DOMAIN_SAMPLES, NETWORK_SAMPLES } from './samples'
import { english } from '../../../shared/phrases/english'

const br0 = { type: 'bridge', bridge: 'br0' } as const

/** Everything that takes XML, by the root that it wants. */
const TAKERS = {
  network: [parseNetwork, (xml: string) => serialize(parseDocument(xml, 'network').root)],
  domain: [parseMachine, (xml: string) => extractInterface(xml, '52:54:00:01:00:01')],
  interface: [(xml: string) => plugInto(xml, br0), (xml: string) => withLink(xml, 'down'), linkOf],
}

const outcomeOf = (take: (xml: string) => unknown, xml: string): FailureCode | 'done' => {
  try {
    take(xml)
    return 'done'
  } catch (thrown) {
    const failure = toFailure(thrown)
    // A message and a detail are what a person gets to see of it. "Undefined entity" are the reader's own words.
    if (failure.code === 'protocol') {
      expect(english(failure.message)).toMatch(/^libvirt sent a <\w+> that is not valid XML\.$/)
      expect(failure.detail).toMatch(/./)
      expect(failure.detail).not.toMatch(/undefined(?! entity)/)
    }
    return failure.code
  }
}

const CUTS = [
  '',
  '<',
  '\0',
  '&',
  ']]>',
  '<!--',
  '<![CDATA[',
  '<?',
  '"',
  "'",
  '/>',
  '</a>',
  '&#0;',
  '\uD800',
  '<!DOCTYPE a>',
]

/** A document with a part of it left out, doubled, or replaced by what does not belong there. */
const damaged = (documents: readonly string[]): fc.Arbitrary<string> =>
  fc
    .record({
      document: fc.constantFrom(...documents),
      from: fc.double({ min: 0, max: 1, noNaN: true }),
      length: fc.oneof(fc.nat(3), fc.nat(400), fc.constant(Infinity)),
      put: fc.oneof(fc.constantFrom(...CUTS), fc.string({ unit: 'binary', maxLength: 6 })),
      twice: fc.boolean(),
    })
    .map(({ document, from, length, put, twice }) => {
      const start = Math.floor(from * document.length)
      const part = document.slice(start, start + length)
      return document.slice(0, start) + put + (twice ? part + part : '') + document.slice(start + length)
    })

const NICS = DOMAIN_SAMPLES.flatMap(({ xml }) =>
  [...xml.matchAll(/<interface(?=\s)(?:(?!<\/interface).)*<\/interface\s*>/gs)].map(([nic]) => nic),
)

it('names an entity that libvirt never writes as what is wrong', () => {
  expect(outcomeOf(parseNetwork, '<network><title>&nbsp;</title></network>')).toBe('protocol')
})

describe.each([
  ['network', NETWORK_SAMPLES.map(({ xml }) => xml)],
  ['domain', DOMAIN_SAMPLES.map(({ xml }) => xml)],
  ['interface', NICS],
] as const)('a damaged <%s>', (root, documents) => {
  it('is read for what is left of it, or refused', () => {
    let refused = 0
    fc.assert(
      fc.property(damaged(documents), (xml) => {
        for (const take of TAKERS[root]) {
          const outcome = outcomeOf(take, xml)
          expect(['done', 'protocol', 'refused']).toContain(outcome)
          if (outcome === 'protocol') refused++
        }
      }),
      { numRuns: 1500 },
    )
    expect(refused).toBeGreaterThan(500)
  })

  it('is never written back as something else', () => {
    fc.assert(
      fc.property(damaged(documents), (xml) => {
        let written = null
        try {
          written = serialize(parseDocument(xml, root).root)
        } catch (thrown) {
          expect(toFailure(thrown).code).toBe('protocol')
        }
        if (written !== null) expect(canonical(written)).toBe(canonical(xml))
      }),
      { numRuns: 1500 },
    )
  })

  it('is refused wherever it is cut off', () => {
    const [shortest = ''] = [...documents]
      .filter((xml) => !xml.includes('<!--'))
      .sort((a, b) => a.length - b.length)
    const whole = shortest.trimEnd()
    for (let length = 0; length < whole.length; length++) {
      for (const take of TAKERS[root]) expect(outcomeOf(take, whole.slice(0, length))).toBe('protocol')
    }
    for (const take of TAKERS[root]) expect(outcomeOf(take, whole)).toBe('done')
  })
})

/** As long as the longest string that libvirt sends (REMOTE_STRING_MAX, remote_protocol.x). */
const LENGTH = 4 * 1024 * 1024
const filled = (part: string): string => part.repeat(Math.floor(LENGTH / part.length) - 4)
const bomb = `<!DOCTYPE network [<!ENTITY a "aaaaaaaaaa">${Array.from('bcdefghij', (name, index) => `<!ENTITY ${name} "${`&${'abcdefghi'[index] ?? ''};`.repeat(10)}">`).join('')}]><network>&j;</network>`

describe('XML of megabytes', () => {
  it.each([
    ['one text', `<network>${filled('a')}</network>`, 'done'],
    ['references', `<network>${filled('&amp;')}</network>`, 'done'],
    ['elements', `<network>${filled('<a/>')}</network>`, 'done'],
    ['comments', `<network>${filled('<!---->')}</network>`, 'done'],
    ['one attribute', `<network a='${filled('&lt;')}'/>`, 'done'],
    ['depth without an end', `<network>${filled('<a>')}`, 'protocol'],
    ['depth with an end', `<network>${'<a>'.repeat(5e5)}${'</a>'.repeat(5e5)}</network>`, 'protocol'],
    ['tags without an end', `<network>${filled('<a ')}`, 'protocol'],
    ['comments without an end', `<network>${filled('<!--')}`, 'protocol'],
    ['an attribute without an end', `<network a='${filled('x')}`, 'protocol'],
    ['ampersands', `<network>${filled('&')}</network>`, 'protocol'],
    ['brackets', filled('<'), 'protocol'],
    ['NULs', `<network>${filled('\0')}</network>`, 'protocol'],
    ['spaces', filled(' '), 'protocol'],
    ['an instruction without an end', `<network>${filled('<?a ')}`, 'protocol'],
    ['entities that grow', bomb, 'protocol'],
    [
      'entities that name a file',
      '<!DOCTYPE network [<!ENTITY a SYSTEM "file:///etc/passwd">]><network>&a;</network>',
      'protocol',
    ],
    // The time only tells a hang: on a slow computer elements alone take half a minute.
  ])('%s: is read or refused, and ends', { timeout: 180_000 }, (_what, xml, expected) => {
    for (const take of TAKERS.network) expect(outcomeOf(take, xml)).toBe(expected)
  })
})
