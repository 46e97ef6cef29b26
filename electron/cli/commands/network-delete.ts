import { PatchbayError } from '../../../shared/failure'
import { parseTarget, type Target } from '../../../shared/target'
import { positional, textOf, type Command, type Input } from '../command'
import { followToEnd } from '../progress'
import { withLibvirt } from './libvirt'

export const networkDelete: Command = {
  words: ['network', 'delete'],
  positionals: ['NAME'],
  options: { 'move-to': { value: 'TO', help: 'plug machines that use it into TO first' } },
  summary: 'delete a libvirt network that no machine uses',
  details: [
    'Machines count that run on it, and those whose saved definition names it. With --move-to they are plugged into something\nelse first, running ones at once; the network is deleted when all of them are.',
  ],
  run: async (input, io) => {
    const moveTo = targetOf(input)
    const services = await io.open({ look: { records: false } })
    await withLibvirt(services)
    const id = services.deleteNetwork({ network: positional(input, 0), moveTo })
    return followToEnd(services, id, io)
  },
}

function targetOf(input: Input): Target | null {
  const text = textOf(input, 'move-to')
  if (text === undefined) return null
  const target = parseTarget(text)
  if (target.ok) return target.value
  throw new PatchbayError(target.failure)
}
