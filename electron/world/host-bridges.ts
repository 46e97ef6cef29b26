import type { Host } from '../../shared/host'
import type { HostBridge, LibvirtNetwork } from '../../shared/network'

/** The host's bridges that machines can be plugged into: all but the virtual bridges of libvirt's own networks. */
export function hostBridgesOf(host: Host, networks: readonly LibvirtNetwork[]): HostBridge[] {
  const virtual = new Set(networks.filter((n) => n.kind !== 'bridged').map((n) => n.bridge))
  return host.links
    .filter((link) => link.kind === 'bridge' && !virtual.has(link.name))
    .map((link) => {
      // A machine's tap is the machine's end of the cable, not a way out of the bridge.
      const ports = host.links.filter((port) => port.master === link.name && port.kind !== 'tap')
      const names = ports.map((port) => port.name)
      return {
        source: 'bridge',
        id: `bridge:${link.name}`,
        name: link.name,
        kind: 'bridged',
        active: link.up,
        onLan: host.uplink !== null && (host.uplink.bridge === link.name || names.includes(host.uplink.nic)),
        ports: names,
      }
    })
}
