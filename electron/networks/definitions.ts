import { NetworkXml } from '../libvirt/flags'
import type { Libvirt } from '../libvirt/libvirt'
import { findNetwork } from '../libvirt/lookup'
import type { NetworkRef } from '../libvirt/wire'

/** A network's two definitions, as XML. */
export interface Definitions {
  net: NetworkRef
  /** What is in force now; null for a stopped network. */
  live: string | null
  /** What is in force from its next start; null for a network that vanishes when it is stopped. */
  saved: string | null
}

/** @throws PatchbayError `not-found`, LibvirtError */
export async function readDefinitions(libvirt: Libvirt, name: string): Promise<Definitions> {
  const net = await findNetwork(libvirt, name)
  const [{ active }, { persistent }] = await Promise.all([
    libvirt.call('networkIsActive', { net }),
    libvirt.call('networkIsPersistent', { net }),
  ])
  const read = async (flags: number): Promise<string> =>
    (await libvirt.call('networkGetXmlDesc', { net, flags })).xml
  const [live, saved] = await Promise.all([
    active ? read(NetworkXml.current) : null,
    persistent ? read(NetworkXml.inactive) : null,
  ])
  return { net, live, saved }
}
