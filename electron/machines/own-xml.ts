import type { Element } from '@xmldom/xmldom'
import { elementsOf, parseDocument, removeElements, serialize } from '../libvirt/dom'
import { CHOSEN_BY_LIBVIRT } from './attachment-xml'

/**
 * What a network or its port group lends every NIC that is plugged into it. libvirt shows it in the XML of the running machine as if the
 * NIC said it itself (src/conf/domain_conf.c, virDomainActualNetDefContentsFormat; src/network/bridge_driver.c,
 * networkAllocatePort).
 */
const LENT = ['vlan', 'virtualport', 'bandwidth', 'port'] as const

/** Other forms of the same NIC, which tell what of its running form is its own; null for those that there are not. */
export interface OtherForms {
  /** Its `<interface>` in the machine's XML for a migration: what was defined or plugged in, without what was lent. */
  migratable: string | null
  /** Its saved `<interface>`. */
  saved: string | null
}

/**
 * The `<interface>` of a running machine with what the NIC says itself, and nothing that its network lends it: only that may be
 * carried elsewhere, checked, and written. A NIC that is on no network has all for its own.
 */
export function ownXml(shown: string, { migratable, saved }: OtherForms): string {
  const { document, root } = parseDocument(shown, 'interface')
  const [source] = elementsOf(root, 'source')
  if (!source?.hasAttribute('network')) return shown
  const said = [migratable, saved].flatMap((xml) => (xml === null ? [] : rootOf(xml)))
  const own = said.find(isDefinition)
  root.setAttribute('type', 'network')
  for (const name of CHOSEN_BY_LIBVIRT) source.removeAttribute(name)
  if (own === undefined) return serialize(root)
  for (const name of LENT) {
    removeElements(root, name)
    // A virtual port belongs to the place that it was saved for.
    if (name === 'virtualport' && !isSamePlace(own, root)) continue
    for (const element of elementsOf(own, name)) {
      root.insertBefore(document.importNode(element, true), source.nextSibling)
    }
  }
  const [ownSource] = elementsOf(own, 'source')
  while (source.firstChild) source.removeChild(source.firstChild)
  if (ownSource && isSamePlace(own, root)) {
    for (const child of ownSource.childNodes) source.appendChild(document.importNode(child, true))
  }
  return serialize(root)
}

const rootOf = (xml: string): Element => parseDocument(xml, 'interface').root

/** False when it shows what a network leads to, as the XML of a running machine does. */
const isDefinition = (nic: Element): boolean =>
  !elementsOf(nic, 'source').some(
    (source) =>
      source.hasAttribute('network') && (source.hasAttribute('bridge') || source.hasAttribute('dev')),
  )

function isSamePlace(a: Element, b: Element): boolean {
  const place = (nic: Element): string => {
    const [source] = elementsOf(nic, 'source')
    return JSON.stringify(['network', 'portgroup'].map((name) => source?.getAttribute(name) ?? null))
  }
  return place(a) === place(b)
}
