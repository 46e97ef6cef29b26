import { DOMParser, XMLSerializer, type Document, type Element } from '@xmldom/xmldom'
import { PatchbayError } from '../../shared/failure'

/** XML that goes back to libvirt is edited through a DOM, so that what nobody here knows survives as it is. */

/**
 * Reads a document whose root must be called `name`.
 * @throws PatchbayError `protocol` when it is not well-formed or something else.
 */
export function parseDocument(xml: string, name: string): { document: Document; root: Element } {
  const onError = (level: string, message: string): void => {
    if (level !== 'warning') throw new Error(message)
  }
  try {
    const document = new DOMParser({ locator: false, onError }).parseFromString(xml, 'text/xml')
    const root = document.documentElement
    if (root?.nodeName !== name) throw new Error(`<${root?.nodeName ?? ''}> where <${name}> belongs`)
    return { document, root }
  } catch (cause) {
    throw new PatchbayError(
      {
        code: 'protocol',
        message: `libvirt sent a <${name}> that is not valid XML.`,
        detail: cause instanceof Error ? cause.message : String(cause),
      },
      { cause },
    )
  }
}

export const serialize = (node: Element): string => new XMLSerializer().serializeToString(node)

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
