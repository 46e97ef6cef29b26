import { PatchbayError } from '../../../shared/failure'
import type { AdditionOf } from '../../../shared/helper/host-addition'
import { runCommand } from '../../system/command'
import type { IpLink } from '../../system/ip-json'
import type { AdditionKind } from './kind'
import { bridgeNamed, findLink } from './links'
import { say } from '../../../shared/phrases/phrase'

const stpOf = (link: IpLink | null): number | undefined => link?.linkinfo?.info_data?.stp_state

/** `ip` gives and takes the delay in hundredths of a second (USER_HZ; iproute2, ip/iplink_bridge.c). */
const delayOf = (link: IpLink): number => link.linkinfo?.info_data?.forward_delay ?? 1500

const set = (bridge: string, ...setting: string[]): Promise<string> =>
  runCommand('ip', ['link', 'set', 'dev', bridge, 'type', 'bridge', ...setting])

/** With spanning tree a port listens and learns before it forwards, twice the delay: half a minute with the kernel's own. */
export const bridgeWithoutStp: AdditionKind<AdditionOf<'bridge-without-stp'>> = {
  lasting: false,
  async check({ bridge }) {
    const link = await bridgeNamed(bridge)
    const stp = stpOf(link) ?? 0
    // 2: a program of its own decides, such as mstpd (kernel: net/bridge/br_private.h, BR_USER_STP).
    if (stp > 1) {
      throw new PatchbayError({
        code: 'refused',
        message: say('program-computer-decides-about-spanning', { bridge }),
        hint: say('change-it-there'),
      })
    }
    return { stp: String(stp), delay: String(delayOf(link)) }
  },
  async apply({ addition: { bridge } }) {
    const link = await findLink(bridge)
    // A bridge that is not there now has its ports' time once it comes back.
    if (link === null || stpOf(link) === 0) return
    // A delay of less than two seconds is allowed only without spanning tree (kernel: net/bridge/br_stp.c).
    await set(bridge, 'stp_state', '0')
    await set(bridge, 'forward_delay', '0')
  },
  async revert({ addition: { bridge }, before: { stp = '0', delay = '1500' } }) {
    if (stpOf(await findLink(bridge)) !== 0) return
    await set(bridge, 'forward_delay', delay)
    await set(bridge, 'stp_state', stp)
  },
  inForce: async ({ addition: { bridge } }) => stpOf(await findLink(bridge)) === 0,
}
