import { Affect, Feature, UpdateCommand, UpdateSection } from '../libvirt/flags'
import type { Libvirt } from '../libvirt/libvirt'
import type { NetworkRef } from '../libvirt/wire'

/** One element that libvirt puts into a network, or takes out of it, while that runs. */
export interface NetworkUpdate {
  command: 'add' | 'delete'
  section: 'dhcpHost' | 'dhcpRange' | 'dnsHost'
  /** Which `<ip>` it belongs to; -1 for what belongs to none. */
  parentIndex: number
  xml: string
}

export interface UpdateTarget {
  net: NetworkRef
  /** Whether it runs, and whether it has a saved definition: both are changed. */
  live: boolean
  saved: boolean
}

/**
 * Makes the updates in order; when one fails, those before it are taken back.
 * @throws LibvirtError that of the update, or of taking back
 */
export async function updateNetwork(
  libvirt: Libvirt,
  target: UpdateTarget,
  updates: readonly NetworkUpdate[],
): Promise<void> {
  const done: NetworkUpdate[] = []
  try {
    for (const update of updates) {
      await makeUpdate(libvirt, target, update)
      done.unshift(update)
    }
  } catch (thrown) {
    for (const update of done) await makeUpdate(libvirt, target, inverse(update))
    throw thrown
  }
}

const inverse = (update: NetworkUpdate): NetworkUpdate => ({
  ...update,
  command: update.command === 'add' ? 'delete' : 'add',
})

async function makeUpdate(libvirt: Libvirt, target: UpdateTarget, update: NetworkUpdate): Promise<void> {
  const { net, live, saved } = target
  const command = update.command === 'add' ? UpdateCommand.addLast : UpdateCommand.delete
  const section = UpdateSection[update.section]
  // Before 7.2 libvirt read the two the wrong way round (src/libvirt-network.c, virNetworkUpdate).
  const { supported } = await libvirt.call('connectSupportsFeature', {
    feature: Feature.networkUpdateHasCorrectOrder,
  })
  await libvirt.call('networkUpdate', {
    net,
    ...(supported ? { command, section } : { command: section, section: command }),
    parentIndex: update.parentIndex,
    xml: update.xml,
    flags: (live ? Affect.live : 0) | (saved ? Affect.config : 0),
  })
}
