import { PatchbayError } from '../../shared/failure'
import type { ReachAnswer } from '../../shared/reach/probe'
import { reach } from '../../shared/reach/reach'
import type { World } from '../../shared/world/world'
import { LibvirtError } from '../libvirt/errors'
import type { Libvirt } from '../libvirt/libvirt'
import { readNeighbours, type IpNeighbour } from '../system/ip-json'
import { sendFromHost } from '../probe/from-host'
import { pingFromGuest } from '../probe/from-guest'
import { probe, type Senders } from '../probe/probe'
import { withMetAddresses } from '../probe/ways'
import { findEnd } from './find'
import { say } from '../../shared/phrases/phrase'

export interface ReachRequest {
  /** `host`, `lan`, `internet`, or a machine's name. */
  from: string
  to: string
  /** Whether to try it for real as well. */
  probe: boolean
}

/** What meets the kernel and the guests. */
export interface ReachSources extends Senders {
  neighbours: () => Promise<readonly IpNeighbour[]>
}

/**
 * Who reaches whom, tried for real when asked.
 * @param sources null for the machines of another computer, whose network can't be met from here
 * @throws PatchbayError `not-found`, or `refused` for a probe of another computer's network
 */
export async function answerReach(
  world: World,
  { from, to, probe: wanted }: ReachRequest,
  sources: ReachSources | null,
): Promise<ReachAnswer> {
  if (wanted && sources === null) throw elsewhere()
  const table = sources === null ? [] : await sources.neighbours()
  const machines = withMetAddresses(world.machines, table, world)
  const ends = { from: findEnd({ machines }, from), to: findEnd({ machines }, to) }
  const said = reach(ends.from, ends.to, world)
  return { said, probe: wanted && sources !== null ? await probe({ ...ends, said }, world, sources) : null }
}

const elsewhere = (): PatchbayError =>
  new PatchbayError({
    code: 'refused',
    message: say('sent-from-computer-tells-nothing'),
    hint: say('run-patchbay-over-or-leave'),
  })

export const reachSources = (libvirt: () => Libvirt): ReachSources => ({
  neighbours: () => readNeighbours(),
  fromHost: (ip) => sendFromHost(ip),
  fromGuest: async (machine, ip) => {
    try {
      return (await pingFromGuest(libvirt(), machine, ip)) ?? 'no-ping-in-guest'
    } catch (thrown) {
      if (thrown instanceof LibvirtError) return 'no-agent'
      throw thrown
    }
  },
})
