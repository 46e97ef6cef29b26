import { PatchbayError } from '../../../shared/failure'
import { parseTarget } from '../../../shared/target'
import { positional, textOf, type Command } from '../command'
import { followToEnd } from '../progress'
import { withLibvirt } from './libvirt'

export const connect: Command = {
  words: ['connect'],
  positionals: ['MACHINE', 'TO'],
  options: {
    nic: { value: 'MAC', help: 'which network card, when the machine has several' },
    'no-live': { value: null, help: 'change the saved definition only: in force from the next start' },
  },
  summary: 'plug a machine into something else, while it runs',
  details: [
    'A running machine is switched at once and in its saved definition; its link goes down and up, so that the guest\nasks for a new address. That address is waited for, up to half a minute, and printed.',
    'A machine that is there already stays as it is.',
  ],
  run: async (input, io) => {
    const target = parseTarget(positional(input, 1))
    if (!target.ok) throw new PatchbayError(target.failure)
    const services = await io.open({ look: { transactions: false } })
    await withLibvirt(services)
    const id = services.connect({
      machine: positional(input, 0),
      mac: textOf(input, 'nic') ?? null,
      to: target.value,
      live: input.values['no-live'] !== true,
    })
    return followToEnd(services, id, io)
  },
}
