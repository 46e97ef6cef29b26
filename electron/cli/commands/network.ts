import { PatchbayError } from '../../../shared/failure'
import type { NetworkAction } from '../../../shared/operation'
import { positional, type Command, type Input, type Io } from '../command'
import { followToEnd } from '../progress'
import { withLibvirt } from './libvirt'
import { networkChange } from './network-change'
import { networkCreate } from './network-create'
import { networkDelete } from './network-delete'
import { networkRecords } from './network-records'
import { networkShow } from './network-show'

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
  positionals: ['NAME', 'on|off'],
  options: {},
  summary: 'have a libvirt network start with the host, or no longer',
  details: [],
  run: (input, io) => {
    const state = positional(input, 1)
    if (state === 'on') return act(input, io, 'autostart-on')
    if (state === 'off') return act(input, io, 'autostart-off')
    throw new PatchbayError({
      code: 'usage',
      message: `“${state}” is neither on nor off.`,
      hint: 'Write: patchbay network autostart NAME on',
    })
  },
}

export const network: readonly Command[] = [
  networkCreate,
  networkShow,
  networkChange,
  ...networkRecords,
  networkStart,
  networkStop,
  networkAutostart,
  networkDelete,
]
