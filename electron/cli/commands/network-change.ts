import { PatchbayError } from '../../../shared/failure'
import type { NetworkChange, NetworkChangeEffect } from '../../../shared/world/network-wish'
import { positional, type Answer, type Command, type Input, type Io } from '../command'
import { followToEnd } from '../progress'
import { withLibvirt } from './libvirt'
import { addressOptions, addressWishOf } from './network-options'
import { said } from '../language'
import { say } from '../../../shared/phrases/phrase'

/** Says what a change comes to, makes it, and follows it to its end. */
export async function changeAndFollow(io: Io, change: NetworkChange): Promise<Answer> {
  const services = await io.open({ look: { records: false } })
  await withLibvirt(services)
  const effect = await services.planNetworkChange(change)
  for (const line of warningsOf(change.network, effect)) io.say(line)
  const { document, text } = await followToEnd(
    services,
    await services.changeNetwork({ change, restart: false }),
    io,
  )
  return { document: { ...document, effect }, text }
}

/** What waits for a restart, and what is in the restart's way. */
function warningsOf(network: string, { later, machines }: NetworkChangeEffect): string[] {
  if (later.length === 0) return []
  const restart = `patchbay network restart ${network}`
  return [
    said(say('from-next-start-of', { network, changes: say('clauses', { all: later }) })),
    machines.length === 0
      ? said(say('if-it-runs-restart', { command: restart }))
      : said(say('until-then-it-stays', { machines: machines.join(', '), command: restart })),
  ]
}

export const networkChange: Command = {
  words: ['network', 'change'],
  positionals: ['NAME'],
  options: {
    ...addressOptions,
    'isolated-ports': { value: null, help: 'keep the machines apart from each other' },
    'no-isolated-ports': { value: null, help: 'let the machines reach each other' },
  },
  summary: 'change a libvirt network',
  details: [
    'The DHCP range changes at once, also of a running network. Everything else is in force from the network’s next start;\nthat is said before it is changed.',
  ],
  run: (input, io) =>
    changeAndFollow(io, {
      kind: 'settings',
      network: positional(input, 0),
      ...addressWishOf(input),
      isolatedPorts: isolatedPortsOf(input),
    }),
}

function isolatedPortsOf({ values }: Input): boolean | null {
  const [on, off] = [values['isolated-ports'] === true, values['no-isolated-ports'] === true]
  if (on && off) {
    throw new PatchbayError({
      code: 'usage',
      field: 'isolatedPorts',
      message: '--isolated-ports and --no-isolated-ports contradict each other.',
      hint: 'Give one of them.',
    })
  }
  return on || off ? on : null
}
