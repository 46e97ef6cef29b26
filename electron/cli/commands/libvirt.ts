import { PatchbayError } from '../../../shared/failure'
import type { World } from '../../../shared/world/world'
import type { Services } from '../../services/services'

/**
 * The World once libvirt has answered.
 * @throws PatchbayError with the reason when it can't be reached
 */
export async function withLibvirt(services: Services): Promise<World> {
  const world = await settled(services)
  if (world.libvirt.state === 'offline') throw new PatchbayError(world.libvirt.failure)
  return world
}

/** The World once it is known whether libvirt can be reached. */
export const settled = ({ world }: Services): Promise<World> =>
  world.until((now) => (now.libvirt.state === 'connecting' ? undefined : now))
