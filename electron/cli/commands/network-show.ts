import { reachabilityOf } from '../../../shared/reach/table'
import type { LibvirtNetwork } from '../../../shared/world/world'
import { findNetwork } from '../../services/find'
import { usersOf, type NetworkUser } from '../../services/network-users'
import { positional, type Command } from '../command'
import { table } from '../table'
import {
  dhcpText,
  leaseText,
  networkStateText,
  portGroupText,
  reachabilityText,
  reservationText,
  subnetText,
} from '../words'
import { withLibvirt } from './libvirt'
import { said } from '../language'

export const networkShow: Command = {
  words: ['network', 'show'],
  positionals: ['NAME'],
  options: {},
  summary: 'everything about one libvirt network',
  details: [],
  run: async (input, io) => {
    const services = await io.open({ look: { records: false }, follow: false })
    const world = await withLibvirt(services)
    const network = findNetwork(world, positional(input, 0))
    const reachability = reachabilityOf(network, world)
    const machines = machinesOf(usersOf(world, network.name))
    const rows = [
      ['network', network.name],
      ['kind', network.kind],
      ['state', `${networkStateText(network)}${network.persistent ? '' : ', gone when stopped'}`],
      ['bridge', network.bridge ?? ''],
      ['links', network.links.join(', ')],
      ['mode', network.mode ?? ''],
      ['subnet', subnetText(network)],
      ['DHCP', dhcpText(network)],
      ['domain', network.domain ?? ''],
      ['MTU', network.mtu === null ? '' : String(network.mtu)],
      ['port groups', portGroupText(network)],
      ['machines are', network.isolatedPorts ? 'kept apart from each other' : ''],
      ['reachability', network.active ? reachabilityText(reachability) : ''],
      ...reservationRows(network),
      ...network.hosts.map(({ ip, names }) => ['name', `${names.join(', ')} for ${ip}`]),
      ...network.leases.map((lease) => ['lease', leaseText(lease)]),
      ...network.pending.map((change) => ['from its next start', said(change)]),
      ['machines', machines.map(({ name }) => name).join(', ')],
    ]
    return {
      document: { network: { ...network, reachability, machines } },
      text: table(
        ['', ''],
        rows.filter(([, value]) => value !== ''),
      ).trimStart(),
    }
  },
}

const reservationRows = ({ subnets }: LibvirtNetwork): string[][] =>
  subnets.flatMap(({ reservations }) => reservations.map((one) => ['static lease', reservationText(one)]))

/** Each machine once, whether it runs there or will. */
function machinesOf(users: readonly NetworkUser[]) {
  const machines = new Map(users.map(({ machine }) => [machine.id, machine]))
  return [...machines.values()].map(({ id, name, state }) => ({ id, name, state }))
}
