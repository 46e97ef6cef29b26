import { ageText } from './age'
import { PatchbayError } from '../../shared/failure'
import { lanBridgeOf } from '../../shared/world/host'
import { checkMacvtap, macvtapNotes, type NicKey } from '../../shared/world/macvtap'
import { mustReplug, versionNumber } from '../../shared/world/replug'
import type { Result } from '../../shared/result'
import { resolveTarget, type Target } from '../../shared/world/target'
import {
  attachmentText,
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
  place: string
  /** Whether a running machine is switched at once. */
  live: boolean
  alreadyThere: boolean
  /** Whether the NIC of the running machine has to be unplugged and plugged in again. */
  replugs: boolean
  /** Whether nobody hands out addresses there, and the host hears nobody. */
  silent: boolean
  /** What is worth knowing before it happens. */
  notes: readonly string[]
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
      message: `${machine.name} has no saved definition, so it can only be switched while it runs.`,
      shellHint: 'Leave out --no-live.',
    })
  }
  const before = (live ? nic.live : nic.saved) ?? nic.saved ?? nic.live
  if (before === null) {
    throw new PatchbayError({
      code: 'refused',
      message: `The network card ${nic.mac} of ${machine.name} is plugged in nowhere.`,
      shellHint: 'See: patchbay machines',
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
function oneWayNotes(world: World, before: Attachment, key: NicKey): string[] {
  if (before.type === 'other') return []
  const back = resolveTarget(world, { kind: 'attachment', attachment: before })
  const fit = back.ok && before.type === 'direct' ? checkMacvtap(world, before, key) : back
  return fit.ok
    ? []
    : [`As things are, Patchbay could not bring it back afterwards (--undo): ${fit.failure.message}`]
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
  const refused = (message: string, hint: string): PatchbayError =>
    new PatchbayError({ code: 'refused', message, hint })
  if (!isLive(machine.state) || nic.live === null) {
    throw refused(
      `The network card ${nic.mac} of ${machine.name} is not plugged in now, so there is no cable to pull.`,
      'Start the machine first: its guest asks for an address by itself then.',
    )
  }
  if (!nic.linkUp && nic.pulledUntil === undefined) {
    throw refused(
      `The cable of ${machine.name} is cut by its own setting, and stays so.`,
      `Put it in first: virsh domif-setlink ${machine.name} ${nic.mac} up`,
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
    message: `Patchbay has not switched the network card ${mac} of ${machine.name}, so there is nothing to undo.`,
    hint: 'Say where to plug it in.',
    shellHint: `Say where to plug it in: patchbay connect ${machine.name} TO`,
  })
}

function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value
  throw new PatchbayError(result.failure)
}

/** What an attachment is called in a sentence. */
export function placeOf(world: Pick<World, 'host'>, attachment: Attachment): string {
  const part = partOf(attachment)
  const inPart = part === null ? '' : ` (${part})`
  switch (attachment.type) {
    case 'network':
      return `the network ${attachment.network}${inPart}`
    case 'bridge':
      return attachment.bridge === lanBridgeOf(world.host)
        ? `the LAN (${attachment.bridge})`
        : `the bridge ${attachment.bridge}${inPart}`
    case 'direct':
      return `${attachment.link} by macvtap (${attachment.mode})${inPart}`
    case 'other':
      return attachmentText(attachment)
  }
}

/** What the switch came to, in one or two sentences. */
export function summaryOf({ machine, place, live }: ConnectPlan, { address, inVain }: FoundAddress): string {
  if (!live) {
    return isLive(machine.state)
      ? `${machine.name} will be on ${place} from its next start.`
      : `${machine.name} will be on ${place} when it starts.`
  }
  return `${machine.name} is on ${place}.${inVain === true ? IN_VAIN : addressSentence(address)}`
}

/** No address came, also after the cable had been pulled for long. */
export const IN_VAIN =
  ' No address of it was seen there: it may have a fixed one, need longer, or have missed that its cable was pulled.'

/** ` Its address is 10.0.0.5, leased from libvirt, seen 3 min ago.`; empty for none. */
export function addressSentence(address: NicAddress | null, now: number = Date.now()): string {
  if (address === null) return ''
  const { ip, seenAt } = address
  const age = seenAt === undefined ? '' : `, seen ${ageText(seenAt, now)}`
  return ` Its address is ${ip}${from(address)}${age}.`
}

function from({ source }: NicAddress): string {
  switch (source) {
    case 'lease':
      return ', leased from libvirt'
    case 'agent':
      return ', as its guest agent says'
    case 'arp':
      return ', where it answers'
  }
}
