import { PatchbayError } from '../../shared/failure'
import type { Attachment, Nic } from '../../shared/world'
import { at, attribute, parseXml, type XmlElement } from '../libvirt/xml'
import { attachmentOfInterface } from './attachment-xml'

/** What one `<domain>` XML says, of the running machine or of the saved definition. */
export interface MachineDefinition {
  title: string | null
  nics: readonly NicDefinition[]
}

export interface NicDefinition extends Pick<Nic, 'mac' | 'model' | 'alias' | 'tap' | 'linkUp'> {
  attachment: Attachment
}

/**
 * Reads `<domain>` XML (https://libvirt.org/formatdomain.html).
 *
 * Only the pieces that matter are parsed, a tenth of the text: with whole definitions, parsing would be most of the time
 * it takes to list 500 machines. They can be found by their tags, because libvirt writes the title before the user's own
 * `<metadata>` and `<devices>` after it, and escapes every `<` that is not a tag.
 * @throws PatchbayError `protocol` when it is no domain.
 */
export function parseMachine(xml: string): MachineDefinition {
  if (!xml.startsWith('<domain')) throw notADomain(xml)
  const head = xml.slice(0, xml.search(/<metadata|<devices|$/))
  const devices = xml.slice(xml.lastIndexOf('<devices>'))
  const [title] = /<title>[^<]*<\/title>/.exec(head) ?? []
  const interfaces = devices.match(/<interface\b[^>]*\/>|<interface\b[^]*?<\/interface>/g) ?? []
  return {
    title: title === undefined ? null : parseXml(title, 'title').text.trim(),
    nics: interfaces.map((piece) => parseNic(parseXml(piece, 'interface'))),
  }
}

const notADomain = (xml: string): PatchbayError =>
  new PatchbayError({
    code: 'protocol',
    message: 'libvirt sent something else where a machine’s definition belongs.',
    detail: xml.slice(0, 80),
  })

/** An interface's MAC in the form the World uses: lower case with colons. */
const macOf = (element: XmlElement): string => (attribute(at(element, 'mac'), 'address') ?? '').toLowerCase()

const parseNic = (element: XmlElement): NicDefinition => ({
  mac: macOf(element),
  model: attribute(at(element, 'model'), 'type'),
  alias: attribute(at(element, 'alias'), 'name'),
  tap: attribute(at(element, 'target'), 'dev'),
  linkUp: attribute(at(element, 'link'), 'state') !== 'down',
  attachment: attachmentOfInterface(element),
})

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
    return nicOf(nic, nic.attachment, match?.attachment ?? null)
  })
  return [...nics, ...unmatched.map((nic) => nicOf(nic, null, nic.attachment))]
}

const nicOf = (
  { mac, model, alias, tap, linkUp }: NicDefinition,
  live: Attachment | null,
  saved: Attachment | null,
): Nic => ({ mac, model, alias, tap, live, saved, linkUp, addresses: [] })
