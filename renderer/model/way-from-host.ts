import { networkIdOf, type LibvirtNetwork, type Nic } from '../../shared/world/world'
import type { Place } from './places'

/** What would let this computer's side reach a running card by IPv4, where it is not reached anyway. */
export type WayFromHost =
  | { kind: 'nat'; ip: string; network: LibvirtNetwork }
  /** A card's macvtap; the kernel's limit can be led around in its mode `bridge` alone. */
  | { kind: 'macvtap'; ip: string | null; link: string }

/** Null where there is none. Over macvtap only a guest agent tells the address, so it may have to be asked for. */
export function wayFromHost(
  { live, addresses }: Pick<Nic, 'live' | 'addresses'>,
  places: ReadonlyMap<string, Place>,
): WayFromHost | null {
  const ip = addresses.find((address) => address.ip.includes('.'))?.ip ?? null
  if (live === null) return null
  if (live.type === 'direct') return live.mode === 'bridge' ? { kind: 'macvtap', ip, link: live.link } : null
  const network = places.get(networkIdOf(live) ?? '')?.network
  if (network?.source !== 'libvirt') return null
  if (network.kind === 'nat') return ip === null ? null : { kind: 'nat', ip, network }
  // Which of several links libvirt has taken is not told.
  const [link, another] = network.links
  return network.mode === 'bridge' && link !== undefined && another === undefined
    ? { kind: 'macvtap', ip, link }
    : null
}
