import { describe, expect, it } from 'vitest'
import { elementsOf, parseDocument } from '../../../electron/libvirt/dom'
import { parseXml } from '../../../electron/libvirt/xml'
import { attachmentOfInterface } from '../../../electron/machines/attachment-xml'
import {
  extractInterface,
  linkOf,
  plugInto,
  withLink,
  type Pluggable,
} from '../../../electron/machines/interface-xml'
import { planSwitch } from '../../../electron/machines/switch-check'
import { toFailure } from '../../../shared/failure'
import { canonical } from './canonical'
import { EXPECTED_DOMAINS } from './expected-domains'
import { restOf } from './rest'
import { DOMAIN_SAMPLES } from './samples'
import { english } from '../../../shared/phrases/english'

const TARGETS: readonly Pluggable[] = [
  { type: 'network', network: 'default' },
  { type: 'network', network: 'a & "b" <ü>' },
  { type: 'bridge', bridge: 'br0' },
]

/** Samples where a MAC does not say which NIC is meant, which is refused. */
const AMBIGUOUS = ['hostdev-of-pci', 'two-cards-with-one-mac', 'card-without-a-mac']

const NICS = DOMAIN_SAMPLES.filter(({ name }) => !AMBIGUOUS.includes(name)).flatMap(({ name, xml: domain }) =>
  (EXPECTED_DOMAINS[name]?.nics ?? []).map(({ mac, attachment }) => {
    const xml = extractInterface(domain, mac) ?? ''
    return { name, mac, attachment, xml, domain }
  }),
)
const SWITCHED = NICS.filter(({ attachment }) => attachment.type !== 'other')
const FIXED = NICS.filter(({ attachment }) => attachment.type === 'other')

/** Those of which nothing but the name of their place is said, so that it can be said again. */
const NAMED_ALONE = SWITCHED.flatMap(({ attachment, ...nic }) =>
  attachment.type !== 'network' && attachment.type !== 'bridge'
    ? []
    : /<source\s+\w+=("[^"]*"|'[^']*')\s*\/?>/.test(nic.xml) && !nic.xml.includes('<virtualport')
      ? [{ ...nic, attachment }]
      : [],
)

const elsewhere = (attachment: Pluggable): Pluggable =>
  attachment.type === 'bridge' ? { type: 'network', network: 'away' } : { type: 'bridge', bridge: 'away0' }

const namesIn = (xml: string): string[] => parseXml(xml, 'interface').children.map(({ name }) => name)

describe('a NIC of a sample', () => {
  it.each(NICS)('$mac is taken out of $name whole', ({ xml, domain }) => {
    expect(canonical(domain)).toContain(canonical(xml))
  })

  describe.each(SWITCHED)('$mac of $name', ({ xml }) => {
    it.each(TARGETS)('changes its place alone when it is plugged into %o', (to) => {
      const moved = plugInto(xml, to)
      expect(attachmentOfInterface(parseXml(moved, 'interface'))).toEqual(to)
      expect(restOf(moved)).toBe(restOf(xml))
      expect(namesIn(moved)).toEqual(namesIn(xml).filter((name) => name !== 'virtualport'))
      const [source, ...more] = elementsOf(parseDocument(moved, 'interface').root, 'source')
      expect([source?.attributes.length, source?.childNodes.length, more]).toEqual([1, 0, []])
    })

    it('has its link cut and brought back without anything else changing', () => {
      const cut = withLink(xml, 'down')
      expect(linkOf(cut)).toBe('down')
      expect(canonical(withLink(cut, linkOf(xml)))).toBe(canonical(xml))
    })
  })

  it.each(NAMED_ALONE)(
    '$mac of $name is back in every character after it was elsewhere',
    ({ xml, attachment }) => {
      const away = plugInto(xml, elsewhere(attachment))
      expect(canonical(away)).not.toBe(canonical(xml))
      expect(canonical(plugInto(away, attachment))).toBe(canonical(xml))
    },
  )

  it.each(FIXED)('$mac of $name is refused with what it is and why', ({ name, mac, attachment, xml }) => {
    let failure = null
    try {
      const saved = { affect: 2, xml, domainXml: '<domain/>', attachment }
      planSwitch(
        { live: null, saved },
        { machine: name, mac, to: { type: 'bridge', bridge: 'br0' }, live: false },
      )
    } catch (thrown) {
      failure = toFailure(thrown)
    }
    expect(failure?.code).toBe('unsupported')
    expect(english(failure?.message ?? '')).toContain(
      attachment.type === 'other' ? english(attachment.description) : '',
    )
    const isKnown = name !== 'type-that-nobody-knows-yet'
    expect(english(failure?.message ?? '').includes('does not know this type')).toBe(!isKnown)
  })

  it.each(AMBIGUOUS.slice(0, 2))('of %s is not chosen by a MAC that two have', (name) => {
    const { xml } = DOMAIN_SAMPLES.find((sample) => sample.name === name) ?? { xml: '' }
    const mac = EXPECTED_DOMAINS[name]?.nics[0]?.mac ?? ''
    expect(() => extractInterface(xml, mac)).toThrow('2 network cards')
  })
})
