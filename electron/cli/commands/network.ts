import type { NetworkAction } from '../../../shared/operation'
import { reachabilityOf } from '../../../shared/reachability'
import { attachmentOf, networkIdOf } from '../../../shared/world'
import { findNetwork } from '../../services/find'
import { positional, type Command, type Input, type Io } from '../command'
import { followToEnd } from '../progress'
import { table } from '../table'
import { dhcpText, leaseText, networkStateText, reachabilityText, subnetText } from '../words'
import { withLibvirt } from './libvirt'

async function act(input: Input, io: Io, action: NetworkAction) {
  const services = await io.open({ look: { host: false, transactions: false } })
  await withLibvirt(services)
  const id = services.actOnNetwork({ network: positional(input, 0), action })
  return followToEnd(services, id, io)
}

const networkStart: Command = {
  words: ['network', 'start'],
  positionals: ['NAME'],
  options: {},
  summary: 'start a libvirt network',
  details: [],
  run: (input, io) => act(input, io, 'start'),
}

const networkStop: Command = {
  words: ['network', 'stop'],
  positionals: ['NAME'],
  options: {},
  summary: 'stop a libvirt network that no running machine is on',
  details: [],
  run: (input, io) => act(input, io, 'stop'),
}

const networkAutostart: Command = {
  words: ['network', 'autostart'],
  positionals: ['NAME'],
  options: { off: { value: null, help: 'no longer' } },
  summary: 'have a libvirt network start with the host',
  details: [],
  run: (input, io) => act(input, io, input.values.off === true ? 'autostart-off' : 'autostart-on'),
}

const networkShow: Command = {
  words: ['network', 'show'],
  positionals: ['NAME'],
  options: {},
  summary: 'everything about one libvirt network',
  details: [],
  run: async (input, io) => {
    const services = await io.open({ look: { transactions: false }, follow: false })
    const world = await withLibvirt(services)
    const network = findNetwork(world, positional(input, 0))
    const reachability = reachabilityOf(network, world.host)
    const machines = world.machines
      .filter(({ nics }) =>
        nics.some((nic) => {
          const attachment = attachmentOf(nic)
          return attachment !== null && networkIdOf(attachment) === network.id
        }),
      )
      .map(({ id, name, state }) => ({ id, name, state }))
    const rows = [
      ['network', network.name],
      ['kind', network.kind],
      ['state', `${networkStateText(network)}${network.persistent ? '' : ', gone when stopped'}`],
      ['bridge', network.bridge ?? ''],
      ['links', network.links.join(', ')],
      ['subnet', subnetText(network)],
      ['DHCP', dhcpText(network)],
      ['reachability', network.active ? reachabilityText(reachability) : ''],
      ...network.leases.map((lease) => ['lease', leaseText(lease)]),
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

export const network: readonly Command[] = [networkStart, networkStop, networkAutostart, networkShow]
