import { conclude, type Probe, type Probed, type ProbeGap } from '../../shared/reach/probe'
import type { Sent } from '../../shared/reach/probe'
import type { End, Reach } from '../../shared/reach/reach'
import type { Machine, World } from '../../shared/world/world'
import { wayOf } from './ways'

/** More addresses of one end than these are not tried. */
const MOST_ADDRESSES = 4

/** What really sends. */
export interface Senders {
  fromHost: (ip: string) => Promise<readonly Sent[]>
  /** Null where the guest can't ping; throws LibvirtError where its agent does not answer. */
  fromGuest: (machine: Machine, ip: string) => Promise<Sent | 'no-agent' | 'no-ping-in-guest'>
}

/** Tries for real what was said of two ends, without root, and compares. */
export async function probe(
  { from, to, said }: { from: End; to: End; said: Reach },
  world: Pick<World, 'host' | 'networks'>,
  senders: Senders,
): Promise<Probe> {
  const probed = await tryIt(from, to, world, senders)
  return { probed, conclusion: conclude(said, probed) }
}

async function tryIt(
  from: End,
  to: End,
  world: Pick<World, 'host' | 'networks'>,
  { fromHost, fromGuest }: Senders,
): Promise<Probed> {
  const way = wayOf(from, to, world)
  const sendTo = async (ips: readonly string[]): Promise<Sent[]> =>
    (await Promise.all(ips.slice(0, MOST_ADDRESSES).map(fromHost))).flat()
  switch (way.by) {
    case 'nobody':
      return gap(way.gap)
    case 'host':
      return { outcome: 'sent', sent: await sendTo(way.ips) }
    case 'guest': {
      const sent: Sent[] = []
      for (const ip of way.ips.slice(0, MOST_ADDRESSES)) {
        const one = await fromGuest(way.machine, ip)
        if (typeof one !== 'string') sent.push(one)
        else if (way.back.length > 0) return { outcome: 'sent', sent: await sendTo(way.back) }
        else return gap(one)
      }
      return { outcome: 'sent', sent }
    }
  }
}

const gap = (why: ProbeGap): Probed => ({ outcome: 'gap', gap: why })
