import type { NetworkAction } from '../../../shared/world/operation'
import { positional, type Command, type Input, type Io } from '../command'
import { followToEnd } from '../progress'
import { withLibvirt } from './libvirt'
import { moveToOf, moveToOption } from '../move-to'
import { networkChange } from './network-change'
import { networkCreate } from './network-create'
import { networkDelete } from './network-delete'
import { networkRecords } from './network-records'
import { networkShow } from './network-show'

async function act(input: Input, io: Io, action: NetworkAction) {
  const moveTo = moveToOf(input)
  const services = await io.open({ look: { host: moveTo !== null, records: false } })
  await withLibvirt(services)
  const id = services.actOnNetwork({ network: positional(input, 0), action, moveTo })
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
  options: { 'move-to': moveToOption },
  summary: 'stop a libvirt network that no running machine is on',
  details: ['With --move-to machines that run on it are plugged into something else first.'],
  run: (input, io) => act(input, io, 'stop'),
}

const networkRestart: Command = {
  words: ['network', 'restart'],
  positionals: ['NAME'],
  options: {},
  summary: 'have changes of a libvirt network take effect; running machines are plugged in again',
  details: [],
  run: (input, io) => act(input, io, 'restart'),
}

const networkAutostart: Command = {
  words: ['network', 'autostart'],
  positionals: ['NAME'],
  options: { off: { value: null, help: 'no longer' } },
  summary: 'have a libvirt network start with the host',
  details: [],
  run: (input, io) => act(input, io, input.values.off === true ? 'autostart-off' : 'autostart-on'),
}

export const network: readonly Command[] = [
  networkCreate,
  networkShow,
  networkChange,
  ...networkRecords,
  networkStart,
  networkStop,
  networkRestart,
  networkAutostart,
  networkDelete,
]
