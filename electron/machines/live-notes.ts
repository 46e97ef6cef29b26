import type { NicMove } from '../../shared/world/world'
import { addElement, parseDocument, serialize } from '../libvirt/dom'
import { Affect, DomainXml, Metadata } from '../libvirt/flags'
import type { Libvirt } from '../libvirt/libvirt'
import type { Domain } from '../libvirt/wire'
import { at, attribute, childrenOf, parseXml, type XmlElement } from '../libvirt/xml'
import type { LinkState } from './interface-xml'

/**
 * What Patchbay notes of a NIC in the running machine's <metadata>, for whoever looks next, another process included: its latest
 * move, and that its cable is pulled by Patchbay and not by the user. It ends with the run of the machine.
 */
export interface LiveNote {
  mac: string
  moved: NicMove | null
  pulled: PulledCable | null
}

/** A cable that Patchbay holds in its hand: it is put in again by then, unless Patchbay was ended. */
export interface PulledCable {
  /** Milliseconds since 1970. */
  until: number
  /** What its definition said before. */
  link: Exclude<LinkState, 'down'>
}

/** Names the kind of notes; those that outlive a run have a namespace of their own (memory.ts). */
const NAMESPACE = 'urn:patchbay:nics-live:1'
const PREFIX = 'patchbay'

/** The notes in a running machine's definition, by MAC. What makes no sense is left out. */
export function liveNotesOf(domain: XmlElement): ReadonlyMap<string, LiveNote> {
  const metadata = at(domain, 'metadata')
  const ours = metadata?.children.find(({ attributes }) => Object.values(attributes).includes(NAMESPACE))
  const notes = ours === undefined ? [] : childrenOf(ours, `${PREFIX}:nic`).flatMap(readNote)
  return new Map(notes.map((note) => [note.mac, note]))
}

function readNote(nic: XmlElement): LiveNote[] {
  const mac = attribute(nic, 'mac')
  if (mac === null) return []
  const until = readNumber(nic, 'pulled-until')
  const link = attribute(nic, 'link') === 'up' ? 'up' : 'unset'
  return [{ mac, moved: readMove(nic), pulled: until === null ? null : { until, link } }]
}

function readMove(nic: XmlElement): NicMove | null {
  const moved = readNumber(nic, 'moved')
  if (moved === null) return null
  const oldLeases = childrenOf(nic, `${PREFIX}:old-lease`).flatMap((lease) => {
    const ip = attribute(lease, 'ip')
    return ip === null ? [] : [{ ip, expires: readNumber(lease, 'expires') }]
  })
  return { at: moved, oldLeases }
}

function readNumber(element: XmlElement, name: string): number | null {
  const text = attribute(element, name)
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null
}

/** The element for <metadata> that holds the notes. */
export function writeLiveNotes(notes: Iterable<LiveNote>): string {
  const { document, root } = parseDocument('<nics/>', 'nics')
  for (const { mac, moved, pulled } of notes) {
    const nic = addElement(document, root, 'nic', {
      ...{ mac, moved: moved?.at ?? null },
      ...{ 'pulled-until': pulled?.until ?? null, link: pulled?.link ?? null },
    })
    for (const { ip, expires } of moved?.oldLeases ?? [])
      addElement(document, nic, 'old-lease', { ip, expires })
  }
  return serialize(root)
}

/**
 * Changes what is noted of one NIC of a running machine.
 * @returns what puts it back as it was
 * @throws LibvirtError
 */
export async function noteLive(
  libvirt: Libvirt,
  dom: Domain,
  mac: string,
  change: (before: LiveNote) => LiveNote,
): Promise<() => Promise<void>> {
  const { xml } = await libvirt.call('domainGetXmlDesc', { dom, flags: DomainXml.current })
  const notes = liveNotesOf(parseXml(xml, 'domain'))
  const before = notes.get(mac)
  const write = async (note: LiveNote | undefined): Promise<void> => {
    const kept = [...notes.values()].filter((other) => other.mac !== mac)
    const next = note === undefined || isEmpty(note) ? kept : [...kept, note]
    await libvirt.call('domainSetMetadata', {
      ...{ dom, type: Metadata.element, flags: Affect.live },
      ...{ metadata: next.length === 0 ? null : writeLiveNotes(next), key: PREFIX, uri: NAMESPACE },
    })
  }
  await write(change(before ?? { mac, moved: null, pulled: null }))
  return () => write(before)
}

const isEmpty = ({ moved, pulled }: LiveNote): boolean => moved === null && pulled === null
