import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { diffLines, patchLines } from '../../../shared/snapshot/line-diff'

const anyText = fc
  .array(fc.constantFrom('auto enp3s0', 'iface enp3s0 inet dhcp', '', '# bridge', 'gateway'), {
    maxLength: 20,
  })
  .chain((lines) => fc.constantFrom(lines.join('\n'), lines.map((line) => `${line}\n`).join('')))

/** The text before, as far as the hunks tell it. */
const asShown = (before: string, hunks: ReturnType<typeof diffLines>) =>
  hunks.every((hunk) => {
    const lines = before.match(/[^\n]*\n|[^\n]+/g) ?? []
    const shown = hunk.lines.filter(({ kind }) => kind !== 'added').map(({ text }) => text)
    return shown.every((text, index) => lines[hunk.before - 1 + index] === text)
  })

describe('the lines that differ', () => {
  it('are named with two lines around them', () => {
    const before = ['1', '2', '3', '4', '5', '6', '7', '8', '9', ''].join('\n')
    expect(diffLines(before, before.replace('5', 'five'))).toEqual([
      {
        before: 3,
        now: 3,
        lines: [
          { kind: 'kept', text: '3\n' },
          { kind: 'kept', text: '4\n' },
          { kind: 'removed', text: '5\n' },
          { kind: 'added', text: 'five\n' },
          { kind: 'kept', text: '6\n' },
          { kind: 'kept', text: '7\n' },
        ],
      },
    ])
  })

  it('that are far from each other are shown apart', () => {
    const before = Array.from({ length: 30 }, (_, index) => String(index)).join('\n')
    const now = before.replace('2\n', 'two\n').replace('\n27', '\ntwenty-seven')
    expect(diffLines(before, now).map((hunk) => [hunk.before, hunk.now])).toEqual([
      [1, 1],
      [26, 26],
    ])
  })

  it('turn the one text into the other, and say nothing wrong about the first', () => {
    fc.assert(
      fc.property(anyText, anyText, (before, now) => {
        const hunks = diffLines(before, now)
        expect(patchLines(before, hunks)).toBe(now)
        expect(asShown(before, hunks)).toBe(true)
        expect(hunks.length === 0).toBe(before === now)
      }),
    )
  })

  it('also turn texts that are too long to be compared line by line', () => {
    const [before, now] = ['a', 'b'].map((word) =>
      Array.from({ length: 1_500 }, (_, index) => (index % 7 === 0 ? 'same' : `${word}${index}`)).join('\n'),
    )
    expect(patchLines(before ?? '', diffLines(before ?? '', now ?? ''))).toBe(now)
  })
})
