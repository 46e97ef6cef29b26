import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sendFromHost, type HostTools } from '../../../electron/probe/from-host'
import type { IpNeighbour } from '../../../electron/system/ip-json'
import { arpOutcome } from '../../../electron/probe/neighbour'
import { probe, type Senders } from '../../../electron/probe/probe'
import { withMetAddresses } from '../../../electron/probe/ways'
import { conclude, type Probe, type Sent } from '../../../shared/reach/probe'
import type { End, Reach } from '../../../shared/reach/reach'
import type { NicAddress } from '../../../shared/world/world'
import { link, machine, network, nic, world } from '../shared/worlds'

const MAC = '52:54:00:00:00:01'
const at = (ip: string): NicAddress => ({ ip, prefix: 24, source: 'lease' })
const nat = network('default', {
  subnets: [{ family: 4, address: '10.0.0.1', prefix: 24, dhcp: null, reservations: [] }],
})
const lanLink = link('enp3s0', {
  addresses: [{ family: 4, ip: '10.77.0.50', prefix: 24, origin: 'dynamic' }],
})
const around = world({ networks: [nat], host: { ...world().host, links: [lanLink] } })

const host: End = { type: 'host' }
const lan: End = { type: 'lan' }
const running = (name: string, ips: string[], live = 'default'): End => ({
  type: 'machine',
  machine: machine(name, {
    state: 'running',
    nics: [nic(MAC, { live: { type: 'network', network: live }, addresses: ips.map(at) })],
  }),
})

const verdict = (answer: Reach['answer']): Reach => ({ answer, reason: { code: 'itself', on: '' } })
const sent = (to: string, answeredBy: string | null, from = 'host'): Sent => ({
  by: 'ping',
  from,
  to,
  answeredBy,
})

/** Senders that meet only these addresses, and note whom they were asked for. */
function senders(there: readonly string[], agent: 'answers' | 'no-agent' | 'no-ping-in-guest' = 'answers') {
  const asked: string[] = []
  const answers = (ip: string): string | null => (there.includes(ip) ? ip : null)
  const all: Senders = {
    fromHost: (ip) => {
      asked.push(`host ${ip}`)
      return Promise.resolve([sent(ip, answers(ip))])
    },
    fromGuest: ({ name }, ip) => {
      asked.push(`${name} ${ip}`)
      return Promise.resolve(agent === 'answers' ? sent(ip, answers(ip), name) : agent)
    },
  }
  return { all, asked }
}

const try1 = async (
  from: End,
  to: End,
  answer: Reach['answer'],
  how: ReturnType<typeof senders>,
): Promise<Probe> => probe({ from, to, said: verdict(answer) }, around, how.all)

describe('a probe', () => {
  it('from the host sends to every address of the machine, and one answer is enough', async () => {
    const how = senders(['10.0.0.6'])
    const result = await try1(host, running('web', ['10.0.0.5', '10.0.0.6', 'fd00::5']), 'yes', how)
    expect([result.conclusion, how.asked]).toEqual(['agrees', ['host 10.0.0.5', 'host 10.0.0.6']])
  })

  it('says surprise for silence where an answer was due, and for an answer where none was', async () => {
    const web = running('web', ['10.0.0.5'])
    expect((await try1(host, web, 'yes', senders([]))).conclusion).toBe('surprise')
    expect((await try1(host, web, 'no', senders(['10.0.0.5']))).conclusion).toBe('surprise')
    expect((await try1(host, web, 'no', senders([]))).conclusion).toBe('agrees')
  })

  it('has the guest agent ping the host at its address on that network, and the gateway for the LAN', async () => {
    const how = senders(['10.0.0.1', '10.77.0.1'])
    const web = running('web', ['10.0.0.5'])
    expect((await try1(web, host, 'yes', how)).conclusion).toBe('agrees')
    expect((await try1(web, lan, 'yes', how)).conclusion).toBe('agrees')
    expect(how.asked).toEqual(['web 10.0.0.1', 'web 10.77.0.1'])
  })

  it('without an agent, the answer to the host’s own ping shows that the host is reached', async () => {
    const how = senders(['10.0.0.5'], 'no-agent')
    const result = await try1(running('web', ['10.0.0.5']), host, 'yes', how)
    expect([result.conclusion, how.asked]).toEqual(['agrees', ['web 10.0.0.1', 'host 10.0.0.5']])
  })

  it.each<[string, End, End, ReturnType<typeof senders>, string]>([
    [
      'without an agent',
      running('a', ['10.0.0.5']),
      running('b', ['10.0.0.6']),
      senders([], 'no-agent'),
      'no-agent',
    ],
    [
      'without ping in the guest',
      running('a', ['10.0.0.5']),
      lan,
      senders([], 'no-ping-in-guest'),
      'no-ping-in-guest',
    ],
    ['without an address', host, running('a', []), senders([]), 'no-address'],
    ['from the LAN', lan, running('a', ['10.0.0.5']), senders([]), 'not-from-the-lan'],
    ['into the internet', host, { type: 'internet' }, senders([]), 'not-into-the-internet'],
  ])('could not tell %s, and says why', async (_name, from, to, how, gap) => {
    expect(await try1(from, to, 'yes', how)).toEqual({
      probed: { outcome: 'gap', gap },
      conclusion: 'could-not-tell',
    })
  })

  it('settles what was not known by an answer, never by silence', () => {
    const outcome = 'sent' as const
    expect(conclude(verdict('unknown'), { outcome, sent: [sent('10.0.0.5', '10.0.0.5')] })).toBe('settled')
    expect(conclude(verdict('unknown'), { outcome, sent: [sent('10.0.0.5', null)] })).toBe('could-not-tell')
  })

  it('more silence changes nothing, and yes and no never both agree', () => {
    const anySent = fc.array(fc.option(fc.constant('10.0.0.5')).map((who) => sent('10.0.0.5', who)))
    fc.assert(
      fc.property(anySent, fc.constantFrom('yes', 'no', 'unknown'), (all, answer) => {
        const [plain, more] = [all, [...all, sent('10.0.0.9', null)]].map((list) => ({
          outcome: 'sent' as const,
          sent: list,
        }))
        if (plain === undefined || more === undefined) return
        expect(conclude({ answer }, more)).toBe(conclude({ answer }, plain))
        const both = [conclude({ answer: 'yes' }, plain), conclude({ answer: 'no' }, plain)]
        expect(both.sort()).toEqual(['agrees', 'surprise'])
      }),
    )
  })
})

