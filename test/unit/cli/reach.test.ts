import { describe, expect, it } from 'vitest'
import { parseArguments } from '../../../electron/cli/arguments'
import { reach } from '../../../electron/cli/commands/reach'
import { helpFor } from '../../../electron/cli/help'
import { probeText, reachDocument, reachText } from '../../../electron/cli/reach-text'
import type { Services } from '../../../electron/services/services'
import { machine, network, nic, world } from '../shared/worlds'

const MAC = '52:54:00:00:00:01'
const said = { answer: 'no', reason: { code: 'nobody-into-nat', on: 'default' } } as const

describe('the words of patchbay reach', () => {
  it('are the answer and its reason', () => {
    const words = 'default is NAT: libvirt lets nobody in from outside'
    expect(reachText('lan', 'web', said)).toBe(`lan → web: no. ${words}.`)
    expect(reachDocument(said)).toEqual({ answer: 'no', reason: { ...said.reason, text: words } })
  })

  it('tell what was sent and who answered, or why nothing was', () => {
    const sent = [
      { by: 'arp', from: 'host', to: '10.0.0.5', answeredBy: MAC },
      { by: 'tcp', from: 'host', to: '10.0.0.5:22', answeredBy: null },
    ] as const
    expect(probeText({ probed: { outcome: 'sent', sent }, conclusion: 'surprise' }).split('\n')).toEqual([
      `ARP from host to 10.0.0.5: ${MAC} answered.`,
      'TCP from host to 10.0.0.5:22: nobody answered.',
      'What was sent shows otherwise.',
    ])
    const gap = { outcome: 'gap', gap: 'no-agent' } as const
    expect(probeText({ probed: gap, conclusion: 'could-not-tell' })).toBe(
      'A probe could not tell: the guest agent of the machine does not answer.',
    )
  })
})

describe('the command line', () => {
  it('takes both ends or none', () => {
    const parse = (...argv: string[]) => parseArguments(argv, [reach])
    expect(parse('reach')).toMatchObject({ kind: 'run', input: { positionals: [] } })
    expect(parse('reach', 'host', 'web', '--probe')).toMatchObject({
      input: { positionals: ['host', 'web'], values: { probe: true } },
    })
    expect(() => parse('reach', 'host')).toThrow('“reach” needs TO')
    expect(helpFor(null, [reach])).toContain('reach [FROM TO] [--probe]')
  })

  it('without ends shows every machine in a table', async () => {
    const now = world({
      networks: [
        network('default', {
          subnets: [{ family: 4, address: '10.0.0.1', prefix: 24, dhcp: null, reservations: [] }],
        }),
      ],
      machines: [
        machine('off', { nics: [nic(MAC)] }),
        machine('web', {
          state: 'running',
          nics: [nic(MAC, { live: { type: 'network', network: 'default' } })],
        }),
      ],
    })
    const services = { world: { until: () => Promise.resolve(now) } } as unknown as Services
    const { text } = await reach.run(
      { positionals: [], values: {} },
      {
        open: () => Promise.resolve(services),
        say: () => undefined,
        ask: () => Promise.resolve(null),
        onInterrupt: () => () => undefined,
      },
    )
    expect(text.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
      ['MACHINE', 'PLUGGED INTO', 'HOST →', '→ HOST', '→ LAN', 'LAN →', '→ INTERNET', 'ADDRESSES FROM'],
      ['off', 'network:default', 'no', 'no', 'no', 'no', 'no', 'nobody'],
      ['web', 'network:default', 'yes', 'yes', 'yes', 'no', 'yes', 'nobody'],
    ])
  })
})
