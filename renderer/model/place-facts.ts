import { rangesOf, type LibvirtNetwork } from '../../shared/world/world'
import { t } from '../text'
import type { Fact } from './facts'
import type { Place } from './places'
import { subnetText } from './words'

/** What is known of a network, in the order of a person's questions. */
export function placeFacts({ kind, network }: Place): Fact[] {
  const words = t.networks
  if (network === null) return [{ name: words.kind, value: words.kinds[kind] }]
  const state = { name: words.state, value: network.active ? words.active : words.stopped }
  if (network.source === 'libvirt') return [state, ...libvirtFacts(network)]
  return [
    state,
    { name: words.device, value: network.name },
    {
      name: words.ports,
      value: network.ports === null ? words.unseen : network.ports.join(', ') || t.host.none,
    },
  ]
}

function libvirtFacts(network: LibvirtNetwork): Fact[] {
  const words = t.networks
  const { fields } = t.networkForms
  const { bridge, links, domain, mtu, isolatedPorts, portGroups = [], autostart } = network
  const code = (name: string, value: string | null): Fact[] =>
    value === null || value === '' ? [] : [{ name, value, isCode: true }]
  return [
    ...subnetFacts(network),
    ...code(words.device, bridge),
    ...code(fields.links, links.join(', ')),
    ...code(fields.domain, domain),
    ...code(fields.mtu, mtu === null ? null : String(mtu)),
    ...code(words.portGroups, portGroups.map(({ name }) => name).join(', ')),
    ...(isolatedPorts ? [{ name: words.keptApart, value: words.yes }] : []),
    { name: words.autostartShort, value: autostart ? words.yes : words.no },
  ]
}

function subnetFacts({ subnets }: LibvirtNetwork): Fact[] {
  const words = t.networks
  if (subnets.length === 0) return []
  const dhcp = subnets.flatMap(rangesOf).map(({ start, end }) => words.dhcpRange(start, end))
  return [
    { name: words.subnet, value: subnets.map(subnetText).join('\n'), isCode: true },
    { name: words.hostAddress, value: subnets.map(({ address }) => address).join('\n'), isCode: true },
    { name: words.dhcp, value: dhcp.join('\n') || words.dhcpOff, isCode: dhcp.length > 0 },
  ]
}
