import type { ThisHost } from '../../shared/world/host'
import type { Machine } from '../../shared/world/machine'
import type { HostBridge, LibvirtNetwork } from '../../shared/world/network'

/** The host's bridges that machines can be plugged into: all but the virtual bridges of libvirt's own networks. */
export function hostBridgesOf(host: ThisHost, networks: readonly LibvirtNetwork[]): HostBridge[] {
  const virtual = virtualBridges(networks)
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

/** The bridges of another computer, by the machines and networks on them: where they lead can't be seen from here. */
export function bridgesUnder(
  machines: readonly Machine[],
  networks: readonly LibvirtNetwork[],
): HostBridge[] {
  const virtual = virtualBridges(networks)
  const names = machines.flatMap(({ nics }) =>
    nics.flatMap(({ live, saved }) =>
      [live, saved].flatMap((attachment) => (attachment?.type === 'bridge' ? attachment.bridge : [])),
    ),
  )
  const bridged = networks.flatMap(({ kind, bridge }) =>
    kind === 'bridged' && bridge !== null ? bridge : [],
  )
  return [...new Set([...names, ...bridged])]
    .filter((name) => !virtual.has(name))
    .sort()
    .map((name) => ({
      source: 'bridge',
      id: `bridge:${name}`,
      name,
      kind: 'bridged',
      active: true,
      onLan: null,
      ports: null,
    }))
}

const virtualBridges = (networks: readonly LibvirtNetwork[]): ReadonlySet<string | null> =>
  new Set(networks.filter((n) => n.kind !== 'bridged').map((n) => n.bridge))
