import { DOMParser, XMLSerializer, type Document, type Element } from '@xmldom/xmldom'
import { PatchbayError } from '../../shared/failure'
import type { Attachment } from '../../shared/world'

/**
 * Edits of one `<interface>` element, for libvirt's update-device. They go through a DOM, so that everything they
 * do not speak of survives as it is: MAC, model, driver options, filters, bandwidth, boot order, alias, PCI address,
 * MTU, and elements nobody here knows.
 */

/** An attachment that a NIC can be moved to by an update of its `<interface>`. */
export type Pluggable = Extract<Attachment, { type: 'network' | 'bridge' }>

/** What the guest sees: the cable cut, or in. `unset` leaves the element out, as most definitions do. */
export type LinkState = 'up' | 'down' | 'unset'

/**
 * Takes the `<interface>` with this MAC out of a `<domain>`, as a document of its own.
 * @returns null when there is none.
 * @throws PatchbayError `refused` when several NICs share the MAC.
 */
export function extractInterface(domainXml: string, mac: string): string | null {
  const found = [...parse(domainXml).getElementsByTagName('interface')].filter(
    (element) => element.parentNode?.nodeName === 'devices' && macOf(element) === mac.toLowerCase(),
  )
  if (found.length > 1) {
    throw new PatchbayError({
      code: 'refused',
      message: `This machine has ${found.length} network cards with the MAC ${mac}, so it is not clear which one to switch.`,
      hint: 'Give them different MACs first (virsh edit), then start the machine again.',
    })
  }
  const [element] = found
  return element ? serialize(element) : null
}

/**
 * The same `<interface>` plugged into something else: its type and `<source>` change. A `<virtualport>` goes, because
 * it holds the NIC's identity at the switch it leaves (Open vSwitch, 802.1Qbg, 802.1Qbh).
 */
export function plugInto(interfaceXml: string, to: Pluggable): string {
  return edit(interfaceXml, (document, element) => {
    element.setAttribute('type', to.type)
    for (const virtualport of children(element, 'virtualport')) element.removeChild(virtualport)

    const source = document.createElement('source')
    if (to.type === 'network') source.setAttribute('network', to.network)
    else source.setAttribute('bridge', to.bridge)
    const [old, ...more] = children(element, 'source')
    for (const extra of more) element.removeChild(extra)
    if (old) element.replaceChild(source, old)
    else element.insertBefore(source, children(element, 'mac')[0]?.nextSibling ?? element.firstChild)
  })
}

/** The same `<interface>` with its link as told. */
export function withLink(interfaceXml: string, state: LinkState): string {
  return edit(interfaceXml, (document, element) => {
    const [old] = children(element, 'link')
    if (state === 'unset') {
      if (old) element.removeChild(old)
      return
    }
    const link = old ?? element.appendChild(document.createElement('link'))
    if (isElement(link)) link.setAttribute('state', state)
  })
}

/** The link state that is written in an `<interface>`. */
export function linkOf(interfaceXml: string): LinkState {
  const [link] = children(rootOf(parse(interfaceXml)), 'link')
  const state = link?.getAttribute('state')
  return state === 'up' || state === 'down' ? state : 'unset'
}

function edit(xml: string, change: (document: Document, element: Element) => void): string {
  const document = parse(xml)
  const element = rootOf(document)
  change(document, element)
  return serialize(element)
}

function parse(xml: string): Document {
  const onError = (level: string, message: string): void => {
    if (level !== 'warning') throw new Error(message)
  }
  try {
    return new DOMParser({ locator: false, onError }).parseFromString(xml, 'text/xml')
  } catch (cause) {
    throw new PatchbayError(
      {
        code: 'protocol',
        message: 'libvirt sent a machine definition that is not valid XML.',
        detail: cause instanceof Error ? cause.message : String(cause),
      },
      { cause },
    )
  }
}

function rootOf(document: Document): Element {
  const root = document.documentElement
  if (root) return root
  throw new PatchbayError({ code: 'internal', message: 'An empty document was given in place of a NIC.' })
}

const serialize = (element: Element): string => new XMLSerializer().serializeToString(element)

const isElement = (node: object): node is Element => 'nodeType' in node && node.nodeType === 1

const children = (element: Element, name: string): Element[] =>
  [...element.childNodes].filter(isElement).filter((child) => child.nodeName === name)

const macOf = (element: Element): string | undefined =>
  children(element, 'mac')[0]?.getAttribute('address')?.toLowerCase()
