import type { AddressesHere } from '../../shared/world/address-here'
import type { Uplink } from '../../shared/world/host'
import type { Reachability } from '../../shared/reach/table'
import {
  attachmentOf,
  attachmentText,
  isLeftOut,
  rangesOf,
  sameAttachment,
  type Attachment,
  type Lease,
  type LibvirtNetwork,
  type LibvirtStatus,
  type MachineState,
  type Network,
  type Nic,
  type Reservation,
} from '../../shared/world/world'
import { said } from './language'

export const stateText = (state: MachineState): string => state.replace('-', ' ')

/** `network:default`, and what comes at the next start where that differs. */
export function pluggedInto(nic: Nic): string {
  const now = attachmentOf(nic)
  const text = now === null ? '' : placeText(now)
  if (nic.live === null || nic.saved === null || sameAttachment(nic.live, nic.saved)) return text
  const next = placeText(nic.saved)
  return `${text} (next start: ${next === text ? 'another port there' : next})`
}

/** `bridge:ovs0 (openvswitch, profile web)`: with the virtual port, which is not named on the command line. */
function placeText(attachment: Attachment): string {
  const text = attachmentText(attachment)
  if (attachment.type === 'other' || attachment.virtualPort === undefined) return text
  const { attributes, children } = attachment.virtualPort
  const profile = children.find(({ name }) => name === 'parameters')?.attributes.profileid
  const words = [attributes.type ?? 'virtual port', ...(profile === undefined ? [] : [`profile ${profile}`])]
  return `${text} (${words.join(', ')})`
}

/** Empty for a cable that is in. */
export const linkText = (nic: Nic): string => (nic.linkUp ? '' : isLeftOut(nic) ? 'left out' : 'link down')

/** The addresses that a NIC has where it is plugged in. */
export const addressesText = (nic: Nic, here: AddressesHere): string =>
  here(nic)
    .map(({ ip }) => ip)
    .join(', ')

export function uplinkText(uplink: Uplink | null): string {
  if (uplink === null) return 'none: this host reaches no network'
  const via = uplink.gateway === null ? '' : `, gateway ${uplink.gateway}`
  return uplink.bridge === null ? `${uplink.nic}${via}` : `${uplink.nic} by the bridge ${uplink.bridge}${via}`
}

export function libvirtText(status: LibvirtStatus): string {
  switch (status.state) {
    case 'connecting':
      return `connecting to ${status.uri}`
    case 'connected':
      return `${status.version} at ${status.uri}`
    case 'offline':
      return said(status.failure.message)
  }
}

/** `active`, `stopped`, and `autostart` where libvirt starts it with the host. */
export function networkStateText(network: Network): string {
  const state = network.active ? 'active' : 'stopped'
  return network.source === 'libvirt' && network.autostart ? `${state}, autostart` : state
}

export const subnetText = ({ subnets }: LibvirtNetwork): string =>
  subnets.map(({ address, prefix }) => `${address}/${prefix}`).join(', ')

/** `staff, guests (default)` */
export const portGroupText = ({ portGroups = [] }: LibvirtNetwork): string =>
  portGroups.map(({ name, isDefault }) => (isDefault ? `${name} (default)` : name)).join(', ')

export const dhcpText = ({ subnets }: LibvirtNetwork): string =>
  subnets
    .flatMap(rangesOf)
    .map(({ start, end }) => `${start} – ${end}`)
    .join(', ')

export const reservationText = ({ ip, mac, name }: Reservation): string =>
  [ip, mac, name].filter((word) => word !== null).join(' ')

export function leaseText({ ip, prefix, mac, hostname, expires }: Lease): string {
  const name = hostname === null ? '' : ` ${hostname}`
  const until = expires === null ? '' : ` until ${new Date(expires * 1000).toISOString()}`
  return `${ip}/${prefix} ${mac}${name}${until}`
}

const HOST_TO_MACHINE: Record<Reachability['hostToMachine'], string> = {
  yes: 'host ↔ machine',
  no: 'host cut off',
  'no-host-address': 'host cut off (it has no address there)',
  'no-macvtap': 'host cut off (the kernel keeps them apart)',
  'by-host-access': 'host ↔ machine by host access',
  unknown: 'host ?',
}
const TO_OUTSIDE: Record<Reachability['machineToOutside'], string> = {
  directly: 'outside directly',
  'through-nat': 'outside through NAT',
  'by-routing': 'outside by routing',
  no: 'no outside',
  unknown: 'outside ?',
}
const FROM_LAN: Record<Reachability['lanToMachine'], string> = {
  yes: 'LAN → machine',
  'by-routing': 'LAN → machine by routing',
  no: 'LAN cut off',
  unknown: 'LAN ?',
}

export const reachabilityText = (reach: Reachability): string =>
  [
    HOST_TO_MACHINE[reach.hostToMachine],
    TO_OUTSIDE[reach.machineToOutside],
    FROM_LAN[reach.lanToMachine],
  ].join(', ')
