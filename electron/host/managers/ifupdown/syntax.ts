/**
 * The words of interfaces(5), as ifupdown 0.8.41 reads them (config.c, `get_line` and `read_interfaces_defn`).
 * Text here has one character for each byte (latin1), so that whatever a file holds is kept.
 */

/** One line as ifupdown sees it: continued lines are joined, and `raw` has every byte of them. */
export interface Line {
  raw: string
  /** The first word; empty for a blank line or a comment. */
  word: string
  /** What follows the first word, without the white space around it. */
  rest: string
}

/** C's isspace in the C locale; JavaScript's `\s` would also take a byte 0xa0 for one. */
const SPACE = '[ \\t\\n\\v\\f\\r]'
const leading = new RegExp(`^${SPACE}+`)
const trailing = new RegExp(`${SPACE}+$`)
const between = new RegExp(`${SPACE}+`)

export const trim = (text: string): string => text.replace(leading, '').replace(trailing, '')

/** The words of a text, split at white space. */
export const wordsOf = (text: string): string[] => trim(text).split(between).filter(Boolean)

/** The lines of a text, each with its end; the last one may have none. */
export const physicalLines = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? []

/** Splits a file into lines. `printLines` gives every byte back. */
export function parseLines(text: string): Line[] {
  const physical = physicalLines(text)
  const lines: Line[] = []
  for (let at = 0; at < physical.length;) {
    const first = physical[at++] ?? ''
    let raw = first
    let joined = withoutNewline(first).replace(leading, '')
    // Comments are skipped before continuations are looked for: they are never continued, and never continue a line.
    const comment = joined.startsWith('#')
    while (!comment && joined.endsWith('\\')) {
      const next = physical[at++] ?? ''
      raw += next
      joined = joined.slice(0, -1) + withoutNewline(next)
    }
    lines.push({ raw, ...(comment ? { word: '', rest: '' } : split(joined)) })
  }
  return lines
}

function split(joined: string): { word: string; rest: string } {
  const text = joined.replace(trailing, '')
  // White space at the start can only come from a continued line here; the word before it is then empty, which
  // ifupdown takes for an option without a name.
  const [word = ''] = text.split(between, 1)
  return { word, rest: text.slice(word.length).replace(leading, '') }
}

const withoutNewline = (line: string): string => (line.endsWith('\n') ? line.slice(0, -1) : line)

export const printLines = (lines: readonly Line[]): string => lines.map(({ raw }) => raw).join('')

export interface Option {
  name: string
  value: string
  /** Its place in the file's lines. */
  line: number
}

export interface Stanza {
  /** `iface NAME FAMILY METHOD`. */
  name: string
  family: string
  method: string
  /** The stanza whose options this one takes over, with `inherits`. */
  inherits: string | null
  options: readonly Option[]
  /** Words such as `auto` and `allow-hotplug` that stand alone within the stanza, and hold for its name. */
  marks: readonly string[]
  /** The places of its lines, without the comments and blank lines between them. */
  lines: readonly number[]
}

/** `mapping PATTERN…` with its script. */
export interface Mapping {
  patterns: readonly string[]
}

/** `auto`, `allow-…`, `no-auto-down`, `no-scripts`, `rename`, with the names that follow. */
export interface Naming {
  word: string
  names: readonly string[]
}

export interface Parsed {
  lines: readonly Line[]
  stanzas: readonly Stanza[]
  mappings: readonly Mapping[]
  namings: readonly Naming[]
  /** The text after each `source` or `source-directory`, in order. */
  sources: readonly { word: 'source' | 'source-directory'; pattern: string }[]
  /** Lines that ifupdown stops at or drops, with their number; the rest of the file does not count for it. */
  faults: readonly { line: number; text: string }[]
}

/** A word that names links, alone within a stanza or followed by names. */
const isNaming = (word: string): boolean =>
  ['auto', 'no-auto-down', 'no-scripts'].includes(word) || /^allow-./.test(word)

type Open = { kind: 'iface'; stanza: Building } | { kind: 'mapping' } | null

interface Building extends Stanza {
  options: Option[]
  marks: string[]
  lines: number[]
}

/** Reads one file. */
export function parseInterfaces(text: string): Parsed {
  const lines = parseLines(text)
  const [stanzas, mappings, namings]: [Building[], Mapping[], Naming[]] = [[], [], []]
  const [sources, faults]: [Parsed['sources'][number][], Parsed['faults'][number][]] = [[], []]
  let open: Open = null
  lines.forEach((line, index) => {
    const { word, rest } = line
    const fault = (): void => void faults.push({ line: index + 1, text: trim(line.raw) })
    if (word === '' && rest === '') return
    if (word === 'mapping') {
      mappings.push({ patterns: wordsOf(rest) })
      open = { kind: 'mapping' }
    } else if (word === 'source' || word.startsWith('source-dir')) {
      sources.push({ word: word === 'source' ? word : 'source-directory', pattern: rest })
      open = null
    } else if (word === 'iface') {
      const stanza = stanzaOf(rest, index)
      if (stanza) stanzas.push(stanza)
      else fault()
      open = stanza ? { kind: 'iface', stanza } : null
    } else if (isNaming(word) && rest === '' && open?.kind === 'iface') {
      open.stanza.marks.push(word)
      open.stanza.lines.push(index)
    } else if (isNaming(word) || word === 'rename') {
      namings.push({ word, names: wordsOf(rest) })
      open = null
    } else if (open?.kind === 'iface' && /^[^#]/.test(word) && rest !== '') {
      open.stanza.options.push({ name: word, value: rest, line: index })
      open.stanza.lines.push(index)
    } else if (open?.kind !== 'mapping' || !['script', 'map'].includes(word)) {
      fault()
    }
  })
  return { lines, stanzas, mappings, namings, sources, faults }
}

/** `NAME [FAMILY [METHOD]] [inherits OTHER]`; null when there is neither a method nor somebody to take it from. */
function stanzaOf(text: string, line: number): Building | null {
  const words = wordsOf(text)
  const [name, ...more] = words
  const at = more.indexOf('inherits')
  const inherits = at === -1 ? null : (more[at + 1] ?? null)
  const [family = '', method = ''] = at === -1 ? more : more.slice(0, at)
  if (name === undefined || (inherits === null && method === '')) return null
  return { name, family, method, inherits, options: [], marks: [], lines: [line] }
}
