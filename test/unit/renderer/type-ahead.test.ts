import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isTyped, typeAhead, type Pressed, type Typed } from '../../../renderer/model/type-ahead'

const NAMES = ['build-agent', 'db-dev', 'nas', 'node-01', 'node-02', 'Node-10', 'win 11', 'win11']

/** Where the list is after a text was typed without a pause. */
function typedAt(text: string, from: number, names: readonly string[] = NAMES): number {
  let before: Typed | null = null
  let at = from
  for (const [step, key] of text.split('').entries()) {
    const { typed, index } = typeAhead(key, step * 100, before, names, at)
    before = typed
    at = index ?? at
  }
  return at
}

const nameAfter = (text: string, from = 0): string | undefined => NAMES[typedAt(text, from)]

describe('typing a name in a list', () => {
  it('jumps to the name, in any case, with digits and signs', () => {
    expect(nameAfter('db')).toBe('db-dev')
    expect(nameAfter('node-02')).toBe('node-02')
    expect(nameAfter('NODE-10')).toBe('Node-10')
    expect(nameAfter('win ')).toBe('win 11')
  })

  it('goes through the names with one letter, and begins again at the end', () => {
    expect(nameAfter('n')).toBe('nas')
    expect(nameAfter('nn')).toBe('node-01')
    expect(nameAfter('nnnn')).toBe('Node-10')
    expect(nameAfter('nnnnn')).toBe('nas')
    expect(nameAfter('b', 0)).toBe('build-agent')
  })

  it('stays where nothing begins so', () => {
    expect(typedAt('x', 3)).toBe(3)
    expect(typedAt('node-03', 0)).toBe(NAMES.indexOf('node-01'))
    expect(typedAt('n', -1, [])).toBe(-1)
  })

  it('begins anew after a pause', () => {
    const first = typeAhead('n', 0, null, NAMES, 0)
    const later = typeAhead('d', 5000, first.typed, NAMES, first.index ?? 0)
    expect([later.typed.text, NAMES[later.index ?? -1]]).toEqual(['d', 'db-dev'])
  })

  it('ends at the first name that begins with the whole text, wherever it began', () => {
    const name = fc.string({ minLength: 2, maxLength: 6 })
    fc.assert(
      fc.property(
        fc.array(name, { minLength: 1, maxLength: 6 }),
        fc.nat(5),
        fc.nat(5),
        (names, pick, from) => {
          const wanted = names[pick % names.length] ?? ''
          const at = typedAt(wanted, from % names.length, names)
          expect(names[at]?.toLocaleLowerCase().startsWith(wanted.toLocaleLowerCase())).toBe(true)
        },
      ),
    )
  })
})

describe('what counts as typed', () => {
  const key = (key: string, change: Partial<Pressed> = {}): Pressed => ({
    ...{ key, ctrlKey: false, altKey: false, metaKey: false },
    ...change,
  })

  it('is a letter, a digit or a sign, but no key with a name and no shortcut', () => {
    for (const one of ['l', 'N', '7', '-', 'ñ']) expect(isTyped(key(one), 0, null)).toBe(true)
    for (const one of ['Enter', 'F5', 'Escape', 'ArrowUp']) expect(isTyped(key(one), 0, null)).toBe(false)
    expect(isTyped(key('a', { ctrlKey: true }), 0, null)).toBe(false)
    expect(isTyped(key('l', { altKey: true }), 0, null)).toBe(false)
  })

  it('is a space only within a name', () => {
    expect(isTyped(key(' '), 50, null)).toBe(false)
    expect(isTyped(key(' '), 50, { text: 'win', at: 0 })).toBe(true)
    expect(isTyped(key(' '), 5000, { text: 'win', at: 0 })).toBe(false)
  })
})
