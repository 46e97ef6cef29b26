import { en } from '../../../shared/messages/en'
import { reach as judge, type End } from '../../../shared/reach/reach'
import { addressesFrom } from '../../../shared/reach/table'
import { attachmentOf, type Machine, type World } from '../../../shared/world/world'
import { positional, type Answer, type Command } from '../command'
import { probeText, reachDocument, reachText } from '../reach-text'
import { table } from '../table'
import { pluggedInto } from '../words'
import { withLibvirt } from './libvirt'

export const reach: Command = {
  words: ['reach'],
  positionals: ['FROM', 'TO'],
  mayBeBare: true,
  options: {
    probe: { value: null, help: 'try it for real: ARP, ping and TCP from the host, or the guest agent' },
  },
  summary: 'who reaches whom, and why; without arguments a table of all machines',
  details: [
    'With --probe it sends for real, without root, and tells whether what was said agrees. It exits with 0 also at a surprise.',
    'FROM and TO: host, lan, internet, or the name of a machine (machine:NAME where it is named like these).',
  ],
  run: async (input, io) => {
    const services = await io.open({ look: { records: false }, follow: false })
    const world = await withLibvirt(services)
    if (input.positionals.length === 0) return allMachines(world)
    const [from, to] = [positional(input, 0), positional(input, 1)]
    const { said, probe } = await services.reach({ from, to, probe: input.values.probe === true })
    return {
      document: { from, to, ...reachDocument(said), ...(probe && { probe }) },
      text: [reachText(from, to, said), ...(probe ? [probeText(probe)] : [])].join('\n'),
    }
  },
}

const HEADINGS = [
  'MACHINE',
  'PLUGGED INTO',
  'HOST →',
  '→ HOST',
  '→ LAN',
  'LAN →',
  '→ INTERNET',
  'ADDRESSES FROM',
]

function allMachines(world: World): Answer {
  const machines = world.machines.map((machine) => described(machine, world))
  const rows = machines.map(({ name, pluggedInto: places, reach: verdicts, addressesFrom: sources }) => [
    name,
    places.join(', '),
    ...Object.values(verdicts).map(({ answer }) => en.reach.answers[answer]),
    sources.map((source) => en.networks.reach.addresses[source].toLowerCase()).join(', '),
  ])
  return {
    document: { machines },
    text: rows.length === 0 ? 'There are no machines.' : table(HEADINGS, rows),
  }
}

/** One machine's row, in the order of the headings. */
function described(machine: Machine, world: World) {
  const self: End = { type: 'machine', machine }
  const from = (type: 'host' | 'lan') => reachDocument(judge({ type }, self, world))
  const to = (type: 'host' | 'lan' | 'internet') => reachDocument(judge(self, { type }, world))
  return {
    name: machine.name,
    pluggedInto: machine.nics.map(pluggedInto),
    reach: {
      fromHost: from('host'),
      toHost: to('host'),
      toLan: to('lan'),
      fromLan: from('lan'),
      toInternet: to('internet'),
    },
    addressesFrom: machine.nics.map((nic) => {
      const attachment = attachmentOf(nic)
      return attachment === null ? 'unknown' : addressesFrom(attachment, world)
    }),
  }
}
