import { SaxesParser, type SaxesTagNS } from 'saxes'

/** How XML is compared: `exact` counts every character of text, `loose` not the white space between elements. */
export type Spaces = 'exact' | 'loose'

/**
 * One form for all ways to write the same document, after Canonical XML 1.1 with comments
 * (https://www.w3.org/TR/xml-c14n11/): attributes in order, namespaces declared where they are new, CDATA as text,
 * no declaration. It reads with another parser than the one that writes in the product.
 */
export function canonical(xml: string, spaces: Spaces = 'exact'): string {
  const out: Piece[] = []
  const scopes: Record<string, string>[] = [{ '': '', xml: 'http://www.w3.org/XML/1998/namespace' }]
  const parser = new SaxesParser({ xmlns: true })
  const text = (value: string): void => {
    // Around the root there is nothing but white space, which says nothing.
    if (scopes.length === 1) return
    const last = out.at(-1)
    if (last?.kind === 'text') last.value += value
    else out.push({ kind: 'text', value })
  }
  parser.on('text', text)
  parser.on('cdata', text)
  parser.on('comment', (value) => void out.push({ kind: 'other', value: `<!--${value}-->` }))
  parser.on('processinginstruction', ({ target, body }) => {
    out.push({ kind: 'other', value: `<?${target} ${body.trim()}?>` })
  })
  parser.on('opentag', (tag) => {
    const around = scopes.at(-1) ?? {}
    const scope = { ...around, ...tag.ns }
    scopes.push(scope)
    out.push({ kind: 'open', value: `<${tag.name}${namespaces(around, scope)}${attributes(tag)}>` })
  })
  parser.on('closetag', ({ name }) => {
    scopes.pop()
    out.push({ kind: 'close', value: `</${name}>` })
  })
  parser.on('error', (error) => {
    throw error
  })
  parser.write(xml).close()
  return out.map((piece, index) => written(piece, isBetween(out, index), spaces)).join('')
}

interface Piece {
  kind: 'open' | 'close' | 'text' | 'other'
  value: string
}

/** Text that stands alone in its element is what the element says, be it white space. */
const isBetween = (pieces: readonly Piece[], index: number): boolean =>
  !(pieces[index - 1]?.kind === 'open' && pieces[index + 1]?.kind === 'close')

function written({ kind, value }: Piece, between: boolean, spaces: Spaces): string {
  if (kind !== 'text') return value
  if (spaces === 'loose' && between && value.trim() === '') return ''
  return escaped(value, /[&<>\r]/g)
}

const namespaces = (around: Record<string, string>, here: Record<string, string>): string =>
  Object.keys(here)
    .filter((prefix) => here[prefix] !== around[prefix])
    .sort()
    .map((prefix) => ` xmlns${prefix === '' ? '' : `:${prefix}`}="${escaped(here[prefix] ?? '', /[&<"]/g)}"`)
    .join('')

const attributes = ({ attributes: all }: SaxesTagNS): string =>
  Object.values(all)
    .filter(({ name, prefix }) => name !== 'xmlns' && prefix !== 'xmlns')
    .sort((a, b) => compare(a.uri, b.uri) || compare(a.local, b.local))
    .map(({ name, value }) => ` ${name}="${escaped(value, /[&<"\t\n\r]/g)}"`)
    .join('')

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const escaped = (text: string, special: RegExp): string =>
  text.replace(special, (char) => `&#x${char.charCodeAt(0).toString(16).toUpperCase()};`)
