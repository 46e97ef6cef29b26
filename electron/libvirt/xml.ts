import { DOMParser, XMLSerializer, type Element } from '@xmldom/xmldom'
import { PatchbayError } from '../../shared/failure'

/**
 * Reads libvirt's XML into a DOM and returns its root, which must be called `name`.
 * @throws PatchbayError `protocol` when it is not well-formed or something else.
 */
export function parseXml(xml: string, name: string): Element {
  const root = documentElement(xml)
  if (root?.localName === name) return root
  throw badXml(name, `the root is <${root?.nodeName ?? 'nothing'}>`)

  function documentElement(text: string): Element | null {
    const onError = (level: string, message: string): void => {
      if (level !== 'warning') throw new Error(message)
    }
    try {
      return new DOMParser({ locator: false, onError }).parseFromString(text, 'text/xml').documentElement
    } catch (cause) {
      throw badXml(name, cause instanceof Error ? cause.message : String(cause), cause)
    }
  }
}

const badXml = (name: string, detail: string, cause?: unknown): PatchbayError =>
  new PatchbayError(
    { code: 'protocol', message: `libvirt sent a <${name}> that is not valid XML.`, detail },
    { cause },
  )

export const serializeXml = (element: Element): string => new XMLSerializer().serializeToString(element)

/** The child elements, or those of one name; libvirt's own elements have no namespace. */
export function childrenOf(element: Element, name?: string): Element[] {
  const found: Element[] = []
  for (let node = element.firstChild; node; node = node.nextSibling) {
    if (isElement(node) && (name === undefined || node.nodeName === name)) found.push(node)
  }
  return found
}

const isElement = (node: unknown): node is Element =>
  typeof node === 'object' && node !== null && 'nodeType' in node && node.nodeType === 1

/** The first element down a path of child names; null when one is missing. */
export function at(element: Element, ...path: string[]): Element | null {
  let here: Element | null = element
  for (const name of path) here = here ? (childrenOf(here, name)[0] ?? null) : null
  return here
}

/** An attribute of the element, or null when either is missing. */
export const attribute = (element: Element | null, name: string): string | null =>
  element?.getAttribute(name) ?? null

/** The text of a child element; null when it is missing or empty. */
export function textAt(element: Element, ...path: string[]): string | null {
  const text = at(element, ...path)?.textContent?.trim() ?? ''
  return text === '' ? null : text
}
