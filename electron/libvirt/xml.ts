import { SaxesParser } from 'saxes'
import { PatchbayError } from '../../shared/failure'
import type { XmlPart } from '../../shared/world/xml-part'
import { say } from '../../shared/phrases/phrase'

/**
 * An element of the XML that libvirt writes; prefixes stay part of the names. It is only read: XML that goes back to
 * libvirt is edited through a DOM. Reading 500 machines this way takes a quarter of the time a DOM needs, and
 * they are read at every start.
 */
export interface XmlElement {
  name: string
  attributes: Readonly<Record<string, string>>
  children: readonly XmlElement[]
  /** The text directly inside, joined. */
  text: string
}

interface OpenElement extends XmlElement {
  children: XmlElement[]
}

/** libvirt reads no deeper itself (xmlParserMaxDepth of libxml2 2.14; 256 before). */
const DEEPEST = 2048

/**
 * Reads a document whose root must be called `name`.
 * @throws PatchbayError `protocol` when it is not well-formed or something else.
 */
export function parseXml(xml: string, name: string): XmlElement {
  const document: OpenElement = { name: '', attributes: {}, children: [], text: '' }
  const open = [document]
  const parser = new SaxesParser()
  parser.on('opentag', (tag) => {
    if (open.length > DEEPEST) throw badXml(name, `its elements are nested more than ${DEEPEST} deep`)
    const child: OpenElement = { name: tag.name, attributes: tag.attributes, children: [], text: '' }
    open.at(-1)?.children.push(child)
    open.push(child)
  })
  parser.on('closetag', () => void open.pop())
  const addText = (text: string): void => {
    const inside = open.at(-1)
    if (inside) inside.text += text
  }
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.on('doctype', () => {
    throw badXml(name, 'it has a document type, which libvirt never writes')
  })
  parser.on('error', (error) => {
    throw badXml(name, error.message)
  })
  parser.write(xml).close()
  const [root] = document.children
  if (root?.name !== name) throw badXml(name, `<${root?.name ?? ''}> where <${name}> belongs`)
  return root
}

/** What is thrown for XML that can't be read; `detail` says where and what. */
export const badXml = (name: string, detail: string, options?: ErrorOptions): PatchbayError =>
  new PatchbayError(
    {
      code: 'protocol',
      message: say('libvirt-sent-not-valid-xml', { name }),
      hint: say('look-at-with-virsh-dumpxml'),
      detail,
    },
    options,
  )

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
  element?.attributes[name] ?? null

/** The text of a child element; null when it is missing or empty. */
export function textAt(element: XmlElement, ...path: string[]): string | null {
  const text = at(element, ...path)?.text.trim() ?? ''
  return text === '' ? null : text
}

/** An element as it is carried: without the white space between elements, and without some attributes. */
export const partOfXml = (
  { name, attributes, children, text }: XmlElement,
  without: readonly string[] = [],
): XmlPart => ({
  name,
  attributes: Object.fromEntries(Object.entries(attributes).filter(([key]) => !without.includes(key))),
  children: children.map((child) => partOfXml(child)),
  text: text.trim(),
})
