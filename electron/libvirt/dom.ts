import { DOMParser, XMLSerializer, type Document, type Element } from '@xmldom/xmldom'
import { SaxesParser } from 'saxes'
import type { XmlPart } from '../../shared/world/xml-part'
import { badXml, parseXml } from './xml'

/** XML that goes back to libvirt is edited through a DOM, so that what nobody here knows survives as it is. */

/**
 * Reads a document whose root must be called `name`. The stricter reader judges it first, because xmldom takes much that
 * is not well-formed for warnings, or for nothing.
 * @throws PatchbayError `protocol` when it is not well-formed or something else.
 */
export function parseDocument(xml: string, name: string): { document: Document; root: Element } {
  parseXml(xml, name)
  checkNamespaces(xml, name)
  const onError = (level: string, message: string): void => {
    if (level !== 'warning') throw new Error(message)
  }
  try {
    const document = new DOMParser({ locator: false, onError, normalizeLineEndings }).parseFromString(
      xml.replace(BYTE_ORDER_MARK, ''),
      'text/xml',
    )
    const root = document.documentElement
    if (root?.nodeName !== name) throw new Error(`<${root?.nodeName ?? ''}> where <${name}> belongs`)
    return { document, root }
  } catch (cause) {
    throw badXml(name, cause instanceof Error ? cause.message : String(cause), { cause })
  }
}

/** Of two attributes that are the same by their namespaces, xmldom would drop one. */
function checkNamespaces(xml: string, name: string): void {
  const parser = new SaxesParser({ xmlns: true })
  parser.on('error', ({ message }) => {
    throw badXml(name, message)
  })
  parser.write(xml).close()
}

const BYTE_ORDER_MARK = /^\uFEFF/

/** Those of XML 1.0 alone; xmldom would make line ends of U+0085 and U+2028 as well. */
const normalizeLineEndings = (xml: string): string => xml.replace(/\r\n?/g, '\n')

/** Writes an element; the root of a document with the comments and instructions around it. */
export function serialize(element: Element): string {
  const document = element.ownerDocument
  const isRoot = document?.documentElement === element
  const nodes = isRoot ? [...document.childNodes].filter(({ nodeName }) => nodeName !== 'xml') : [element]
  const writer = new XMLSerializer()
  // A carriage return that was written as a reference has to be one again, or it is read as a line end.
  return nodes.map((node) => writer.serializeToString(node).replaceAll('\r', '&#13;')).join('')
}

const isElement = (node: object): node is Element => 'nodeType' in node && node.nodeType === 1

/** The child elements of one name. */
export const elementsOf = (parent: Element, name: string): Element[] =>
  [...parent.childNodes].filter(isElement).filter((child) => child.nodeName === name)

/** The first child of that name, made when there is none. */
export function ensureElement(document: Document, parent: Element, name: string): Element {
  const [known] = elementsOf(parent, name)
  return known ?? addElement(document, parent, name)
}

/** A new last child; attributes that are null are left out. */
export function addElement(
  document: Document,
  parent: Element,
  name: string,
  attributes: Readonly<Record<string, string | number | null>> = {},
): Element {
  const element = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null) element.setAttribute(key, String(value))
  }
  parent.appendChild(element)
  return element
}

/** Takes all children of that name out. */
export function removeElements(parent: Element, name: string): void {
  for (const element of elementsOf(parent, name)) parent.removeChild(element)
}

/** An element that was carried, for a document of its own. */
export function elementFrom(document: Document, { name, attributes, children, text }: XmlPart): Element {
  const element = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
  if (text !== '') element.appendChild(document.createTextNode(text))
  for (const child of children) element.appendChild(elementFrom(document, child))
  return element
}
