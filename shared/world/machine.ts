import { sameXml, type XmlPart } from './xml-part'
import { type Text, sameWords } from '../phrases/phrase'
import { english } from '../phrases/english'

export interface Machine {
  /** The libvirt UUID, the stable key in the World. */
  id: string
  name: string
  title: string | null
  state: MachineState
  /** False for a transient machine: it has no saved definition. */
  persistent: boolean
  autostart: boolean
  nics: readonly Nic[]
}

export type MachineState = 'running' | 'paused' | 'shutting-down' | 'off' | 'crashed' | 'suspended'

/** A machine counts as running when its NICs can be switched live. */
export const isLive = (state: MachineState): boolean =>
  state === 'running' || state === 'paused' || state === 'shutting-down'

export interface Nic {
  /** Lower case with colons, the stable key within the machine. */
  mac: string
  model: string | null
  /** libvirt's alias (`net0`), known while the machine runs. */
  alias: string | null
  /** The host's end of the cable (`vnet3`), known while the machine runs. */
  tap: string | null
  /** What the running machine is plugged into; null when it is off or the NIC is not there now. */
  live: Attachment | null
  /** What the saved definition says, in force from the next start; null when it has no such NIC. */
  saved: Attachment | null
  /** Where it was before its last switch, for the undo; absent when nobody has noted that. */
  previous?: Attachment
  /** False when the link is set down: plugged in, cable cut. The seconds for which Patchbay pulls it do not count. */
  linkUp: boolean
  /**
   * Patchbay has pulled the cable, and has it in again by then (milliseconds since 1970). With a link that is down it was ended
   * in the middle of that, and has left the cable out.
   */
  pulledUntil?: number
  /** Whether its port is kept apart from other isolated ones (`<port isolated>`); not said: as its network has it. */
  isolated?: boolean
  addresses: readonly NicAddress[]
  /** Its latest move by Patchbay in this run of the machine, if any. What is from before it is no address of the NIC now. */
  moved?: NicMove
}

/** A NIC of a running machine was plugged into something else. */
export interface NicMove {
  /** Milliseconds since 1970. */
  at: number
  /** Leases that it had there already, from an earlier stay: they count once they are renewed. */
  oldLeases: readonly { ip: string; expires: number | null }[]
}

/** Whether Patchbay was ended while it had the cable pulled, so that the link is still down. */
export const isLeftOut = ({ linkUp, pulledUntil }: Nic): boolean => !linkUp && pulledUntil !== undefined

/** A place that a NIC is plugged into: all that its definition says of it, so that it can be gone back to. */
export type Attachment =
  /** `portGroup`: the group of the network's settings that the NIC gets, such as a VLAN. */
  | ({ type: 'network'; network: string; portGroup?: string } & PlaceDetails)
  | ({ type: 'bridge'; bridge: string } & PlaceDetails)
  | ({ type: 'direct'; link: string; mode: MacvtapMode } & PlaceDetails)
  /** Something Patchbay shows but does not switch (user, vhostuser, hostdev, …). */
  | { type: 'other'; description: Text }

/** What a place is beyond its name; absent where its name says all. */
export interface PlaceDetails {
  /** `<virtualport>`: whose port it is at the switch, and with which profile (Open vSwitch, 802.1Qbg, 802.1Qbh). */
  virtualPort?: XmlPart
  /** What else `<source>` says, as an element of that name. */
  more?: XmlPart
}

export const MACVTAP_MODES = ['bridge', 'vepa', 'private', 'passthrough'] as const
export type MacvtapMode = (typeof MACVTAP_MODES)[number]

export interface NicAddress {
  ip: string
  prefix: number
  /** Who says so: libvirt's DHCP, the guest agent, or the host's neighbour table. */
  source: 'lease' | 'agent' | 'arp'
  /** When it was seen there, in milliseconds since 1970; absent where that is not known. */
  seenAt?: number
}

/** The attachment in force: live for a running machine, saved for a stopped one. */
export const attachmentOf = (nic: Nic): Attachment | null => nic.live ?? nic.saved

/** The key in the World of the network that an attachment names, or null for `other`. */
export function networkIdOf(attachment: Attachment): string | null {
  switch (attachment.type) {
    case 'network':
      return `network:${attachment.network}`
    case 'bridge':
      return `bridge:${attachment.bridge}`
    case 'direct':
      return `macvtap:${attachment.link}`
    case 'other':
      return null
  }
}

/** Whether both are the same place in everything that is known of it. */
export function sameAttachment(a: Attachment | null, b: Attachment | null): boolean {
  if (a === null || b === null) return a === b
  if (!sameName(a, b)) return false
  if (a.type === 'other' || b.type === 'other') return true
  return sameXml(a.virtualPort, b.virtualPort) && sameXml(a.more, b.more)
}

/** Whether both are called the same, as far as a place can be named on the command line. */
export function sameName(a: Attachment, b: Attachment): boolean {
  switch (a.type) {
    case 'network':
      return b.type === 'network' && a.network === b.network && a.portGroup === b.portGroup
    case 'bridge':
      return b.type === 'bridge' && a.bridge === b.bridge
    case 'direct':
      return b.type === 'direct' && a.link === b.link && a.mode === b.mode
    case 'other':
      return b.type === 'other' && sameWords(a.description, b.description)
  }
}

/** The part of a place that a NIC gets, where it is one of several: a port group, or a profile at a switch. */
export function partOf(attachment: Attachment): string | null {
  if (attachment.type === 'other') return null
  const group = attachment.type === 'network' ? attachment.portGroup : undefined
  const port = attachment.virtualPort?.children.find(({ name }) => name === 'parameters')
  return group ?? port?.attributes.profileid ?? null
}

/**
 * How an attachment is written on the command line: `network:default`, `network:floor:staff`, `bridge:br0`,
 * `macvtap:enp3s0:bridge`; in English what can't be written there.
 */
export function attachmentText(attachment: Attachment): string {
  switch (attachment.type) {
    case 'network':
      return ['network', attachment.network, attachment.portGroup]
        .filter((part) => part !== undefined)
        .join(':')
    case 'bridge':
      return `bridge:${attachment.bridge}`
    case 'direct':
      return `macvtap:${attachment.link}:${attachment.mode}`
    case 'other':
      return english(attachment.description)
  }
}
