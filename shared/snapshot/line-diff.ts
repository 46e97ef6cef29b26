import type { Hunk, HunkLine } from './snapshot'

/** Lines shown around a change. */
const AROUND = 2

/** Pairs of lines that are compared one by one; more, and everything between the first and the last change is replaced. */
const MOST_PAIRS = 1_000_000

/** The lines that differ between two texts, with some around them. Pure. */
export function diffLines(before: string, now: string): Hunk[] {
  return hunksOf(editScript(linesOf(before), linesOf(now)))
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

function editScript(before: readonly string[], now: readonly string[]): HunkLine[] {
  const shortest = Math.min(before.length, now.length)
  let head = 0
  while (head < shortest && before[head] === now[head]) head += 1
  let tail = 0
  while (tail < shortest - head && before[before.length - 1 - tail] === now[now.length - 1 - tail]) tail += 1
  const middle = (lines: readonly string[]): readonly string[] => lines.slice(head, lines.length - tail)
  return [
    ...before.slice(0, head).map(as('kept')),
    ...changes(middle(before), middle(now)),
    ...before.slice(before.length - tail).map(as('kept')),
  ]
}

const as =
  (kind: HunkLine['kind']) =>
  (text: string): HunkLine => ({ kind, text })

function changes(before: readonly string[], now: readonly string[]): HunkLine[] {
  if (before.length * now.length > MOST_PAIRS) return [...before.map(as('removed')), ...now.map(as('added'))]
  const common = commonLengths(before, now)
  const script: HunkLine[] = []
  let [i, j] = [0, 0]
  while (i < before.length || j < now.length) {
    const [old, fresh] = [before[i], now[j]]
    if (old !== undefined && old === fresh) {
      script.push({ kind: 'kept', text: old })
      i += 1
      j += 1
    } else if (old !== undefined && (fresh === undefined || common(i + 1, j) >= common(i, j + 1))) {
      script.push({ kind: 'removed', text: old })
      i += 1
    } else if (fresh !== undefined) {
      script.push({ kind: 'added', text: fresh })
      j += 1
    }
  }
  return script
}

/** How many lines two texts have in common, in order, from a line of each on. */
function commonLengths(before: readonly string[], now: readonly string[]): (i: number, j: number) => number {
  const width = now.length + 1
  const lengths = new Uint32Array((before.length + 1) * width)
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--) {
      lengths[i * width + j] =
        before[i] === now[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
    }
  }
  return at
}

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
