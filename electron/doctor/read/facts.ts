import type { World } from '../../../shared/world/world'
import { readAdditions } from '../../host/records/additions'
import { readNeighbours } from '../../system/ip-json'
import { lookAtHost } from '../../host/look'
import { parseLibvirtUri } from '../../libvirt/uri'
import type { DoctorFacts } from '../facts'
import { readDesktop } from './desktop'
import { readFirewallFacts } from './firewall'
import { readKernel } from './kernel'
import { readUser } from './user'

/** Looks at everything that the doctor judges; changes nothing. @throws PatchbayError when the host can't be looked at */
export async function readDoctorFacts(world: World): Promise<DoctorFacts> {
  const [host, neighbours, additions, user, desktop, kernel] = await Promise.all([
    lookAtHost(),
    readNeighbours(),
    readAdditions(),
    readUser(),
    readDesktop(),
    readKernel(),
  ])
  const firewall = await readFirewallFacts(host.host.links, user.isRoot)
  return {
    world: { ...world, host: host.host },
    scope: parseLibvirtUri(world.libvirt.uri).scope,
    ...{ host, neighbours, additions, user, desktop, kernel, firewall },
  }
}
