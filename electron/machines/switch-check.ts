import ipaddr from 'ipaddr.js'
import { PatchbayError } from '../../shared/failure'
import { changesPortGroup } from '../../shared/world/replug'
import type { KnownSubnet, Whereabouts } from '../../shared/world/whereabouts'
import { sameAttachment, type Attachment } from '../../shared/world/world'
import type { Libvirt } from '../libvirt/libvirt'
import { findNetwork } from '../libvirt/lookup'
import { at, attribute, childrenOf, parseXml, type XmlElement } from '../libvirt/xml'
import { refuseToPartTeam, refuseWhatIsLost, type Ground } from './carried'
import { whyFixed } from './fixed-nic'
import type { Pluggable } from './interface-xml'
import type { Side, Sides } from './sides'
import { say, type Text } from '../../shared/phrases/phrase'

/** What a switch has to do, after all that can be known beforehand speaks for it. */
export interface SwitchPlan {
  target: Pluggable
  /** What has to move; nothing, when the NIC is there already. */
  moves: Sides
  /** The saved `<interface>`, when the running machine shall have the NIC and does not: it comes new. */
  missing: Side | null
}

export interface SwitchWish {
  machine: string
  mac: string
  to: Attachment
  live: boolean
}

/** What to do when a running machine can't be switched. */
export const NEXT_START_HINT = say('switch-for-next-start')

/**
 * Works out which of the two definitions have to change, and refuses what can't work.
 * @throws PatchbayError `not-found`, `refused`, `unsupported` or `usage`.
 */
export function planSwitch(
  { live, saved }: Sides,
  { machine, mac, to, live: wanted, running = false }: SwitchWish & { running?: boolean },
): SwitchPlan {
  if (!live && !saved) {
    throw new PatchbayError({
      code: 'not-found',
      message: say('machine-no-network-card', { machine, mac }),
      shellHint: say('list-network-cards-with-patchbay'),
    })
  }
  if (!wanted && !saved) {
    throw new PatchbayError({
      code: 'refused',
      message: say('nothing-network-card-saved-nothing', { machine }),
      hint: say('switch-running-machine-instead'),
    })
  }
  const target = pluggable(to)
  const moves = {
    live: wanted ? unlessThere(live, to) : null,
    saved: unlessThere(saved, to),
  }
  for (const side of [moves.live, moves.saved]) {
    if (side?.attachment.type === 'other') {
      throw unsupported(
        say('network-card-uses-patchbay-shows', {
          description: side.attachment.description,
          why: whyFixed(typeOf(side)),
        }),
        say('change-in-machine-own-settings'),
      )
    }
  }
  return { target, moves, missing: wanted && running && live === null ? saved : null }
}

const typeOf = ({ xml }: Side): string | null => attribute(parseXml(xml, 'interface'), 'type')

const unlessThere = (side: Side | null, to: Attachment): Side | null =>
  side && !sameAttachment(side.attachment, to) ? side : null

function pluggable(to: Attachment): Pluggable {
  if (to.type !== 'other') return to
  throw new PatchbayError({ code: 'usage', message: say('nothing-to-plug', { description: to.description }) })
}

const unsupported = (message: Text, hint: Text): PatchbayError =>
  new PatchbayError({ code: 'unsupported', message, hint })

/** What the place is like that a NIC goes to. */
export interface Destination {
  ground: Ground
  /** That of libvirt: 9_000_000 is 9.0.0. */
  version: number
  /** The libvirt network whose DHCP will answer the guest; null when none will. */
  dhcpNetwork: string | null
  /** Whether the host is among the neighbours of who is plugged in there, and so may notice its address. */
  hostIsNear: boolean
  /** What libvirt knows of the subnets there. */
  where: Whereabouts
}

/**
 * A network that a machine is plugged into must exist, and run when the machine does; and the NIC must find there what its
 * definition asks for.
 * @throws PatchbayError `not-found`, `refused` or `unsupported`
 */
export async function checkTarget(libvirt: Libvirt, plan: SwitchPlan): Promise<Destination> {
  const isNow = plan.moves.live !== null || plan.missing !== null
  const place = await destinationOf(libvirt, plan.target, isNow)
  const { version } = await libvirt.call('connectGetLibVersion', {})
  const destination = { ...place, version: Number(version) }
  for (const side of [plan.moves.live, plan.moves.saved, plan.missing]) {
    if (side === null) continue
    refuseWhatIsLost(side.xml, place.ground, version)
    refuseToPartTeam(side.xml, side.domainXml)
  }
  return destination
}

/**
 * What a place is like.
 * @param now whether a running machine is to be there at once
 * @throws PatchbayError `not-found`, `refused` or `unsupported`
 */
