import { addressesHere } from '../../../shared/world/address-here'
import { isLeftOut } from '../../../shared/world/world'
import type { Command } from '../command'
import { table } from '../table'
import { addressesText, linkText, pluggedInto, stateText } from '../words'
import { withLibvirt } from './libvirt'

export const machines: Command = {
  words: ['machines'],
  positionals: [],
  options: {},
  summary: 'machines, their network cards, where they are plugged in, addresses',
  details: [],
  run: async (_input, io) => {
    const services = await io.open({ look: { host: false, records: false }, follow: false })
    const world = await withLibvirt(services)
    const all = world.machines
    const here = addressesHere(world)
    const rows = all.flatMap(({ name, state, nics }) => {
      const first = [name, stateText(state)]
      if (nics.length === 0) return [[...first, 'none']]
      return nics.map((nic, i) => [
        ...(i === 0 ? first : ['', '']),
        nic.mac,
        pluggedInto(nic),
        linkText(nic),
        addressesText(nic, here),
      ])
    })
    const headings = ['MACHINE', 'STATE', 'NETWORK CARD', 'PLUGGED INTO', 'LINK', 'ADDRESS']
    const leftOut = all.filter(({ nics }) => nics.some(isLeftOut))
    const hints = leftOut.map(
      ({ name }) =>
        `Patchbay was ended while it had the cable of ${name} out: patchbay connect ${name} --replug`,
    )
    return {
      document: { machines: all },
      text: rows.length === 0 ? 'There are no machines.' : [table(headings, rows), ...hints].join('\n'),
    }
  },
}
