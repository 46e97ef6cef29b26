import { positional, type Command } from '../command'
import { moveToOf, moveToOption } from '../move-to'
import { followToEnd } from '../progress'
import { withLibvirt } from './libvirt'

export const networkDelete: Command = {
  words: ['network', 'delete'],
  positionals: ['NAME'],
  options: { 'move-to': moveToOption },
  summary: 'delete a libvirt network that no machine uses',
  details: [
    'Machines count that run on it, and those whose saved definition names it. With --move-to they are plugged into something\nelse first, running ones at once; the network is deleted when all of them are.',
  ],
  run: async (input, io) => {
    const moveTo = moveToOf(input)
    const services = await io.open({ look: { records: false } })
    await withLibvirt(services)
    const id = services.deleteNetwork({ network: positional(input, 0), moveTo })
    return followToEnd(services, id, io)
  },
}
