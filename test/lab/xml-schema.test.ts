import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDocument, serialize } from '../../electron/libvirt/dom'
import { attachmentOfInterface } from '../../electron/machines/attachment-xml'
import { plugInto } from '../../electron/machines/interface-xml'
import { parseMachine } from '../../electron/machines/machine-xml'
import { parseNetwork } from '../../electron/networks/network-xml'
import { parseXml } from '../../electron/libvirt/xml'
import { canonical } from '../unit/xml/canonical'
import { documentsOf } from '../unit/xml/generate/schema'
import { written } from '../unit/xml/generate/write'
import { restOf } from '../unit/xml/rest'

/** The schemas of the libvirt that is installed here say what its XML can be. */
const SCHEMAS = '/usr/share/libvirt/schemas'
const RUNS = { numRuns: 1000 }

const documents = (file: string, start: string) => documentsOf(`${SCHEMAS}/${file}.rng`)(start).chain(written)
const rewritten = (xml: string, name: string): string => serialize(parseDocument(xml, name).root)

describe('whatever libvirt’s own schema describes', () => {
  it('as a network is read, and is the same when it is written back', () => {
    const kinds = new Set<string>()
    fc.assert(
      fc.property(documents('network', 'network'), (xml) => {
        kinds.add(parseNetwork(xml).kind)
        expect(canonical(rewritten(xml, 'network'))).toBe(canonical(xml))
      }),
      RUNS,
    )
    expect([...kinds].sort()).toEqual(
      ['bridged', 'isolated', 'macvtap', 'nat', 'open', 'other', 'routed', 'very-isolated'].sort(),
    )
  })

  it('as a machine is read, and is the same when it is written back', () => {
    let nics = 0
    fc.assert(
      fc.property(documents('domain', 'domain'), (xml) => {
        nics += parseMachine(xml).nics.length
        expect(canonical(rewritten(xml, 'domain'))).toBe(canonical(xml))
      }),
      RUNS,
    )
    expect(nics).toBeGreaterThan(0)
  })

  it('as a NIC says what it is, and changes its place alone when it is plugged in elsewhere', () => {
    const types = new Set<string>()
    const to = { type: 'bridge', bridge: 'br0' } as const
    fc.assert(
      fc.property(documents('domain', 'interface'), (xml) => {
        const interfaceElement = parseXml(xml, 'interface')
        types.add(interfaceElement.attributes.type ?? '')
        const { type } = attachmentOfInterface(interfaceElement)
        if (type === 'other') return
        const moved = plugInto(xml, to)
        expect(attachmentOfInterface(parseXml(moved, 'interface'))).toEqual(to)
        expect(restOf(moved)).toBe(restOf(xml))
      }),
      RUNS,
    )
    expect(types.size).toBeGreaterThan(12)
  })
})
