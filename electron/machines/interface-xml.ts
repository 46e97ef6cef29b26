import type { Document, Element } from '@xmldom/xmldom'
import { PatchbayError } from '../../shared/failure'
import type { Attachment } from '../../shared/world/world'
import type { XmlPart } from '../../shared/world/xml-part'
import {
  elementFrom,
  elementsOf,
  ensureElement,
  parseDocument,
  removeElements,
  serialize,
} from '../libvirt/dom'
import { CHOSEN_BY_LIBVIRT } from './attachment-xml'
import { say } from '../../shared/phrases/phrase'

/**
 * Edits of one `<interface>` element, for libvirt's update-, detach- and attach-device. They go through a DOM, so that everything they
 * do not speak of survives as it is: MAC, model, driver options, filters, bandwidth, boot order, alias, PCI address,
 * MTU, and elements nobody here knows.
 */

/** An attachment that a NIC can be moved to. */
export type Pluggable = Exclude<Attachment, { type: 'other' }>

/** What the guest sees: the cable cut, or in. `unset` leaves the element out, as most definitions do. */
export type LinkState = 'up' | 'down' | 'unset'

/**
 * Takes the `<interface>` with this MAC out of a `<domain>`, as a document of its own.
 * @returns null when there is none.
 * @throws PatchbayError `refused` when several NICs share the MAC.
 */
export function extractInterface(domainXml: string, mac: string): string | null {
  // By path: whatever other programs keep in <metadata> may be called the same.
  const found = elementsOf(parseDocument(domainXml, 'domain').root, 'devices')
    .flatMap((devices) => elementsOf(devices, 'interface'))
    .filter((element) => macOf(element) === mac.toLowerCase())
  if (found.length > 1) {
    throw new PatchbayError({
      code: 'refused',
      message: say('machine-network-cards-with-mac', { count: found.length, mac }),
      hint: say('give-different-macs-first-virsh'),
    })
  }
  const [element] = found
  return element ? serialize(element) : null
}

/**
 * The same `<interface>` plugged into something else: its type, `<source>` and `<virtualport>` are those of the new place.
 * A `<virtualport>` belongs to the place, because it holds the NIC's identity at the switch there (Open vSwitch, 802.1Qbg,
 * 802.1Qbh).
 */
export function plugInto(interfaceXml: string, to: Pluggable): string {
  return edit(interfaceXml, (document, element) => {
    element.setAttribute('type', to.type)
    removeElements(element, 'virtualport')

    const source = elementFrom(document, sourceOf(to))
    const [old, ...more] = elementsOf(element, 'source')
    for (const extra of more) element.removeChild(extra)
    if (old) element.replaceChild(source, old)
    else element.insertBefore(source, elementsOf(element, 'mac')[0]?.nextSibling ?? element.firstChild)
    if (to.virtualPort) element.insertBefore(elementFrom(document, to.virtualPort), source.nextSibling)
  })
}

/** The `<source>` that leads there. */
function sourceOf(to: Pluggable): XmlPart {
  const { attributes = {}, children = [], text = '' } = to.more ?? {}
  return { name: 'source', attributes: { ...attributes, ...nameOf(to) }, children, text }
}

function nameOf(to: Pluggable): Record<string, string> {
  switch (to.type) {
    case 'network':
      return { network: to.network, ...(to.portGroup !== undefined && { portgroup: to.portGroup }) }
    case 'bridge':
      return { bridge: to.bridge }
    case 'direct':
      return { dev: to.link, mode: to.mode }
  }
}

/**
 * The `<interface>` of a running machine as it can be plugged in once more. What libvirt chose for this time goes: the name
 * of the host's end, and where a network has led; a network that leads to a host link would else become that link.
 */
export function asDefined(interfaceXml: string): string {
  return edit(interfaceXml, (_document, element) => {
    for (const target of elementsOf(element, 'target')) {
      if (GENERATED.test(target.getAttribute('dev') ?? '')) target.removeAttribute('dev')
      if (target.attributes.length === 0) element.removeChild(target)
    }
    for (const source of elementsOf(element, 'source')) {
      if (!source.hasAttribute('network')) continue
      element.setAttribute('type', 'network')
      for (const name of CHOSEN_BY_LIBVIRT) source.removeAttribute(name)
    }
  })
}

/** Names that libvirt gives to a host's end by itself (libvirt src/util/virnetdev.h, VIR_NET_GENERATED_*_PREFIX). */
const GENERATED = /^(vnet|macvtap|macvlan)\d+$/

/** The MTU that is written in an `<interface>`. */
export function mtuOf(interfaceXml: string): string | null {
  const [mtu] = elementsOf(parseDocument(interfaceXml, 'interface').root, 'mtu')
  return mtu?.getAttribute('size') ?? null
}

/** The same `<interface>` with this MTU, or without one. */
export function withMtu(interfaceXml: string, size: string | null): string {
  return edit(interfaceXml, (document, element) => {
    if (size === null) removeElements(element, 'mtu')
    else ensureElement(document, element, 'mtu').setAttribute('size', size)
  })
}

/** The same `<interface>` with its link as told. */
export function withLink(interfaceXml: string, state: LinkState): string {
  return edit(interfaceXml, (document, element) => {
    if (state === 'unset') removeElements(element, 'link')
    else ensureElement(document, element, 'link').setAttribute('state', state)
  })
}

/** The link state that is written in an `<interface>`. */
export function linkOf(interfaceXml: string): LinkState {
  const [link] = elementsOf(parseDocument(interfaceXml, 'interface').root, 'link')
  const state = link?.getAttribute('state')
  return state === 'up' || state === 'down' ? state : 'unset'
}

function edit(xml: string, change: (document: Document, element: Element) => void): string {
  const { document, root } = parseDocument(xml, 'interface')
  change(document, root)
  return serialize(root)
}

const macOf = (element: Element): string | undefined =>
  elementsOf(element, 'mac')[0]?.getAttribute('address')?.toLowerCase()
