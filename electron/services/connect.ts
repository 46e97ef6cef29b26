import { agePhrase } from './age'
import { PatchbayError } from '../../shared/failure'
import { lanBridgeOf } from '../../shared/world/host'
import { checkMacvtap, macvtapNotes, type NicKey } from '../../shared/world/macvtap'
import { mustReplug, versionNumber } from '../../shared/world/replug'
import type { Result } from '../../shared/result'
import { resolveTarget, type Target } from '../../shared/world/target'
import {
  isLive,
  networkIdOf,
  partOf,
  sameAttachment,
  sameName,
  type Attachment,
  type Machine,
  type Nic,
  type NicAddress,
  type World,
} from '../../shared/world/world'
import type { FoundAddress } from '../machines/ask-for-address'
import { findMachine, findNic } from './find'
import { say, type Phrase, type Text } from '../../shared/phrases/phrase'

export interface ConnectRequest {
  /** UUID or name. */
  machine: string
  /** Null for a machine with one NIC. */
  mac: string | null
  /** `back`: where it was before its last switch. */
  to: Target | { kind: 'back' }
  /** False to change the saved definition only. */
  live: boolean
}

/** A switch that makes sense: everything was found, nothing was changed yet. */
export interface ConnectPlan {
  machine: Machine
  nic: Nic
  /** What the NIC is plugged into where the switch takes effect first. */
  before: Attachment
  to: Attachment
  /** The target in words: "the LAN". */
  place: Text
  /** Whether a running machine is switched at once. */
  live: boolean
  alreadyThere: boolean
  /** Whether the NIC of the running machine has to be unplugged and plugged in again. */
  replugs: boolean
  /** Whether nobody hands out addresses there, and the host hears nobody. */
  silent: boolean
  /** What is worth knowing before it happens. */
  notes: readonly Text[]
}

/**
 * Works out what to switch.
 * @throws PatchbayError `not-found`, `usage`, `refused`
 */
export function planConnect(world: World, request: ConnectRequest): ConnectPlan {
  const machine = findMachine(world, request.machine)
  const nic = findNic(machine, request.mac)
  const to =
    request.to.kind === 'back'
      ? previousOf(world, machine, nic)
      : asItIsThere(unwrap(resolveTarget(world, request.to)), nic)
  const live = request.live && isLive(machine.state)
  if (!live && !machine.persistent) {
    throw new PatchbayError({
      code: 'refused',
      message: say('no-saved-definition-can-only', { name: machine.name }),
      shellHint: say('leave-out-no-live'),
    })
  }
  const before = (live ? nic.live : nic.saved) ?? nic.saved ?? nic.live
  if (before === null) {
    throw new PatchbayError({
      code: 'refused',
      message: say('network-card-plugged-in-nowhere', { mac: nic.mac, name: machine.name }),
      shellHint: say('see-patchbay-machines'),
    })
  }
  const savedThere = nic.saved === null || sameAttachment(nic.saved, to)
  const alreadyThere = savedThere && (!live || sameAttachment(nic.live, to))
  const key = { machine: machine.id, mac: nic.mac }
  if (!alreadyThere && to.type === 'direct') unwrap(checkMacvtap(world, to, key))
  return {
    machine,
    nic,
    before,
    to,
    place: placeOf(world, to),
    live,
    alreadyThere,
    replugs:
      live &&
      nic.live !== null &&
      !sameAttachment(nic.live, to) &&
      mustReplug(world.networks, { from: nic.live, to, version: versionOf(world) }),
    silent: world.networks.some(({ id, kind }) => id === networkIdOf(to) && kind === 'very-isolated'),
    notes: [...macvtapNotes(world, to), ...(alreadyThere ? [] : oneWayNotes(world, before, key))],
  }
}

/** The target as the NIC has it, where it is there already by name: a virtual port can't be told by hand, and stays. */
const asItIsThere = (to: Attachment, { live, saved }: Nic): Attachment =>
  [live, saved].filter((place) => place !== null).find((place) => sameName(place, to)) ?? to

/** Zero while it is not known. */
const versionOf = ({ libvirt }: World): number =>
  (libvirt.state === 'connected' ? versionNumber(libvirt.version) : null) ?? 0

