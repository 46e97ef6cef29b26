import { parseXml } from '../../../electron/libvirt/xml'
import { notesOf, writeNotes, type Note } from '../../../electron/machines/memory'

/**
 * What libvirt makes of metadata that it is given: every element without a namespace gets the prefix, also those within
 * (src/util/virxml.c, virXMLInjectNamespace; recorded in test/lab/machines-switch.test.ts).
 */
export const asLibvirtKeeps = (notes: Iterable<Note>): string =>
  writeNotes(notes)
    .replaceAll(/<(\/?)([A-Za-z_])/g, '<$1patchbay:$2')
    .replace('<patchbay:nics', "<patchbay:nics xmlns:patchbay='urn:patchbay:nics:1'")

/** A note as it is read from the machine's definition again. */
export const noteKept = (note: Note): Note | undefined =>
  notesOf(parseXml(`<domain><metadata>${asLibvirtKeeps([note])}</metadata></domain>`, 'domain')).get(note.mac)