describe('what the host sends', () => {
  const tools = (change: Partial<HostTools>): HostTools => ({
    ping: () => Promise.resolve(false),
    tcp: () => Promise.resolve(false),
    arp: () => Promise.resolve('silence'),
    now: () => 0,
    ...change,
  })

  it('tells who answered what', async () => {
    const tcp = (_ip: string, port: number) => Promise.resolve(port === 22)
    const all = await sendFromHost('10.0.0.5', tools({ tcp, arp: () => Promise.resolve({ mac: MAC }) }))
    expect(all.map(({ by, to, answeredBy }) => [by, to, answeredBy])).toEqual([
      ['arp', '10.0.0.5', MAC],
      ['ping', '10.0.0.5', null],
      ['tcp', '10.0.0.5:22', '10.0.0.5'],
      ['tcp', '10.0.0.5:80', null],
    ])
  })

  it('does without ping where it may not be used, and looks no further back than it has been sending', async () => {
    const asked: number[] = []
    let clock = 0
    const all = await sendFromHost(
      '10.0.0.5',
      tools({
        ping: () => Promise.resolve(null),
        now: () => (clock += 1500),
        arp: (_ip, seconds) => {
          asked.push(seconds)
          return Promise.resolve('not-asked')
        },
      }),
    )
    expect([all.map(({ by }) => by), asked]).toEqual([['tcp', 'tcp'], [3]])
  })
})

describe('the neighbour table', () => {
  const entry = (change: Partial<IpNeighbour>): IpNeighbour => ({
    dst: '10.0.0.5',
    dev: 'virbr0',
    lladdr: MAC,
    state: ['REACHABLE'],
    confirmed: 0,
    ...change,
  })

  it('counts only what was confirmed just now, and silence only where the kernel has asked', () => {
    const of = (change: Partial<IpNeighbour>) => arpOutcome([entry(change)], '10.0.0.5', 3)
    expect([of({}), of({ state: ['DELAY'] })]).toEqual([{ mac: MAC }, { mac: MAC }])
    const unasked = [{ confirmed: 20 }, { state: ['STALE'], confirmed: undefined }, { dst: '10.0.0.6' }]
    for (const one of unasked) expect(of(one)).toBe('not-asked')
    for (const state of ['FAILED', 'INCOMPLETE']) {
      expect(of({ state: [state], lladdr: undefined })).toBe('silence')
    }
  })

  it('gives machines the addresses that nothing else tells', () => {
    const table = [
      entry({ state: ['STALE'] }),
      entry({ dst: '10.0.0.7', state: ['FAILED'] }),
      entry({ dst: '10.77.0.9', dev: 'br0' }),
    ]
    const live = { type: 'network', network: 'default' } as const
    const known = machine('known', {
      state: 'running',
      nics: [nic(MAC, { live, addresses: [at('10.9.9.9')] })],
    })
    const bare = machine('bare', { state: 'running', nics: [nic(MAC, { live })] })
    const off = machine('off', { nics: [nic(MAC)] })
    const ips = withMetAddresses([known, bare, off], table, around).map(({ nics }) =>
      nics.flatMap(({ addresses }) => addresses.map(({ ip }) => ip)),
    )
    expect(ips).toEqual([['10.9.9.9'], ['10.0.0.5'], []])
  })
})