export async function destinationOf(
  libvirt: Libvirt,
  target: Pluggable,
  now: boolean,
): Promise<Omit<Destination, 'version'>> {
  if (target.type === 'bridge') {
    const ground = groundOfPort(target.virtualPort?.attributes.type ?? null)
    return { ground, dhcpNetwork: null, hostIsNear: true, where: UNKNOWN }
  }
  if (target.type === 'direct') {
    const ground = target.mode === 'passthrough' ? 'macvtap-passthrough' : 'macvtap'
    return { ground, dhcpNetwork: null, hostIsNear: false, where: UNKNOWN }
  }
  const net = await findNetwork(libvirt, target.network)
  const [{ active }, { xml }] = await Promise.all([
    libvirt.call('networkIsActive', { net }),
    libvirt.call('networkGetXmlDesc', { net, flags: 0 }),
  ])
  if (now && !active) {
    throw new PatchbayError({
      code: 'refused',
      message: say('network-not-running', { name: net.name }),
      hint: say('start-first'),
      shellHint: say('start-first-patchbay-network-start', { name: net.name }),
      remedy: { kind: 'start-network', network: net.name },
    })
  }
  const network = parseXml(xml, 'network')
  const ground = groundOf(network, target)
  if (now && ground === 'host-device') {
    throw unsupported(say('network-gives-each-machine-device', { name: net.name }), NEXT_START_HINT)
  }
  const subnets = childrenOf(network, 'ip')
  const known = subnets.map(subnetOf)
  const ownBridge = attribute(at(network, 'forward'), 'mode') !== 'bridge'
  return {
    ground,
    dhcpNetwork: subnets.some((subnet) => at(subnet, 'dhcp')) ? net.name : null,
    hostIsNear: !isMacvtap(ground) && (subnets.length > 0 || !ownBridge),
    where: { links: [], subnets: known.flat(), complete: known.length > 0 && !known.some(isEmpty) },
  }
}

const UNKNOWN: Whereabouts = { links: [], subnets: [], complete: false }

/** By prefix or netmask, one of which every definition has that is not older than both. */
function subnetOf(ip: XmlElement): KnownSubnet[] {
  const [address, prefix, mask] = ['address', 'prefix', 'netmask'].map((name) => attribute(ip, name))
  const length = mask ? ipaddr.parse(mask).prefixLengthFromSubnetMask() : Number(prefix ?? NaN)
  return !address || length === null || Number.isNaN(length) ? [] : [{ address, prefix: length }]
}

const isEmpty = (list: readonly unknown[]): boolean => list.length === 0

/** What a network leads to in the end; a port group or the NIC's own virtual port may say it more exactly. */
function groundOf(network: XmlElement, target: Extract<Pluggable, { type: 'network' }>): Ground {
  const mode = attribute(at(network, 'forward'), 'mode')
  if (mode === 'hostdev') return 'host-device'
  if (mode === 'passthrough') return 'macvtap-passthrough'
  if (mode === 'vepa' || mode === 'private') return 'macvtap'
  if (mode === 'bridge' && at(network, 'bridge') === null) return 'macvtap'
  const group = childrenOf(network, 'portgroup').find((one) =>
    target.portGroup === undefined
      ? attribute(one, 'default') === 'yes'
      : attribute(one, 'name') === target.portGroup,
  )
  const lent = [group ?? null, network].map((one) => one && attribute(at(one, 'virtualport'), 'type'))
  const types = [target.virtualPort?.attributes.type, ...lent]
  return groundOfPort(types.find((type) => typeof type === 'string') ?? null)
}

function groundOfPort(type: string | null): Ground {
  if (type === null) return 'linux-bridge'
  return type === 'openvswitch' ? 'open-vswitch' : 'unknown'
}

/**
 * How the running machine's NIC gets to its new place: libvirt updates it where both ends are bridges of the kernel. Where one of them is
 * macvtap or a virtual switch, or another port group, it refuses or does half of it (src/qemu/qemu_hotplug.c,
 * qemuDomainChangeNet), so that the NIC has to be unplugged and plugged in again.
 */
export function wayOf(
  { target, moves: { live } }: SwitchPlan,
  { ground, version }: Destination,
): 'stays' | 'update' | 'replug' {
  if (live === null) return 'stays'
  const shown = parseXml(live.shown ?? live.xml, 'interface')
  const comesFromPort = attribute(shown, 'type') === 'direct' || at(shown, 'virtualport') !== null
  const goesToPort = ground !== 'linux-bridge' && ground !== 'host-device'
  return comesFromPort || goesToPort || changesPortGroup(live.attachment, target, version)
    ? 'replug'
    : 'update'
}

const isMacvtap = (ground: Ground): boolean => ground === 'macvtap' || ground === 'macvtap-passthrough'
