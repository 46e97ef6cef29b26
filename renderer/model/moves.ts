import { checkMacvtap } from '../../shared/world/macvtap'
import type { Remedy } from '../../shared/failure'
import type { Operation } from '../../shared/world/operation'
import { resolveTarget, type Target } from '../../shared/world/target'
import { attachmentOf, networkIdOf, type Attachment, type Nic, type World } from '../../shared/world/world'
import { t, inWords } from '../text'
import type { Place } from './places'
import { subnetText } from './words'

/** Why a cable can't be plugged into a place, in words; null when it can. Its own place counts as possible. */
export function refusalOf(
  place: Place,
  machine: string,
  nic: Nic,
  world: Pick<World, 'libvirt' | 'host' | 'networks' | 'machines'>,
): string | null {
  const { refusals } = t.machines
  const attachment = attachmentOf(nic)
  if (world.libvirt.state === 'offline') return refusals.offline
  if (attachment?.type === 'other') return refusals.otherCard
  if (attachment !== null && networkIdOf(attachment) === place.id) return null
  if (!place.active) return refusals.stopped
  if (place.attachment.type !== 'direct') return null
  const fit = checkMacvtap(world, place.attachment, { machine, mac: nic.mac })
  return fit.ok ? null : inWords(fit.failure.message)
}

/** Where NAT and LAN lead on this host, as the switch needs it. */
export type Way =
  | { kind: 'open'; placeId: string }
  | { kind: 'needs-bridge' }
  | { kind: 'closed'; why: string; remedy?: Remedy }

export function wayTo(target: Target, world: Pick<World, 'host' | 'networks'>): Way {
  const found = resolveTarget(world, target)
  if (found.ok) {
    const placeId = networkIdOf(found.value)
    if (placeId !== null) return { kind: 'open', placeId }
  }
  if (target.kind === 'lan') {
    const { host } = world
    if (host.computer === 'this') return { kind: 'needs-bridge' }
    return { kind: 'closed', why: t.machines.refusals.lanElsewhere(host.hostname) }
  }
  const stopped = world.networks.find((network) => network.kind === 'nat')
  const { noNat, natStopped } = t.machines.refusals
  if (stopped === undefined) return { kind: 'closed', why: noNat }
  const remedy = { kind: 'start-network', network: stopped.name } as const
  return { kind: 'closed', why: natStopped(stopped.name), remedy }
}

/** What the address will be in a place, in words. */
export function addressAfter(place: Place): string {
  const source = place.addressesFrom
  const words = t.machines.newAddress
  if (source !== 'libvirt') return words[source]
  const subnet =
    place.network?.source === 'libvirt' ? place.network.subnets.find((s) => s.dhcp !== null) : undefined
  return words.libvirt(subnet === undefined ? place.name : subnetText(subnet))
}

/** Whether a cable is in a place already, now and after a restart: moving it there would change nothing. */
export function isIn(place: Place, { live, saved }: Nic, isRunning: boolean): boolean {
  const sides = (isRunning ? [live, saved] : [saved ?? live]).filter((side) => side !== null)
  return sides.length > 0 && sides.every((side) => networkIdOf(side) === place.id)
}

/** Work during which Patchbay itself may hold a card's link down, so that its guest asks for an address. */
export function holdsCable({ subject }: Operation, machine: string, nic: Nic): boolean {
  switch (subject.kind) {
    case 'connect':
      return subject.machine === machine && subject.mac === nic.mac
    case 'doctor':
      return subject.check === 'old-address' && subject.about === nic.mac
    case 'network':
      return nic.live !== null && networkIdOf(nic.live) === subject.network
    default:
      return false
  }
}

/** Which part of the switch a NIC's attachment lights up; none when what it names is not there. */
export function segmentOf(
  attachment: Attachment | null,
  places: readonly Place[],
): 'nat' | 'lan' | 'other' | null {
  if (attachment === null) return null
  const place = places.find((candidate) => candidate.id === networkIdOf(attachment))
  if (place === undefined) return attachment.type === 'other' ? 'other' : null
  if (place.isLan) return 'lan'
  return place.kind === 'nat' ? 'nat' : 'other'
}

/** The key of a NIC in the whole World. */
export const nicKey = (machineId: string, nic: Pick<Nic, 'mac'>): string => `${machineId}/${nic.mac}`
