import { PatchbayError } from '../../../shared/failure'
import { parseTarget } from '../../../shared/world/target'
import type { ConnectRequest, ReplugWish } from '../../services/connect'
import { textOf, type Command, type Input } from '../command'
import { followAll, followToEnd } from '../progress'
import { withLibvirt } from './libvirt'

export const connect: Command = {
  words: ['connect'],
  positionals: ['MACHINE…', 'TO'],
  leftOut: { TO: ['undo', 'replug'] },
  options: {
    nic: { value: 'MAC', help: 'which network card, when the machine has several' },
    'no-live': { value: null, help: 'change the saved definition only: in force from the next start' },
    undo: { value: null, help: 'plug it in again where it was before its last switch, instead of TO' },
    replug: {
      value: null,
      help: 'pull its cable for 7 seconds and put it in again where it is, instead of TO',
    },
  },
  summary: 'plug a machine into something else, while it runs',
  details: [
    'A running machine is switched at once and in its saved definition; its link goes down and up, so that the guest\nasks for a new address. That address is waited for, and printed. When none is seen within 15 seconds, the link goes down once\nmore, for 7 seconds, since many guests let a short cut pass; --replug does that again at any time.',
    'To and from macvtap the network card is unplugged and plugged in again, which needs the guest’s consent; when that does\nnot come, the machine stays where it is. Over macvtap the host and the machine do not reach each other.',
    'A machine that is there already stays as it is. Several machines are switched at the same time.',
  ],
  run: async (input, io) => {
    const wish = wishOf(input)
    const services = await io.open({ look: { records: false } })
    await withLibvirt(services)
    const stopListening = io.onInterrupt(() => {
      io.say('Interrupted: no address is waited for any longer.')
      services.endWaits()
    })
    try {
      const ids =
        wish.kind === 'replug' ? services.replugAll(wish.machines) : services.connectAll(wish.machines)
      const [only, ...more] = ids
      return only !== undefined && more.length === 0
        ? await followToEnd(services, only, io)
        : await followAll(services, ids, io)
    } finally {
      stopListening()
    }
  },
}

type Wish =
  | { kind: 'connect'; machines: readonly ConnectRequest[] }
  | { kind: 'replug'; machines: readonly ReplugWish[] }

/** @throws PatchbayError `usage` */
function wishOf(input: Input): Wish {
  if (input.values.replug !== true) return { kind: 'connect', machines: wishesOf(input) }
  const other = ['undo', 'no-live'].find((name) => input.values[name] === true)
  if (other !== undefined) {
    throw new PatchbayError({
      code: 'usage',
      message: `--replug leaves the machine where it is, so that --${other} makes no sense with it.`,
      hint: 'Say one of them.',
    })
  }
  const mac = macOf(input, input.positionals)
  return { kind: 'replug', machines: input.positionals.map((machine) => ({ machine, mac })) }
}

/** @throws PatchbayError `usage` */
function wishesOf(input: Input): ConnectRequest[] {
  const undo = input.values.undo === true
  const machines = undo ? input.positionals : input.positionals.slice(0, -1)
  const mac = macOf(input, machines)
  const live = input.values['no-live'] !== true
  const to = undo ? ({ kind: 'back' } as const) : targetOf(input.positionals.at(-1) ?? '')
  return machines.map((machine) => ({ machine, mac, to, live }))
}

/** @throws PatchbayError `usage` */
function macOf(input: Input, machines: readonly string[]): string | null {
  const mac = textOf(input, 'nic') ?? null
  if (mac === null || machines.length <= 1) return mac
  throw new PatchbayError({
    code: 'usage',
    message: '--nic names a network card of one machine.',
    hint: 'Switch that machine by itself.',
  })
}

function targetOf(text: string): ConnectRequest['to'] {
  const target = parseTarget(text)
  if (target.ok) return target.value
  throw new PatchbayError(target.failure)
}
