import { z } from 'zod'
import { PatchbayError } from '../../../shared/failure'
import { hostAddition } from '../../../shared/helper/host-addition'
import { positional, textOf, type Command } from '../command'
import { addToHost, listAndRemove, openForAdditions } from './additions'

const addAccess: Command = {
  words: ['host-access', 'add'],
  positionals: ['LINK'],
  options: { machine: { value: 'IP[,IP…]', help: 'addresses of the machines to reach' } },
  summary: 'let this computer and machines on macvtap of a card reach each other',
  details: [
    'The kernel keeps a computer and the macvtaps on its card apart. A link of its own, with the card’s address and a route\nto each machine, leads around that; it works for macvtap in mode bridge. It lasts over restarts until it is removed.',
  ],
  run: async (input, io) => {
    const machines = (textOf(input, 'machine') ?? '').split(',').filter((one) => one !== '')
    const wanted = hostAddition.safeParse({ kind: 'host-access', link: positional(input, 0), machines })
    if (!wanted.success) {
      throw new PatchbayError({
        code: 'usage',
        message: 'Say which machines to reach: --machine with their IPv4 addresses.',
        hint: 'See them with: patchbay machines',
        detail: z.prettifyError(wanted.error),
      })
    }
    return addToHost(await openForAdditions(io), wanted.data, io)
  },
}

export const hostAccess: readonly Command[] = [
  addAccess,
  ...listAndRemove('host-access', 'host-access', {
    what: 'cards whose macvtap machines this computer reaches',
    headings: ['CARD', 'MACHINES'],
    row: ({ link, machines }) => [link, machines.join(', ')],
  }),
]