/** Why the switch could not be undone as things are; nothing where it could. */
function oneWayNotes(world: World, before: Attachment, key: NicKey): Text[] {
  if (before.type === 'other') return []
  const back = resolveTarget(world, { kind: 'attachment', attachment: before })
  const fit = back.ok && before.type === 'direct' ? checkMacvtap(world, before, key) : back
  return fit.ok ? [] : [say('things-patchbay-could-not-bring', { message: fit.failure.message })]
}

/** Whose cable to pull. */
export type ReplugWish = Pick<ConnectRequest, 'machine' | 'mac'>

/** A cable that can be pulled. */
export interface ReplugPlan {
  machine: Machine
  nic: Nic
  /** Where it is plugged in now. */
  at: Attachment
}

/** The running machine's NIC whose cable can be pulled. @throws PatchbayError `not-found`, `usage`, `refused` */
export function planReplug(world: World, request: ReplugWish): ReplugPlan {
  const machine = findMachine(world, request.machine)
  const nic = findNic(machine, request.mac)
  const refused = (message: Text, hint: Text): PatchbayError =>
    new PatchbayError({ code: 'refused', message, hint })
  if (!isLive(machine.state) || nic.live === null) {
    throw refused(
      say('network-card-not-plugged', { mac: nic.mac, name: machine.name }),
      say('start-machine-first-guest-asks'),
    )
  }
  if (!nic.linkUp && nic.pulledUntil === undefined) {
    throw refused(
      say('cable-cut-own-setting-stays', { name: machine.name }),
      say('put-in-first-virsh-domif', { name: machine.name, mac: nic.mac }),
    )
  }
  return { machine, nic, at: nic.live }
}

/** Where the last switch took the NIC from, as long as that is still there. */
function previousOf(world: World, machine: Machine, { mac, previous }: Nic): Attachment {
  if (previous !== undefined)
    return unwrap(resolveTarget(world, { kind: 'attachment', attachment: previous }))
  throw new PatchbayError({
    code: 'refused',
    message: say('patchbay-not-switched-network-card', { mac, name: machine.name }),
    hint: say('say-where-to-plug'),
    shellHint: say('say-where-to-plug-in-patchbay', { name: machine.name }),
  })
}

function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value
  throw new PatchbayError(result.failure)
}

/** What an attachment is called in a sentence. */
export function placeOf(world: Pick<World, 'host'>, attachment: Attachment): Text {
  if (attachment.type === 'bridge' && attachment.bridge === lanBridgeOf(world.host)) {
    return say('the-lan', { bridge: attachment.bridge })
  }
  const [place, part] = [wholePlaceOf(attachment), partOf(attachment)]
  return part === null ? place : say('part-of-place', { place, part })
}

function wholePlaceOf(attachment: Attachment): Text {
  switch (attachment.type) {
    case 'network':
      return say('the-network', { network: attachment.network })
    case 'bridge':
      return say('the-bridge', { bridge: attachment.bridge })
    case 'direct':
      return say('by-macvtap', { link: attachment.link, mode: attachment.mode })
    case 'other':
      return attachment.description
  }
}

/** What the switch came to, in one or two sentences. */
export function summaryOf({ machine, place, live }: ConnectPlan, { address, inVain }: FoundAddress): Text {
  if (!live) {
    return isLive(machine.state)
      ? say('on-from-next-start', { name: machine.name, place })
      : say('on-when-starts', { name: machine.name, place })
  }
  const there = say('is-on', { name: machine.name, place })
  return say('sentences', { all: [there, ...(inVain === true ? [IN_VAIN] : addressSentence(address))] })
}

/** No address came, also after the cable had been pulled for long. */
export const IN_VAIN = say('no-address-seen')

/** `Its address is 10.0.0.5, leased from libvirt, seen 3 min ago.`; empty for none. */
export function addressSentence(address: NicAddress | null, now: number = Date.now()): Phrase[] {
  if (address === null) return []
  const { seenAt } = address
  return seenAt === undefined
    ? [say('full-stop', { text: from(address) })]
    : [say('address-and-age', { address: from(address), age: agePhrase(seenAt, now) })]
}

function from({ source, ip }: NicAddress): Phrase {
  switch (source) {
    case 'lease':
      return say('leased-from-libvirt', { ip })
    case 'agent':
      return say('guest-agent-says', { ip })
    case 'arp':
      return say('where-it-answers', { ip })
  }
}
