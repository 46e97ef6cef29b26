import { randomUUID } from 'node:crypto'
import type { Libvirt } from '../libvirt/libvirt'

/** A network of nobody's: without an address, and gone when it is stopped. libvirt names its bridge. */
const passingNetwork = (): string =>
  `<network><name>patchbay-passing-${randomUUID()}</name><bridge stp='off' delay='0'/></network>`

/**
 * Makes a bridge that running NICs can pass through on their way back to their own one, for as long as the work takes. Nobody
 * else is on it.
 * @param work gets the bridge's name
 * @throws LibvirtError when libvirt does not make it, and whatever the work throws
 */
export async function withPassingBridge<T>(
  libvirt: Libvirt,
  work: (bridge: string) => Promise<T>,
): Promise<T> {
  const { net } = await libvirt.call('networkCreateXml', { xml: passingNetwork() })
  try {
    const { name } = await libvirt.call('networkGetBridgeName', { net })
    return await work(name)
  } finally {
    await libvirt.call('networkDestroy', { net })
  }
}
