import { PatchbayError } from '../../shared/failure'

/**
 * A reader for the XML that libvirt writes: elements, attributes, text; comments and processing instructions are
 * skipped, prefixes stay part of the names, a document type is refused. It only reads; XML that goes back to libvirt
 * is edited through a DOM. Reading 500 machines takes a fifth of the time a DOM needs, and they are read at every start.
 */
export interface XmlElement {
  name: string
  attributes: ReadonlyMap<string, string>
  children: readonly XmlElement[]
  /** The text directly inside, joined. */
  text: string
}

interface OpenElement extends XmlElement {
  children: XmlElement[]
}

/** One piece of a document; its groups: CDATA, name of an end tag, name, attributes and end of a start tag, text. */
const PIECE =
  /<!--[^]*?-->|<\?[^]*?\?>|<!\[CDATA\[([^]*?)\]\]>|<\/([^\s>]+)\s*>|<([^\s/>!?]+)((?:\s+[^\s=]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)/y
const ATTRIBUTE = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g

/**
 * Reads a document whose root must be called `name`.
 * @throws PatchbayError `protocol` when it is not well-formed or something else.
 */
export function parseXml(xml: string, name: string): XmlElement {
  const bad = (detail: string): PatchbayError =>
    new PatchbayError({
      code: 'protocol',
      message: `libvirt sent a <${name}> that is not valid XML.`,
      detail,
    })
  const document = element('')
  const open = [document]
  PIECE.lastIndex = 0
  for (let offset = 0; offset < xml.length; offset = PIECE.lastIndex) {
    const piece = PIECE.exec(xml)
    const inside = open.at(-1)
    if (!piece || !inside) throw bad(`unexpected at ${offset}: ${xml.slice(offset, offset + 40)}`)
    const [, cdata, end, start, attributes, empty, text] = piece
    if (text !== undefined) {
      inside.text += unescape(text)
    } else if (start !== undefined) {
      const child = element(start)
      for (const [, key, double, single] of (attributes ?? '').matchAll(ATTRIBUTE)) {
        child.attributes.set(key ?? '', unescape(double ?? single ?? ''))
      }
      inside.children.push(child)
      if (empty === '') open.push(child)
    } else if (end !== undefined) {
      if (open.length === 1 || inside.name !== end) throw bad(`</${end}> closes <${inside.name}>`)
      open.pop()
    } else {
      inside.text += cdata ?? ''
    }
  }
  const [root, ...more] = document.children
  if (open.length > 1) throw bad(`<${open.at(-1)?.name ?? ''}> is not closed`)
  if (root?.name !== name || more.length > 0 || document.text.trim() !== '') {
    throw bad(`<${root?.name ?? ''}> where <${name}> alone belongs`)
  }
  return root
}

const element = (name: string): OpenElement & { attributes: Map<string, string> } => ({
  name,
  attributes: new Map(),
  children: [],
  text: '',
})

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/** Replaces `&amp;`, `&#10;` and `&#xa;`; a name that XML does not define stays as it is. */
function unescape(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(
    /&(?:#x([0-9a-f]+)|#([0-9]+)|(\w+));/gi,
    (all, hex?: string, decimal?: string, name?: string) => {
      if (hex !== undefined) return String.fromCodePoint(parseInt(hex, 16))
      if (decimal !== undefined) return String.fromCodePoint(Number(decimal))
      return NAMED[name ?? ''] ?? all
    },
  )
}

/** The child elements of one name. */
export const childrenOf = (element: XmlElement, name: string): XmlElement[] =>
  element.children.filter((child) => child.name === name)

/** The first element down a path of child names; null when one is missing. */
export function at(element: XmlElement, ...path: string[]): XmlElement | null {
  let here: XmlElement | null = element
  for (const name of path) here = here?.children.find((child) => child.name === name) ?? null
  return here
}

/** An attribute of the element, or null when either is missing. */
export const attribute = (element: XmlElement | null, name: string): string | null =>
  element?.attributes.get(name) ?? null

/** The text of a child element; null when it is missing or empty. */
export function textAt(element: XmlElement, ...path: string[]): string | null {
  const text = at(element, ...path)?.text.trim() ?? ''
  return text === '' ? null : text
}
