import { macvtapLinks } from './macvtap'
import { portGroupOf, type Attachment, type Network } from './world'

/** The first libvirt that moves no running NIC from one port group to another (libvirt 10.6, qemuDomainChangeNet). */
const KEEPS_PORT_GROUPS = 10_006_000

/** The number that libvirt gives to a version: `9.0.0` is 9000000. Null for what is no version. */
export function versionNumber(text: string): number | null {
  const match = /^(\d+)\.(\d+)\.(\d+)/.exec(text)
  return match && Number(match[1]) * 1_000_000 + Number(match[2]) * 1000 + Number(match[3])
}

/**
 * Whether a running NIC has to be unplugged and plugged in again to get from one port group to another: within a network libvirt
 * changes nothing (before 10.6) or refuses, and from 10.6 on it refuses between two networks as well.
 * @param version of libvirt: 9_000_000 is 9.0.0
 */
export function changesPortGroup(from: Attachment, to: Attachment, version: number): boolean {
  if (from.type !== 'network' || to.type !== 'network' || from.portGroup === to.portGroup) return false
  return from.network === to.network || version >= KEEPS_PORT_GROUPS
}

/**
 * Whether a running NIC has to be unplugged and plugged in again to get somewhere: libvirt updates it only from one bridge of
 * the kernel to another (src/qemu/qemu_hotplug.c, qemuDomainChangeNet).
 */
export function mustReplug(
  networks: readonly Network[],
  { from, to, version }: { from: Attachment; to: Attachment; version: number },
): boolean {
  return changesPortGroup(from, to, version) || [from, to].some((place) => isBesideBridges(networks, place))
}

/** On macvtap, or at a port of a virtual switch. */
function isBesideBridges(networks: readonly Network[], place: Attachment): boolean {
  if (macvtapLinks(networks, place) !== null) return true
  if (place.type === 'other') return false
  if (place.virtualPort !== undefined) return true
  if (place.type !== 'network') return false
  const network = networks
    .filter((one) => one.source === 'libvirt')
    .find(({ name }) => name === place.network)
  return network !== undefined && lendsPort(network, place.portGroup)
}

const lendsPort = (network: Extract<Network, { source: 'libvirt' }>, group: string | undefined): boolean =>
  (portGroupOf(network, group)?.virtualPort ?? network.virtualPort) !== undefined
