import { setTimeout as delay } from 'node:timers/promises'
import type { Libvirt } from '../libvirt/libvirt'
import { findMachine } from '../libvirt/lookup'
import { linkOf, plugInto, withLink } from './interface-xml'
import { readSides } from './sides'
import { LINK_DOWN_MS } from './pull-cable'

export interface LooseNic {
  /** UUID or name. */
  machine: string
  mac: string
  /** The libvirt network that the NIC is on, as far as libvirt knows. */
  network: string
}

/**
 * Plugs a running machine's NIC back into the virtual bridge of its network, and has the guest ask for its address again.
 * When libvirt makes a bridge anew, or somebody else takes the tap out of it, the tap has no bridge; and an update to the
 * same network, or from libvirt 11 on to a bridge of the same name, is no change to libvirt (src/qemu/qemu_hotplug.c, qemuDomainChangeNet).
 * So the NIC goes to another bridge, and from there to the network, which lends it anew what it lends by now. Nothing is
 * done for a NIC that is somewhere else by now.
 * @param passing a bridge with nobody on it
 * @throws PatchbayError `not-found`, LibvirtError
 */
export async function plugBack(
  libvirt: Libvirt,
  { machine, mac, network }: LooseNic,
  passing: string,
): Promise<void> {
  const dom = await findMachine(libvirt, machine)
  const { live } = await readSides(libvirt, dom, mac)
  if (live?.attachment.type !== 'network' || live.attachment.network !== network) return
  const update = async (xml: string): Promise<void> => {
    await libvirt.call('domainUpdateDeviceFlags', { dom, xml, flags: live.affect })
  }
  const away = plugInto(live.xml, { type: 'bridge', bridge: passing })
  if (linkOf(live.xml) === 'down') {
    await update(away)
  } else {
    await update(withLink(away, 'down'))
    await delay(LINK_DOWN_MS)
  }
  await update(live.xml)
}
