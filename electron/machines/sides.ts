import type { Attachment, Nic } from '../../shared/world'
import { Affect, DomainXml } from '../libvirt/flags'
import type { Libvirt } from '../libvirt/libvirt'
import type { Domain } from '../libvirt/wire'
import { parseXml } from '../libvirt/xml'
import { attachmentOfInterface } from './attachment-xml'
import { extractInterface } from './interface-xml'

/** One NIC as one of a machine's two definitions has it: the running one, or the saved one. */
export interface Side {
  /** `live` or `config` of virDomainModificationImpact. */
  affect: number
  /** Its `<interface>`. */
  xml: string
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
    const xml = extractInterface(domain.xml, mac)
    if (xml === null) return null
    const attachment = attachmentOfInterface(parseXml(xml, 'interface'))
    return { affect, xml, domainXml: domain.xml, attachment }
  }
  const { persistent } = await libvirt.call('domainIsPersistent', { dom })
  const [live, saved] = await Promise.all([
    dom.id === -1 ? null : read(Affect.live, DomainXml.current),
    persistent ? read(Affect.config, DomainXml.inactive) : null,
  ])
  return { live, saved }
}

/** Where the NIC is plugged in, in both definitions. */
export const attachmentsOf = ({ live, saved }: Sides): Pick<Nic, 'live' | 'saved'> => ({
  live: live?.attachment ?? null,
  saved: saved?.attachment ?? null,
})
