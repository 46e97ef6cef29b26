import type { Attachment, Nic } from '../../shared/world/world'
import { isNoDomain, LibvirtError } from '../libvirt/errors'
import { Affect, DomainXml } from '../libvirt/flags'
import type { Libvirt } from '../libvirt/libvirt'
import type { Domain } from '../libvirt/wire'
import { parseXml } from '../libvirt/xml'
import { attachmentOfInterface } from './attachment-xml'
import { extractInterface, linkOf, withLink } from './interface-xml'
import { liveNotesOf } from './live-notes'
import { ownXml } from './own-xml'

/** One NIC as one of a machine's two definitions has it: the running one, or the saved one. */
export interface Side {
  /** `live` or `config` of virDomainModificationImpact. */
  affect: number
  /** Its `<interface>`: what the NIC says itself; its link as the user has it, also while Patchbay has pulled the cable. */
  xml: string
  /** The same with what its network leads to and lends it, as libvirt shows a running NIC; absent where that is the same. */
  shown?: string
  /** The whole definition. */
  domainXml: string
  attachment: Attachment
}

export interface Sides {
  /** Null while the machine is off, or when the NIC is not plugged in now. */
  live: Side | null
  /** Null for a transient machine, or when the NIC is gone after the next stop. */
  saved: Side | null
}

/** Reads a NIC from both definitions. @throws PatchbayError `refused` when several NICs share the MAC. */
export async function readSides(libvirt: Libvirt, dom: Domain, mac: string): Promise<Sides> {
  const read = async (affect: number, flags: number): Promise<Side | null> => {
    const domain = await libvirt.call('domainGetXmlDesc', { dom, flags })
    const found = extractInterface(domain.xml, mac)
    if (found === null) return null
    const xml = asUserHasIt(found, domain.xml, mac)
    return { affect, xml, domainXml: domain.xml, attachment: attachmentIn(xml) }
  }
  const { persistent } = await libvirt.call('domainIsPersistent', { dom })
  const [live, saved] = await Promise.all([
    dom.id === -1 ? null : read(Affect.live, DomainXml.current),
    persistent ? read(Affect.config, DomainXml.inactive) : null,
  ])
  return { live: live && (await withoutLent(libvirt, dom, mac, { live, saved })), saved }
}

const attachmentIn = (xml: string): Attachment => attachmentOfInterface(parseXml(xml, 'interface'))

/** The running NIC without what its network lends it. */
async function withoutLent(
  libvirt: Libvirt,
  dom: Domain,
  mac: string,
  { live, saved }: { live: Side; saved: Side | null },
): Promise<Side> {
  if (live.attachment.type !== 'network') return live
  const domain = await readMigratable(libvirt, dom)
  const found = domain && extractInterface(domain, mac)
  const migratable = found && asUserHasIt(found, live.domainXml, mac)
  const xml = ownXml(live.xml, { migratable, saved: saved?.xml ?? null })
  return { ...live, xml, shown: live.xml, attachment: attachmentIn(xml) }
}

/** Null where libvirt's driver for these machines has no such form, or does not give it out to this user. */
async function readMigratable(libvirt: Libvirt, dom: Domain): Promise<string | null> {
  try {
    return (await libvirt.call('domainGetXmlDesc', { dom, flags: DomainXml.migratable })).xml
  } catch (thrown) {
    if (thrown instanceof LibvirtError && !isNoDomain(thrown)) return null
    throw thrown
  }
}

/** Where the NIC is plugged in, in both definitions. */
export const attachmentsOf = ({ live, saved }: Sides): Pick<Nic, 'live' | 'saved'> => ({
  live: live?.attachment ?? null,
  saved: saved?.attachment ?? null,
})

/** A cable that Patchbay holds in its hand, or was ended with, is not one that the user has cut. */
function asUserHasIt(xml: string, domainXml: string, mac: string): string {
  if (linkOf(xml) !== 'down') return xml
  const pulled = liveNotesOf(parseXml(domainXml, 'domain')).get(mac.toLowerCase())?.pulled ?? null
  return pulled === null ? xml : withLink(xml, pulled.link)
}
