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
      message: `The network ${net.name} has no saved definition, so what takes effect at its next start can’t be changed.`,
      hint: 'Create it again the way you want it.',
    })
  }
  if (live !== null && saved !== null && plan.updates.length > 0 && !sameSubnets(live, saved)) {
    throw new PatchbayError({
      code: 'refused',
      message: `The subnet or the DHCP range of ${net.name} was changed, and that waits for the network’s next start.`,
      hint: 'Restart it first.',
      shellHint: `Restart it first: patchbay network restart ${net.name}`,
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
