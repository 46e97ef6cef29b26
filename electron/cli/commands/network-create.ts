import { PatchbayError } from '../../../shared/failure'
import type { NewKind } from '../../../shared/world/network-wish'
import { MACVTAP_MODES } from '../../../shared/world/world'
import { positional, textOf, type Command, type Input } from '../command'
import { followToEnd } from '../progress'
import { withLibvirt } from './libvirt'
import { addressOptions, addressWishOf, wordOf } from './network-options'

/** The kinds as they are written here: a network over a bridge is told by what it stands on. */
const KINDS = ['nat', 'isolated', 'very-isolated', 'routed', 'open', 'bridge', 'macvtap'] as const

export const networkCreate: Command = {
  words: ['network', 'create'],
  positionals: ['NAME'],
  options: {
    kind: { value: 'KIND', help: KINDS.join(', ') },
    ...addressOptions,
    bridge: { value: 'LINK', help: 'name of the virtual bridge; with --kind bridge the host’s bridge' },
    link: {
      value: 'LINK',
      help: 'host link to go out through; with --kind macvtap one or more, with commas',
    },
    mode: { value: 'MODE', help: `with --kind macvtap: ${MACVTAP_MODES.join(', ')} (default: bridge)` },
    'no-dns': { value: null, help: 'with --kind isolated: answer no names' },
    'isolated-ports': { value: null, help: 'keep the machines apart from each other' },
    'no-start': { value: null, help: 'do not start it now' },
    autostart: { value: null, help: 'start it with the host' },
  },
  summary: 'make a libvirt network, and start it',
  details: [
    'What is not said is chosen: a subnet that is free on this host, DHCP over all of it, the next free virbrN, the bridge\nto the LAN, the uplink’s card. Subnets that overlap with a route, another network, Docker or a VPN are refused.',
  ],
  run: async (input, io) => {
    const kind = kindOf(input)
    const mode = textOf(input, 'mode')
    const services = await io.open({ look: { records: false } })
    await withLibvirt(services)
    const id = services.createNetwork({
      name: positional(input, 0),
      kind,
      ...addressWishOf(input),
      bridge: textOf(input, 'bridge') ?? null,
      links: textOf(input, 'link')?.split(',') ?? [],
      mode: mode === undefined ? null : wordOf(mode, 'mode', MACVTAP_MODES),
      dns: input.values['no-dns'] !== true,
      isolatedPorts: input.values['isolated-ports'] === true,
      start: input.values['no-start'] !== true,
      autostart: input.values.autostart === true,
    })
    return followToEnd(services, id, io)
  },
}

function kindOf(input: Input): NewKind {
  const text = textOf(input, 'kind')
  if (text === undefined) {
    throw new PatchbayError({
      code: 'usage',
      field: 'kind',
      message: 'It is not said what kind of network to make.',
      hint: `Add --kind with one of: ${KINDS.join(', ')}.`,
    })
  }
  const kind = wordOf(text, 'kind', KINDS)
  return kind === 'bridge' ? 'bridged' : kind
}
