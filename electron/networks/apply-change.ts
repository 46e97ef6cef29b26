import { PatchbayError } from '../../shared/failure'
import type { NetworkChange } from '../../shared/world/network-wish'
import { rangesOf, type World } from '../../shared/world/world'
import type { Libvirt } from '../libvirt/libvirt'
import { rangeText } from './addressing'
import type { Definitions } from './definitions'
import { editNetwork } from './edit-xml'
import { parseNetwork } from './network-xml'
import { planChange, type ChangePlan } from './plan-change'
import { updateNetwork } from './update'
import { say } from '../../shared/phrases/phrase'

/**
 * Decides how to change a network that libvirt has, with both of its definitions in view. Pure.
 * @throws PatchbayError `usage`, `refused`, `not-found`, with the field
 */
export function planChangeOf(
  world: Pick<World, 'host' | 'networks'>,
  { net, live, saved }: Definitions,
  change: NetworkChange,
  random: () => bigint,
): ChangePlan {
  const plan = planChange(world, saved ?? live ?? '', change, random)
  if (saved === null && plan.later.length > 0) {
    throw new PatchbayError({
      code: 'refused',
      message: say('network-no-saved-definition-takes', { name: net.name }),
      hint: say('create-again-way-want'),
    })
  }
  if (live !== null && saved !== null && plan.updates.length > 0 && !sameSubnets(live, saved)) {
    throw new PatchbayError({
      code: 'refused',
      message: say('subnet-or-dhcp-range-changed', { name: net.name }),
      hint: say('restart-first'),
      shellHint: say('restart-first-patchbay-network-restart', { name: net.name }),
    })
  }
  return plan
}

/** An update says which `<ip>` it is for by its place, so both definitions must have the same ones there. */
function sameSubnets(live: string, saved: string): boolean {
  const of = (xml: string): string =>
    parseNetwork(xml)
      .subnets.map(
        (subnet) => `${subnet.address}/${subnet.prefix} ${rangesOf(subnet).map(rangeText).join(' ')}`,
      )
      .join()
  return of(live) === of(saved)
}

/**
 * Changes a network as planned: all of it, or nothing.
 * @throws LibvirtError when libvirt refuses, with the updates before it taken back
 */
export async function applyChange(
  libvirt: Libvirt,
  { net, live, saved }: Definitions,
  { updates, edits, later }: ChangePlan,
): Promise<void> {
  const target = { net, live: live !== null, saved: saved !== null }
  // The edits come first: an update would be lost again with the text that they were made from.
  const rewrites = saved !== null && later.length > 0
  if (rewrites) await libvirt.call('networkDefineXml', { xml: editNetwork(saved, edits) })
  try {
    await updateNetwork(libvirt, target, updates)
  } catch (thrown) {
    if (rewrites) await libvirt.call('networkDefineXml', { xml: saved })
    throw thrown
  }
}
