import { diffLines as diffOfLines } from 'diff'
import type { Hunk, HunkLine } from './snapshot'

/** Lines shown around a change. */
const AROUND = 2

/** Lines that may come and go; its work grows with the square of them. */
const MOST_EDITS = 2_000

/** The lines that differ between two texts, with some around them. Pure. */
export function diffLines(before: string, now: string): Hunk[] {
  return hunksOf(editScript(before, now))
}

/** The text after the hunks; `patchLines(a, diffLines(a, b))` equals `b`. Pure. */
export function patchLines(before: string, hunks: readonly Hunk[]): string {
  const lines = linesOf(before)
  const patched: string[] = []
  let next = 0
  for (const hunk of hunks) {
    patched.push(...lines.slice(next, hunk.before - 1))
    patched.push(...hunk.lines.flatMap(({ kind, text }) => (kind === 'removed' ? [] : [text])))
    next = hunk.before - 1 + hunk.lines.filter(({ kind }) => kind !== 'added').length
  }
  return [...patched, ...lines.slice(next)].join('')
}

/** Each with its line break, which the last one may lack. */
const linesOf = (text: string): string[] => (text === '' ? [] : text.split(/(?<=\n)/))

/** Every line of both texts in order; where that would take too long, everything is replaced. */
function editScript(before: string, now: string): HunkLine[] {
  const parts = diffOfLines(before, now, { maxEditLength: MOST_EDITS })
  if (parts === undefined) {
    return [...linesOf(before).map(as('removed')), ...linesOf(now).map(as('added'))]
  }
  return parts.flatMap(({ value, added, removed }) =>
    linesOf(value).map(as(added ? 'added' : removed ? 'removed' : 'kept')),
  )
}

const as =
  (kind: HunkLine['kind']) =>
  (text: string): HunkLine => ({ kind, text })

/** Groups changes that are near each other, and leaves out the rest. */
function hunksOf(script: readonly HunkLine[]): Hunk[] {
  const hunks: { before: number; now: number; lines: HunkLine[] }[] = []
  let [before, now] = [1, 1]
  for (const [index, line] of script.entries()) {
    if (script.slice(Math.max(0, index - AROUND), index + AROUND + 1).some(({ kind }) => kind !== 'kept')) {
      const open = hunks.at(-1)
      const follows = open !== undefined && open.before + count(open.lines, 'added') === before
      if (follows && open.now + count(open.lines, 'removed') === now) open.lines.push(line)
      else hunks.push({ before, now, lines: [line] })
    }
    if (line.kind !== 'added') before += 1
    if (line.kind !== 'removed') now += 1
  }
  return hunks
}

/** How many lines a hunk has on the side that lacks lines of this kind. */
const count = (lines: readonly HunkLine[], missing: HunkLine['kind']): number =>
  lines.filter(({ kind }) => kind !== missing).length
