import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { elementsOf, parseDocument, serialize } from '../../../electron/libvirt/dom'
import { parseXml } from '../../../electron/libvirt/xml'
import { attachmentOfInterface } from '../../../electron/machines/attachment-xml'
import {
  extractInterface,
  linkOf,
  plugInto,
  withLink,
  type Pluggable,
} from '../../../electron/machines/interface-xml'
import { ownXml } from '../../../electron/machines/own-xml'
import { parseMachine } from '../../../electron/machines/machine-xml'
import { parseNetwork } from '../../../electron/networks/network-xml'
import { canonical } from './canonical'
import { domain } from './generate/domain'
import { switchedInterface, type GeneratedInterface } from './generate/interface'
import { network } from './generate/network'
import { visibleText } from './generate/text'
import { written } from './generate/write'
import { noteKept } from '../machines/kept-notes'
import { restOf, wholeOf } from './rest'

const rewritten = (xml: string, name: string): string => serialize(parseDocument(xml, name).root)

/** The same markup, written in some way. */
const asXml = <T extends { markup: Parameters<typeof written>[0] }>(arbitrary: fc.Arbitrary<T>) =>
  arbitrary.chain((made) => written(made.markup).map((xml) => ({ ...made, xml })))

describe('a generated network', () => {
  it('is read as what it was made from', () => {
    fc.assert(
      fc.property(asXml(network), ({ xml, name, kind, bridge, links, subnets }) => {
        expect(parseNetwork(xml)).toMatchObject({ name, kind, bridge, links, subnets })
      }),
      { numRuns: 400 },
    )
  })

  it('is the same when it is written back', () => {
    fc.assert(
      fc.property(asXml(network), ({ xml }) => {
        expect(canonical(rewritten(xml, 'network'))).toBe(canonical(xml))
      }),
      { numRuns: 400 },
    )
  })
})

const seen = ({ mac, model, alias, tap, linkUp, attachment }: GeneratedInterface) => ({
  mac: mac.toLowerCase(),
  model,
  alias,
  tap,
  linkUp,
  attachment: attachment === 'other' ? { type: 'other' } : attachment,
})

describe('a generated machine', () => {
  it('is read as what it was made from', () => {
    fc.assert(
      fc.property(asXml(domain), ({ xml, title, nics }) => {
        expect(parseMachine(xml)).toMatchObject({ title: title?.trim() ?? null, nics: nics.map(seen) })
      }),
      { numRuns: 300 },
    )
  })

  it('is the same when it is written back, and so is each of its NICs', () => {
    fc.assert(
      fc.property(asXml(domain), ({ xml, nics }) => {
        expect(canonical(rewritten(xml, 'domain'))).toBe(canonical(xml))
        for (const { mac } of nics)
          expect(canonical(xml)).toContain(canonical(extractInterface(xml, mac) ?? '!'))
      }),
      { numRuns: 300 },
    )
  })
})

const target: fc.Arbitrary<Pluggable> = fc.oneof(
  visibleText.map((name) => ({ type: 'network', network: name }) as const),
  visibleText.map((name) => ({ type: 'bridge', bridge: name }) as const),
)

function withMode(xml: string): string {
  const { root } = parseDocument(xml, 'interface')
  for (const source of elementsOf(root, 'source')) {
    if (source.hasAttribute('dev') && !source.hasAttribute('mode')) source.setAttribute('mode', 'vepa')
  }
  return serialize(root)
}

describe('a generated NIC', () => {
  it('changes its place alone when it is plugged in elsewhere', () => {
    fc.assert(
      fc.property(asXml(switchedInterface), target, ({ xml }, to) => {
        const moved = plugInto(xml, to)
        expect(attachmentOfInterface(parseXml(moved, 'interface'))).toEqual(to)
        expect(restOf(moved)).toBe(restOf(xml))
      }),
      { numRuns: 300 },
    )
  })

  it('is the same after it was elsewhere, when it goes back to where the note says it was', () => {
    fc.assert(
      fc.property(asXml(switchedInterface), target, ({ xml }, to) => {
        // Without what libvirt chose for a running NIC: where its network leads, and the mode that is meant without one.
        const before = withMode(ownXml(xml, { migratable: null, saved: null }))
        const was = attachmentOfInterface(parseXml(before, 'interface'))
        if (was.type === 'other') return
        const noted = noteKept({ mac: 'x', was, mtu: null })?.was
        expect(noted).toEqual(was)
        expect(wholeOf(plugInto(plugInto(before, to), noted ?? to))).toEqual(wholeOf(before))
      }),
      { numRuns: 300 },
    )
  })

  it('comes back from wherever it was as it is at its second place', () => {
    fc.assert(
      fc.property(asXml(switchedInterface), target, target, ({ xml }, first, second) => {
        const there = plugInto(xml, first)
        expect(canonical(plugInto(plugInto(there, second), first))).toBe(canonical(there))
      }),
      { numRuns: 200 },
    )
  })

  it('has its link cut and brought back without anything else changing', () => {
    fc.assert(
      fc.property(asXml(switchedInterface), ({ xml, linkUp }) => {
        const cut = withLink(xml, 'down')
        expect(linkOf(cut)).toBe('down')
        expect(canonical(withLink(cut, linkOf(xml)))).toBe(canonical(xml))
        expect(linkOf(xml) !== 'down').toBe(linkUp)
      }),
      { numRuns: 200 },
    )
  })
})
