import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { marksOf } from '../../../../electron/host/managers/ifupdown/config'
import { bridgeStanzas } from '../../../../electron/host/managers/ifupdown/derive'
import {
  appendBlock,
  editsFor,
  type FileEdit,
  isEdited,
  ownFileFor,
  reversed,
} from '../../../../electron/host/managers/ifupdown/edit'
import { parseInterfaces, physicalLines } from '../../../../electron/host/managers/ifupdown/syntax'
import { anyText, INSTALLED, someConfig } from './texts'

const edit = (texts: string | Record<string, string>): FileEdit[] => {
  const config = someConfig(texts)
  return editsFor(config, 'enp3s0', 'br0', bridgeStanzas(config, 'enp3s0', 'br0'))
}

const first = (edits: readonly FileEdit[]): FileEdit => {
  const [one] = edits
  if (!one) throw new Error('nothing is edited')
  return one
}

describe('the edit of ifupdown’s files', () => {
  it('comments the stanza out and writes a file of its own where such files are read', () => {
    const [main, own, ...more] = edit(INSTALLED)
    expect(main?.after).toBe(INSTALLED.replace('iface enp3s0', '#patchbay-br0# iface enp3s0'))
    expect(own).toMatchObject({ path: ownFileFor('br0'), before: null })
    expect(more).toEqual([])
  })

  it('appends a block where no folder is read', () => {
    const [main, ...more] = edit(INSTALLED.replace(/^source.*\n/m, ''))
    expect(main?.after).toMatch(/# patchbay br0: begin\n[^]*iface br0 inet dhcp[^]*# patchbay br0: end\n$/)
    expect(more).toEqual([])
  })

  it('edits the file that has the stanza, where its bytes are', () => {
    const config = someConfig({
      '/etc/network/interfaces': 'source net/*\n',
      '/etc/network/net/a': 'iface enp3s0 inet dhcp',
    })
    const files = config.files.map((file) => ({ ...file, realPath: `/srv${file.path}` }))
    const edits = editsFor({ ...config, files }, 'enp3s0', 'br0', 'X\n')
    expect(edits.map(({ path }) => path)).toEqual(['/srv/etc/network/interfaces', '/srv/etc/network/net/a'])
    expect(edits[1]?.after).toBe('#patchbay-br0# iface enp3s0 inet dhcp')
  })

  it('comments out every line of a continued one', () => {
    const { after } = first(edit('iface enp3s0 inet dhcp\n  # mine\n  up a \\\n    b\r\n\n'))
    expect(after).toContain('#patchbay-br0#   up a \\\n#patchbay-br0#     b\r\n\n# patchbay br0: begin')
    expect(after).toContain('\n  # mine\n')
  })

  it('leaves one stanza of each kind to the bridge, and only a plain one to the NIC', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const before = parseInterfaces(text)
        fc.pre(before.faults.length === 0 && before.stanzas.some(({ name }) => name === 'enp3s0'))
        const config = someConfig(text)
        const all = someConfig(Object.fromEntries(edit(text).map(({ path, after }) => [path, after])))
        const kinds = (name: string, of = all.stanzas) =>
          of.filter((stanza) => stanza.name === name).map(({ family, method }) => `${family} ${method}`)
        expect(kinds('br0')).toEqual(kinds('enp3s0', config.stanzas))
        expect(kinds('enp3s0').every((kind) => kind.endsWith(' manual'))).toBe(true)
        expect(kinds('lo')).toEqual(kinds('lo', config.stanzas))
        if (kinds('br0').length > 0) {
          expect(marksOf(all, 'br0').sort()).toEqual(marksOf(config, 'enp3s0').sort())
          expect(marksOf(all, 'enp3s0').sort()).toEqual(marksOf(config, 'enp3s0').sort())
        }
      }),
    )
  })
})

/** The user's own changes: lines that come before any line, and lines that go. */
const changes = fc.array(
  fc.record({
    at: fc.nat(),
    remove: fc.boolean(),
    line: fc.constantFrom('# mine\n', '\n', 'iface wg0 inet manual\n'),
  }),
)

describe('taking it back', () => {
  it('gives the same bytes while nobody changed the file', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const one of edit(text)) {
          expect(reversed(one, one.after, 'br0')).toBe(one.before)
          // Also when it has to look at the lines, as something was added.
          if (one.before !== null) {
            expect(reversed(one, `# x\n${one.after}`, 'br0')).toBe(`# x\n${one.before}`)
          }
        }
      }),
    )
  })

  it('gives what the user would have without us, after changes elsewhere', () => {
    fc.assert(
      fc.property(anyText, changes, (text, wanted) => {
        fc.pre(!text.endsWith('\\') && someConfig(text).stanzas.some(({ name }) => name === 'enp3s0'))
        const one = first(edit(text))
        const [mine, edited] = [text, one.after].map(physicalLines)
        if (!mine || !edited) throw new Error('unreachable')
        for (const { at, remove, line } of wanted) {
          // Places before the last line are the same in both; what follows it may be our block.
          if (mine.length < 2) break
          const place = at % (mine.length - 1)
          const count = remove && !isEdited(edited[place] ?? '', 'br0') ? 1 : 0
          mine.splice(place, count, line)
          edited.splice(place, count, line)
        }
        expect(reversed(one, edited.join(''), 'br0')).toBe(mine.join(''))
      }),
    )
  })

  it('keeps what the user added after our block', () => {
    const one = first(edit('iface enp3s0 inet dhcp'))
    expect(reversed(one, `${one.after}auto wg0\n`, 'br0')).toBe('iface enp3s0 inet dhcp\nauto wg0\n')
  })

  it.each([
    ['a line of ours was changed', (text: string) => text.replace('inet dhcp', 'inet static')],
    ['a line of ours was taken back', (text: string) => text.replace('#patchbay-br0# ', '')],
    ['our block was changed', (text: string) => text.replace('post-down', 'down')],
    ['a mark of ours is gone', (text: string) => text.replace('# patchbay br0: end\n', '')],
  ])('is refused when %s', (_what, change) => {
    const one = first(edit('auto enp3s0\niface enp3s0 inet dhcp\n'))
    expect(() => reversed(one, change(one.after), 'br0')).toThrow(
      /\/etc\/network\/interfaces has other lines/,
    )
  })

  it('removes the own file, unless somebody changed it', () => {
    const own = edit(INSTALLED)[1]
    if (!own) throw new Error('no own file')
    expect(reversed(own, own.after, 'br0')).toBeNull()
    expect(reversed(own, null, 'br0')).toBeNull()
    expect(() => reversed(own, `${own.after}# mine\n`, 'br0')).toThrow('was changed since')
  })

  it('does not let a continued last line take the block in', () => {
    for (const text of [
      'auto lo\\',
      'auto lo\\\n',
      'auto lo \\\n\\',
      'auto lo',
      'auto lo\\\\\n',
      'auto lo\\\\',
    ]) {
      const after = appendBlock(text, 'auto br0\n', 'br0')
      expect(parseInterfaces(after).namings).toEqual([
        { word: 'auto', names: ['lo'] },
        { word: 'auto', names: ['br0'] },
      ])
      expect(reversed({ path: 'x', before: '', after }, `#\n${after}`, 'br0')).toBe(`#\n${text}`)
    }
  })
})
