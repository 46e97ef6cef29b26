import { forwardTo, parseHostPort } from '../../services/forward-target'
import { positional, type Command } from '../command'
import { addToHost, listAndRemove } from './additions'
import { withLibvirt } from './libvirt'

const addForward: Command = {
  words: ['forward', 'add'],
  positionals: ['PORT[/udp]', 'MACHINE[:PORT]'],
  options: {},
  summary: 'have a port of this computer lead to a machine on NAT',
  details: [
    'MACHINE is a name or an IPv4 address; its port is the same unless told. It lasts over restarts until it is removed.',
    'The address is the one that the machine has now: give it a fixed one, so that it keeps it.',
  ],
  run: async (input, io) => {
    const from = parseHostPort(positional(input, 0))
    const services = await io.open({ look: { records: false }, follow: false })
    const wanted = forwardTo(await withLibvirt(services), from, positional(input, 1))
    return addToHost(services, wanted, io)
  },
}

export const forward: readonly Command[] = [
  addForward,
  ...listAndRemove('forward', 'port-forward', {
    what: 'ports of this computer that lead to machines',
    headings: ['PORT', 'MACHINE', 'BRIDGE'],
    row: ({ protocol, hostPort, machine, machinePort, bridge }) => [
      `${hostPort}/${protocol}`,
      `${machine}:${machinePort}`,
      bridge,
    ],
  }),
]
