import { PatchbayError } from '../../shared/failure'
import type { Libvirt } from '../libvirt/libvirt'
import { findNetwork } from '../libvirt/lookup'
import type { NetworkRef } from '../libvirt/wire'
import { say } from '../../shared/phrases/phrase'

/** Starts a network; nothing to do for one that runs. @throws PatchbayError `not-found`, LibvirtError. */
export async function startNetwork(libvirt: Libvirt, name: string): Promise<void> {
  const net = await findNetwork(libvirt, name)
  const { active } = await libvirt.call('networkIsActive', { net })
  if (!active) await libvirt.call('networkCreate', { net })
}

/**
 * Stops a network; nothing to do for one that is stopped. Machines on it lose their connection,
 * and a network that is not persistent vanishes.
 * @throws PatchbayError `not-found`, LibvirtError.
 */
export async function stopNetwork(libvirt: Libvirt, name: string): Promise<void> {
  const net = await findNetwork(libvirt, name)
  const { active } = await libvirt.call('networkIsActive', { net })
  if (active) await libvirt.call('networkDestroy', { net })
}

/** Whether libvirt starts the network at boot. @throws PatchbayError `not-found`, `refused`, LibvirtError. */
export async function setNetworkAutostart(libvirt: Libvirt, name: string, autostart: boolean): Promise<void> {
  const net = await findNetwork(libvirt, name)
  const { persistent } = await libvirt.call('networkIsPersistent', { net })
  if (!persistent) {
    throw new PatchbayError({
      code: 'refused',
      message: say('network-no-saved-definition-cannot', { name }),
      hint: say('save-first-virsh-net-dumpxml', { name }),
    })
  }
  await libvirt.call('networkSetAutostart', { net, autostart })
}

/** Saves a network from its XML, or replaces the saved definition of the same name and UUID; does not start it. */
export async function defineNetwork(libvirt: Libvirt, xml: string): Promise<NetworkRef> {
  return (await libvirt.call('networkDefineXml', { xml })).net
}

/**
 * Makes a network from its XML and starts it, or has it started with the host, as told. When it can't be, nothing of
 * it is left.
 * @throws LibvirtError
 */
export async function createNetwork(
  libvirt: Libvirt,
  xml: string,
  { start, autostart }: { start: boolean; autostart: boolean },
): Promise<NetworkRef> {
  const net = await defineNetwork(libvirt, xml)
  try {
    if (autostart) await libvirt.call('networkSetAutostart', { net, autostart })
    if (start) await libvirt.call('networkCreate', { net })
    return net
  } catch (thrown) {
    await libvirt.call('networkUndefine', { net })
    throw thrown
  }
}

/** Stops a network and deletes its definition. @throws PatchbayError `not-found`, LibvirtError. */
export async function deleteNetwork(libvirt: Libvirt, name: string): Promise<void> {
  const net = await findNetwork(libvirt, name)
  const [{ active }, { persistent }] = await Promise.all([
    libvirt.call('networkIsActive', { net }),
    libvirt.call('networkIsPersistent', { net }),
  ])
  if (active) await libvirt.call('networkDestroy', { net })
  if (persistent) await libvirt.call('networkUndefine', { net })
}
