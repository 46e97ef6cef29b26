/**
 * /etc/network/interfaces line by line, so that every byte of it can be written back (interfaces(5), ifupdown 0.8.41).
 * A line that ends in a backslash goes on with the next; a stanza goes on until the next word that begins one.
 */

/** One stanza `iface LINK FAMILY METHOD`, with its options in order. */
export interface Stanza {
  link: string
  family: string
  method: string
  /** Anything after the method, such as `inherits`. */
  rest: string
  options: readonly Option[]
}

export interface Option {
  key: string
  value: string
}

/** A line with those it goes on with, and what it belongs to. */
export interface Line {
  text: string
  /** `iface`: the first line of a stanza or one of its options. */
  part:
    | { kind: 'iface'; stanza: number }
    | { kind: 'start'; word: string; links: readonly string[] }
    | { kind: 'mapping'; links: readonly string[] }
    | { kind: 'source'; word: string; patterns: readonly string[] }
    | { kind: 'other' }
}

export interface InterfacesFile {
  lines: readonly Line[]
  stanzas: readonly Stanza[]
}

const isStart = (word: string): boolean => word === 'auto' || word.startsWith('allow-')
const isSource = (word: string): boolean => word === 'source' || word === 'source-directory'

/** Takes a file apart. The texts of all lines, joined by newlines, are the file again. Pure. */
export function parseInterfaces(text: string): InterfacesFile {
  const stanzas: (Omit<Stanza, 'options'> & { options: Option[] })[] = []
  let open: { kind: 'iface'; stanza: number } | { kind: 'mapping'; links: readonly string[] } | null = null
  const lines = logicalLines(text).map((line): Line => {
    const words = line.replaceAll('\\\n', ' ').trim().split(/\s+/)
    const [word = '', ...rest] = words
    if (word === '' || word.startsWith('#')) return { text: line, part: { kind: 'other' } }
    if (word === 'iface') {
      const [link = '', family = '', method = '', ...more] = rest
      stanzas.push({ link, family, method, rest: more.join(' '), options: [] })
      open = { kind: 'iface', stanza: stanzas.length - 1 }
      return { text: line, part: open }
    }
    if (word === 'mapping') {
      open = { kind: 'mapping', links: rest }
      return { text: line, part: open }
    }
    if (isStart(word) || word.startsWith('no-auto-down') || word.startsWith('no-scripts') || isSource(word)) {
      open = null
      if (isStart(word)) return { text: line, part: { kind: 'start', word, links: rest } }
      if (isSource(word)) return { text: line, part: { kind: 'source', word, patterns: rest } }
      return { text: line, part: { kind: 'other' } }
    }
    if (open?.kind === 'iface') {
      const value = line.replaceAll('\\\n', ' ').trim().slice(word.length).trim()
      stanzas[open.stanza]?.options.push({ key: word, value })
    }
    return { text: line, part: open ?? { kind: 'other' } }
  })
  return { lines, stanzas }
}

function logicalLines(text: string): string[] {
  const lines: string[] = []
  for (const line of text.split('\n')) {
    const last = lines.at(-1)
    if (last?.endsWith('\\') === true && !last.trimStart().startsWith('#'))
      lines[lines.length - 1] = `${last}\n${line}`
    else lines.push(line)
  }
  return lines
}

/** The text again. Pure. */
export const printInterfaces = ({ lines }: InterfacesFile): string => lines.map(({ text }) => text).join('\n')
