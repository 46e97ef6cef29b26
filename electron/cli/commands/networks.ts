import { reachabilityOf } from '../../../shared/reach/table'
import type { HostBridge, Network } from '../../../shared/world/world'
import type { Command } from '../command'
import { table } from '../table'
import { dhcpText, networkStateText, reachabilityText, subnetText } from '../words'
import { withLibvirt } from './libvirt'

export const networks: Command = {
  words: ['networks'],
  positionals: [],
  options: {},
  summary: 'networks and bridges: kind, state, subnet, DHCP, leases, who reaches whom',
  details: [],
  run: async (_input, io) => {
    const services = await io.open({ look: { records: false }, follow: false })
    const world = await withLibvirt(services)
    const described = world.networks.map((network) => ({
      ...network,
      reachability: reachabilityOf(network, world),
    }))
    const headings = ['NETWORK', 'KIND', 'STATE', 'BRIDGE', 'SUBNET', 'DHCP', 'LEASES', 'REACHABILITY']
    const rows = described.map((network) => [
      network.source === 'libvirt' ? network.name : network.id,
      network.kind,
      networkStateText(network),
      ...hostColumns(network),
      network.active ? reachabilityText(network.reachability) : '',
    ])
    return {
      document: { networks: described },
      text: rows.length === 0 ? 'There are no networks.' : table(headings, rows),
    }
  },
}

/** Bridge, subnet, DHCP range and number of leases. */
function hostColumns(network: Network): string[] {
  if (network.source === 'bridge') return [portsText(network), '', '', '']
  const leases = network.leases.length === 0 ? '' : String(network.leases.length)
  return [network.bridge ?? network.links.join(', '), subnetText(network), dhcpText(network), leases]
}

const portsText = ({ ports }: HostBridge): string =>
  ports === null ? 'not seen from here' : `ports ${ports.join(', ') || 'none'}`
