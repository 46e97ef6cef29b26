import { sameName, type Attachment, type Nic } from '../../shared/world/world'
import { at, attribute, childrenOf, parseXml, textAt, type XmlElement } from '../libvirt/xml'
import { attachmentOfInterface } from './attachment-xml'
import { liveNotesOf, type LiveNote } from './live-notes'
import { notesOf, type Note } from './memory'

/** What one `<domain>` XML says, of the running machine or of the saved definition. */
export interface MachineDefinition {
  title: string | null
  nics: readonly NicDefinition[]
}

export interface NicDefinition extends Pick<
  Nic,
  'mac' | 'model' | 'alias' | 'tap' | 'linkUp' | 'pulledUntil' | 'moved' | 'isolated' | 'previous'
> {
  attachment: Attachment
}

/**
 * Reads `<domain>` XML (https://libvirt.org/formatdomain.html).
 * @param now milliseconds since 1970
 * @throws PatchbayError `protocol` when it is no domain.
 */
export function parseMachine(xml: string, now = Date.now()): MachineDefinition {
  const domain = parseXml(xml, 'domain')
  const [notes, live] = [notesOf(domain), liveNotesOf(domain)]
  return {
    title: textAt(domain, 'title'),
    nics: childrenOf(domain, 'devices')
      .flatMap((devices) => childrenOf(devices, 'interface'))
      .map((element) => parseNic(element, notes, live, now)),
  }
}

/** An interface's MAC in the form the World uses: lower case with colons. */
const macOf = (element: XmlElement): string => (attribute(at(element, 'mac'), 'address') ?? '').toLowerCase()

function parseNic(
  element: XmlElement,
  notes: ReadonlyMap<string, Note>,
  live: ReadonlyMap<string, LiveNote>,
  now: number,
): NicDefinition {
  const mac = macOf(element)
  const note = notes.get(mac)
  return {
    mac,
    model: attribute(at(element, 'model'), 'type'),
    alias: attribute(at(element, 'alias'), 'name'),
    tap: attribute(at(element, 'target'), 'dev'),
    ...linkStateOf(element, live.get(mac), now),
    ...movedOf(live.get(mac)),
    ...isolationOf(element),
    attachment: attachmentOfInterface(element),
    ...(note && { previous: note.was }),
  }
}

/** For the seconds for which Patchbay pulls a cable it counts as in; one that was left out does not. */
function linkStateOf(
  element: XmlElement,
  note: LiveNote | undefined,
  now: number,
): Pick<Nic, 'linkUp' | 'pulledUntil'> {
  if (attribute(at(element, 'link'), 'state') !== 'down') return { linkUp: true }
  const until = note?.pulled?.until
  return until === undefined ? { linkUp: false } : { linkUp: now < until, pulledUntil: until }
}

const movedOf = (note: LiveNote | undefined): Pick<Nic, 'moved'> =>
  note === undefined || note.moved === null ? {} : { moved: note.moved }

function isolationOf(element: XmlElement): Pick<Nic, 'isolated'> {
  const isolated = attribute(at(element, 'port'), 'isolated')
  return isolated === null ? {} : { isolated: isolated === 'yes' }
}

/**
 * The NICs of a machine, live and saved matched by MAC: live ones first, then what comes with the next start.
 * NICs that share a MAC are matched in order.
 * @param live null for a machine that is off, `saved` null for one without a saved definition.
 */
export function mergeNics(
  live: readonly NicDefinition[] | null,
  saved: readonly NicDefinition[] | null,
): Nic[] {
  const unmatched = [...(saved ?? [])]
  const nics = (live ?? []).map((nic) => {
    const index = unmatched.findIndex(({ mac }) => mac === nic.mac)
    const match = index === -1 ? undefined : unmatched.splice(index, 1)[0]
    const saved = match?.attachment ?? null
    return nicOf(nic, withoutLent(nic.attachment, saved), saved)
  })
  return [...nics, ...unmatched.map((nic) => nicOf(nic, null, nic.attachment))]
}

/**
 * What a running NIC is plugged into, as it says itself: a virtual port that libvirt shows there may be lent by the network,
 * whereas the saved definition shows the NIC's own.
 */
function withoutLent(live: Attachment, saved: Attachment | null): Attachment {
  if (live.type !== 'network') return live
  if (saved !== null && sameName(live, saved)) return saved
  const { virtualPort: _, more: __, ...named } = live
  return named
}

const nicOf = (
  { attachment: _, ...nic }: NicDefinition,
  live: Attachment | null,
  saved: Attachment | null,
): Nic => ({ ...nic, live, saved, addresses: [] })
