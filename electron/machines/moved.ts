import { parseXml } from '../libvirt/xml'
import { mtuOf, plugInto, withMtu, type Pluggable } from './interface-xml'
import { notesOf, type Note } from './memory'
import type { Side } from './sides'

/** What becomes of one definition of a NIC. */
export interface Moved {
  /** Its `<interface>`. */
  xml: string
  /** What is noted of the machine's NICs from then on, and what was before. */
  notes: ReadonlyMap<string, Note>
  oldNotes: ReadonlyMap<string, Note>
  /** An MTU that the new place can't have: it waits in the notes. */
  setAside: string | null
}

/**
 * A NIC of one definition, plugged in elsewhere. libvirt refuses `<mtu>` on macvtap, except behind a network
 * (src/qemu/qemu_domain.c, qemuDomainNetSupportsMTU), so it is noted there and comes back when the NIC leaves.
 */
export function moved({ xml, domainXml, attachment }: Side, mac: string, to: Pluggable): Moved {
  const oldNotes = notesOf(parseXml(domainXml, 'domain'))
  const waiting = attachment.type === 'direct' ? (oldNotes.get(mac)?.mtu ?? null) : null
  const mtu = mtuOf(xml) ?? waiting
  const setAside = to.type === 'direct' ? mtu : null
  const notes = new Map(oldNotes)
  if (attachment.type !== 'other') notes.set(mac, { mac, was: attachment, mtu: setAside })
  const plugged = plugInto(xml, to)
  const kept = to.type === 'direct' ? null : mtu
  return { xml: mtuOf(xml) === kept ? plugged : withMtu(plugged, kept), notes, oldNotes, setAside }
}
