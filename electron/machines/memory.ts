import { MACVTAP_MODES, type PlaceDetails } from '../../shared/world/world'
import type { XmlPart } from '../../shared/world/xml-part'
import { addElement, elementFrom, parseDocument, serialize } from '../libvirt/dom'
import { Metadata } from '../libvirt/flags'
import type { Libvirt } from '../libvirt/libvirt'
import type { Domain } from '../libvirt/wire'
import { at, attribute, childrenOf, partOfXml, type XmlElement } from '../libvirt/xml'
import type { Pluggable } from './interface-xml'

/**
 * What Patchbay notes in a machine's own <metadata>, where libvirt keeps it for any program: for each NIC the place it was
 * switched away from, and what the place it is at can't have. So a switch can be undone by anybody, from anywhere.
 */
export interface Note {
  mac: string
  was: Pluggable
  /** An MTU that waits for the NIC to leave macvtap; libvirt allows none there. */
  mtu: string | null
}

/** Names the element, and the kind of notes in it. A note of an older Patchbay has the name of the place alone. */
const NAMESPACE = 'urn:patchbay:nics:1'
const PREFIX = 'patchbay'

/** The notes in a machine's definition, by MAC. What makes no sense is left out. */
export function notesOf(domain: XmlElement): ReadonlyMap<string, Note> {
  const metadata = at(domain, 'metadata')
  const nics = metadata?.children.find(({ attributes }) => Object.values(attributes).includes(NAMESPACE))
  // libvirt gives every element its prefix (src/util/virxml.c, virXMLInjectNamespace).
  const notes = nics === undefined ? [] : childrenOf(nics, ours('nic')).map(readNote)
  return new Map(notes.filter((note) => note !== null).map((note) => [note.mac, note]))
}

function readNote(nic: XmlElement): Note | null {
  const mac = attribute(nic, 'mac')
  const was = readPlace(nic)
  return mac === null || was === null ? null : { mac, was, mtu: attribute(nic, 'mtu') }
}

function readPlace(nic: XmlElement): Pluggable | null {
  const name = attribute(nic, 'name')
  if (name === null) return null
  const details = readDetails(nic)
  switch (attribute(nic, 'type')) {
    case 'network': {
      const portGroup = attribute(nic, 'portgroup')
      return { type: 'network', network: name, ...(portGroup !== null && { portGroup }), ...details }
    }
    case 'bridge':
      return { type: 'bridge', bridge: name, ...details }
    case 'direct': {
      const mode = MACVTAP_MODES.find((known) => known === attribute(nic, 'mode'))
      return mode === undefined ? null : { type: 'direct', link: name, mode, ...details }
    }
    default:
      return null
  }
}

function readDetails(nic: XmlElement): PlaceDetails {
  const [more, virtualPort] = [at(nic, ours('source')), at(nic, ours('virtualport'))]
  return {
    ...(virtualPort && { virtualPort: withoutPrefix(partOfXml(virtualPort)) }),
    ...(more && { more: withoutPrefix(partOfXml(more)) }),
  }
}

const ours = (name: string): string => `${PREFIX}:${name}`

const withoutPrefix = ({ name, children, ...rest }: XmlPart): XmlPart => ({
  ...rest,
  name: name.replace(ours(''), ''),
  children: children.map(withoutPrefix),
})

/** The element for <metadata> that holds the notes. */
export function writeNotes(notes: Iterable<Note>): string {
  const { document, root } = parseDocument('<nics/>', 'nics')
  for (const { mac, was, mtu } of notes) {
    const nic = addElement(document, root, 'nic', { mac, ...placeOf(was), mtu })
    for (const part of [was.more, was.virtualPort]) if (part) nic.appendChild(elementFrom(document, part))
  }
  return serialize(root)
}

function placeOf(place: Pluggable): Record<string, string | null> {
  switch (place.type) {
    case 'network':
      return { type: 'network', name: place.network, portgroup: place.portGroup ?? null }
    case 'bridge':
      return { type: 'bridge', name: place.bridge }
    case 'direct':
      return { type: 'direct', name: place.link, mode: place.mode }
  }
}

/**
 * Writes the notes of one of a machine's two definitions.
 * @param affect `live` or `config` of virDomainModificationImpact
 */
export async function writeDown(
  libvirt: Libvirt,
  dom: Domain,
  affect: number,
  notes: ReadonlyMap<string, Note>,
): Promise<void> {
  await libvirt.call('domainSetMetadata', {
    dom,
    type: Metadata.element,
    metadata: notes.size === 0 ? null : writeNotes(notes.values()),
    key: PREFIX,
    uri: NAMESPACE,
    flags: affect,
  })
}
