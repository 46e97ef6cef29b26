import { PatchbayError } from '../../../shared/failure'
import { parseTarget } from '../../../shared/target'
import type { ConnectRequest } from '../../services/connect'
import { textOf, type Command, type Input } from '../command'
import { followAll, followToEnd } from '../progress'
import { withLibvirt } from './libvirt'

export const connect: Command = {
  words: ['connect'],
  positionals: ['MACHINE…', 'TO'],
  leftOut: { TO: 'undo' },
  options: {
    nic: { value: 'MAC', help: 'which network card, when the machine has several' },
    'no-live': { value: null, help: 'change the saved definition only: in force from the next start' },
    undo: { value: null, help: 'plug it in again where it was before its last switch, instead of TO' },
  },
  summary: 'plug a machine into something else, while it runs',
  details: [
    'A running machine is switched at once and in its saved definition; its link goes down and up, so that the guest\nasks for a new address. That address is waited for, up to half a minute, and printed.',
    'To and from macvtap the network card is unplugged and plugged in again, which needs the guest’s consent; when that does\nnot come, the machine stays where it is. Over macvtap the host and the machine do not reach each other.',
    'A machine that is there already stays as it is. Several machines are switched at the same time.',
  ],
  run: async (input, io) => {
    const wishes = wishesOf(input)
    const services = await io.open({ look: { records: false } })
    await withLibvirt(services)
    const ids = services.connectAll(wishes)
    const [only, ...more] = ids
    return only !== undefined && more.length === 0
      ? followToEnd(services, only, io)
      : followAll(services, ids, io)
  },
}

/** @throws PatchbayError `usage` */
function wishesOf(input: Input): ConnectRequest[] {
  const undo = input.values.undo === true
  const machines = undo ? input.positionals : input.positionals.slice(0, -1)
  const mac = textOf(input, 'nic') ?? null
  if (mac !== null && machines.length > 1) {
    throw new PatchbayError({
      code: 'usage',
      message: '--nic names a network card of one machine.',
      hint: 'Switch that machine by itself.',
    })
  }
  const live = input.values['no-live'] !== true
  const to = undo ? ({ kind: 'back' } as const) : targetOf(input.positionals.at(-1) ?? '')
  return machines.map((machine) => ({ machine, mac, to, live }))
}

function targetOf(text: string): ConnectRequest['to'] {
  const target = parseTarget(text)
  if (target.ok) return target.value
  throw new PatchbayError(target.failure)
}
