import { isDown, isLanLink, linkNamed, unseen, type Around } from './around'
import { no, unknown, type Reach } from './verdict'
import {
  isLive,
  type Attachment,
  type HostBridge,
  type LibvirtNetwork,
  type Machine,
  type MacvtapMode,
  type Network,
  type Nic,
} from '../world/world'
import { english } from '../phrases/english'

/** Where a machine's NIC sits, as far as reaching others goes. */
export type Spot =
  /** On a virtual bridge of libvirt's, behind libvirt's firewall rules. `alone`: an isolated port. */
  | { at: 'virtual'; network: LibvirtNetwork; alone: boolean }
  /** On a bridge of the host. `leads`: it has ports besides those of machines. */
  | { at: 'bridge'; bridge: string; onLan: boolean; leads: boolean; alone: boolean }
  | { at: 'macvtap'; link: string; mode: MacvtapMode; onLan: boolean; ips: readonly string[] }
  /** Not connected, or to something that nothing is known of: the verdict for every pair. */
  | { at: 'nowhere'; verdict: Reach }

/** One spot for each NIC. */
export function spotsOf(machine: Machine, around: Around): Spot[] {
  if (!isLive(machine.state)) return [nowhere(no('machine-off', machine.name))]
  if (machine.state === 'paused') return [nowhere(no('machine-paused', machine.name))]
  if (machine.nics.length === 0) return [nowhere(no('no-nic', machine.name))]
  return machine.nics.map((nic) => spotOf(machine, nic, around))
}

/** Where a cable that was plugged in there would be. */
export const spotAt = (attachment: Attachment, around: Around): Spot =>
  spotOfAttachment(attachment, { tap: null, addresses: [] }, around)

/** What of a NIC decides where on a network it is. */
type Plug = Pick<Nic, 'tap' | 'addresses' | 'isolated'>

function spotOf(machine: Machine, nic: Nic, around: Around): Spot {
  if (nic.live === null) return nowhere(no('not-plugged', machine.name))
  if (!nic.linkUp) return nowhere(no('cable-cut', machine.name))
  const spot = spotOfAttachment(nic.live, nic, around)
  const bridge = bridgeOf(spot)
  const tap = nic.tap === null ? undefined : linkNamed(nic.tap, around)
  const astray = bridge !== null && tap !== undefined && tap.master !== bridge
  return astray ? nowhere(no('tap-elsewhere', tap.name)) : spot
}

function spotOfAttachment(attachment: Attachment, nic: Plug, around: Around): Spot {
  switch (attachment.type) {
    case 'network':
      return spotOfNetwork(
        around.networks.find((one) => one.source === 'libvirt' && one.name === attachment.network),
        attachment.network,
        nic,
        around,
      )
    case 'bridge':
      return spotOnBridge(attachment.bridge, nic, around)
    case 'direct':
      return onMacvtap(attachment.link, attachment.mode, nic, around)
    case 'other':
      return nowhere(unknown('other-kind', english(attachment.description)))
  }
}

function spotOfNetwork(network: Network | undefined, name: string, nic: Plug, around: Around): Spot {
  if (network === undefined) return nowhere(no('network-missing', name))
  if (!network.active) return nowhere(no('network-stopped', name))
  if (network.source === 'bridge') return onHostBridge(network.name, network, nic)
  switch (network.kind) {
    case 'nat':
    case 'isolated':
    case 'very-isolated':
    case 'routed':
    case 'open':
      return { at: 'virtual', network, alone: nic.isolated ?? network.isolatedPorts }
    case 'bridged':
      return network.bridge === null
        ? nowhere(unknown('other-kind', name))
        : spotOnBridge(network.bridge, { ...nic, isolated: nic.isolated ?? network.isolatedPorts }, around)
    case 'macvtap':
      return inPool(network, nic, around)
    case 'other':
      return nowhere(unknown('other-kind', name))
  }
}

/** A NIC may be plugged into the virtual bridge of a libvirt network by the bridge's name: it is on that network then. */
function spotOnBridge(bridge: string, nic: Plug, around: Around): Spot {
  const network =
    around.networks.find((one) => one.source === 'bridge' && one.name === bridge) ??
    around.networks.find((one) => one.source === 'libvirt' && one.kind !== 'bridged' && one.bridge === bridge)
  const elsewhere = unseen(around)
  if (network === undefined && elsewhere !== null) return nowhere(elsewhere)
  // A link that is there, but is no bridge of the kernel, leads where only its own switch knows.
  const link = linkNamed(bridge, around)
  if (network === undefined && link !== undefined && link.kind !== 'bridge') {
    return nowhere(unknown('other-kind', bridge))
  }
  return spotOfNetwork(network, bridge, nic, around)
}

const onHostBridge = (bridge: string, { onLan, ports }: HostBridge, nic: Plug): Spot => ({
  at: 'bridge',
  bridge,
  onLan: onLan === true,
  leads: ports === null || ports.length > 0,
  alone: nic.isolated ?? false,
})

/** libvirt takes the link of a pool that the fewest machines are on; which one it was, the host's macvtap link tells. */
function inPool(network: LibvirtNetwork, nic: Plug, around: Around): Spot {
  const taken = nic.tap === null ? undefined : linkNamed(nic.tap, around)?.parent
  const [only, ...more] = network.links
  const link = taken ?? (more.length === 0 ? only : undefined)
  if (link === undefined) return nowhere(unknown('other-kind', network.name))
  return onMacvtap(link, network.mode ?? 'vepa', nic, around)
}

function onMacvtap(link: string, mode: MacvtapMode, { addresses }: Plug, around: Around): Spot {
  if (isDown(linkNamed(link, around))) return nowhere(no('uplink-down', link))
  const ips = addresses.map(({ ip }) => ip).filter((ip) => !ip.includes(':'))
  return { at: 'macvtap', link, mode, onLan: isLanLink(link, around), ips }
}

function bridgeOf(spot: Spot): string | null {
  switch (spot.at) {
    case 'virtual':
      return spot.network.bridge
    case 'bridge':
      return spot.bridge
    default:
      return null
  }
}

const nowhere = (verdict: Reach): Spot => ({ at: 'nowhere', verdict })
