import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseInterfaces, parseLines, printLines } from '../../../../electron/host/managers/ifupdown/syntax'
import { anyText, INSTALLED } from './texts'

describe('interfaces(5)', () => {
  it('keeps every byte', () => {
    fc.assert(fc.property(anyText, (text) => printLines(parseLines(text)) === text))
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => printLines(parseLines(text)) === text))
  })

  it('reads what Debian’s installer writes', () => {
    const { stanzas, namings, sources, faults } = parseInterfaces(INSTALLED)
    expect(stanzas.map(({ name, family, method }) => [name, family, method])).toEqual([
      ['lo', 'inet', 'loopback'],
      ['enp3s0', 'inet', 'dhcp'],
    ])
    expect(namings).toEqual([
      { word: 'auto', names: ['lo'] },
      { word: 'allow-hotplug', names: ['enp3s0'] },
    ])
    expect(sources).toEqual([{ word: 'source', pattern: '/etc/network/interfaces.d/*' }])
    expect(faults).toEqual([])
  })

  // What “ifquery” of ifupdown 0.8.41 prints for the same text.
  it('joins continued lines, and takes a comment within one for a part of it', () => {
    const text = 'iface foo inet static\n  # c \\\n\tup echo a \\\n  # b \\\n   c  \n up x\\ \n'
    const [stanza] = parseInterfaces(text).stanzas
    expect(stanza?.options.map(({ name, value }) => [name, value])).toEqual([
      ['up', 'echo a   # b    c'],
      ['up', 'x\\'],
    ])
  })

  it('reads a line that the end of the file cuts off', () => {
    const [stanza] = parseInterfaces('iface foo inet static\n address 1.2.3.4/24\\').stanzas
    expect(stanza?.options).toMatchObject([{ name: 'address', value: '1.2.3.4/24' }])
  })

  it('lets “auto” alone stand for the stanza around it, which goes on', () => {
    const { stanzas, namings, faults } = parseInterfaces(
      'iface foo inet6 auto\n auto\n no-scripts\n dhcp 1\nauto bar\n dhcp 1\n',
    )
    expect(stanzas).toMatchObject([{ marks: ['auto', 'no-scripts'], options: [{ name: 'dhcp' }] }])
    expect(namings).toEqual([{ word: 'auto', names: ['bar'] }])
    expect(faults).toEqual([{ line: 6, text: 'dhcp 1' }])
  })

  it.each([
    'iface foo\n',
    'iface foo inet\n',
    'iface foo inet dhcp\n mtu\n',
    'mtu 1500\n',
    'mapping x\n up y\n',
  ])('finds fault with %j, as ifupdown does', (text) => {
    expect(parseInterfaces(text).faults).toHaveLength(1)
  })

  it('knows templates', () => {
    const { stanzas } = parseInterfaces('iface a inherits t\niface b inet static inherits t\n')
    expect(stanzas).toMatchObject([
      { name: 'a', inherits: 't', method: '' },
      { name: 'b', inherits: 't', method: 'static' },
    ])
  })
})
