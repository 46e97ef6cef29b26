import { describe, expect, it } from 'vitest'
import { longestOutage, parseAnswer } from '../../../electron/helper/kernel/outage'
import { newTransactionId } from '../../../electron/helper/store/journal'
import { scheduleFor } from '../../../electron/helper/transaction/stages'
import { bridgeProofs, expectationOf, restoredProofs } from '../../../electron/helper/change/proofs'
import type { HostFacts } from '../../../electron/host/facts'
import { transactionId } from '../../../shared/helper/protocol'
import type { Link } from '../../../shared/world/host'
import { aHost, aLink, aRoute, MAC } from '../host/a-host'
import { english } from '../../../shared/phrases/english'

const record = { nic: 'enp3s0', bridge: 'br0', mac: MAC }
const expected = expectationOf(aHost(), 'enp3s0', ['10.77.0.1'])

function bridged(bridge: Partial<Link> = {}, forwarding = true, stp = false): HostFacts {
  const links = [aLink({ master: 'br0', addresses: [] }), aLink({ name: 'br0', kind: 'bridge', ...bridge })]
  const bridges = [{ name: 'br0', stp, ports: [{ name: 'enp3s0', forwarding }] }]
  return { ...aHost({ links, routes: [aRoute({ link: 'br0' })] }), bridges }
}

const bad = (facts: HostFacts): string[] =>
  bridgeProofs(facts, record, expected)
    .filter(({ ok }) => !ok)
    .map(({ name }) => english(name))

describe('verifying the bridge', () => {
  it('is content when the bridge has what the NIC had', () => {
    expect(bad(bridged())).toEqual([])
  })

  it('accepts another lease, but no other fixed address', () => {
    const address = { family: 4, ip: '10.77.0.140', prefix: 24 } as const
    expect(bad(bridged({ addresses: [{ ...address, origin: 'dynamic' }] }))).toEqual([])
    expect(bad(bridged({ addresses: [{ ...address, origin: 'static' }] }))).toEqual(['addresses'])
  })

  it('names what is missing', () => {
    expect(bad(bridged({ addresses: [] }))).toEqual(['addresses'])
    expect(bad(bridged({ mac: '02:00:00:00:00:01' }))).toEqual(['MAC address'])
    expect(bad(bridged({ carrier: false }))).toEqual(['bridge'])
    expect(bad(bridged({}, false))).toEqual(['port'])
    expect(bad(bridged({}, true, true))).toEqual(['spanning tree'])
    expect(bad({ ...bridged(), host: { ...bridged().host, routes: [] } })).toEqual(['routes'])
    expect(bad({ ...bridged(), host: { ...bridged().host, dns: { servers: [], search: [] } } })).toEqual([
      'name servers',
    ])
  })

  it('demands of what somebody else has set on the card neither address, nor route, nor a VPN’s name server', () => {
    // A split tunnel of NetworkManager's, and a route and an address by hand.
    const byHand = { family: 4, ip: '10.77.9.9', prefix: 24, origin: 'static' } as const
    const routes = [
      aRoute(),
      aRoute({ to: '203.0.113.7', protocol: 'static' }),
      aRoute({ to: '10.77.0.1', via: null, protocol: 'static' }),
      aRoute({ to: '198.51.100.0/24', via: '10.77.0.9', metric: null, protocol: 'boot' }),
      aRoute({ to: '10.8.0.0/16', via: null, link: 'tun0', protocol: 'static' }),
    ]
    const links = [aLink({ addresses: [...aLink().addresses, byHand] })]
    const dns = { servers: ['10.8.0.53', '10.77.0.1'], search: [] }
    const wanted = expectationOf(aHost({ links, routes, dns }), 'enp3s0', [])
    expect(wanted).toEqual({ ...expected, gateways: [] })
    expect(bridgeProofs(bridged(), record, wanted).every(({ ok }) => ok)).toBe(true)
  })

  it('demands of a card that nobody manages its addresses and its default route', () => {
    const fixed = { family: 4, ip: '10.77.0.50', prefix: 24, origin: 'static' } as const
    const routes = [aRoute({ protocol: 'boot' }), aRoute({ to: '198.51.100.0/24', protocol: 'boot' })]
    const facts = aHost({
      links: [aLink({ addresses: [fixed] })],
      routes,
      manager: 'none',
      networkManager: null,
    })
    const { addresses, routes: demanded } = expectationOf(facts, 'enp3s0', [])
    expect(addresses).toEqual([fixed])
    expect(demanded.map(({ to }) => to)).toEqual(['default'])
  })

  it('says of a bridge without a carrier, and of a port that does not forward, what is wrong', () => {
    const details = bridgeProofs(bridged({ carrier: false }, false), record, expected).map(
      ({ detail }) => detail,
    )
    expect(details).toContain('br0 has no carrier')
    expect(details).toContain('enp3s0 is its port, and does not forward')
  })

  it('finds a link-local name server again on its new link', () => {
    const dns = (zone: string) => ({ servers: [`fe80::1%${zone}`], search: [] })
    const wanted = expectationOf(aHost({ dns: dns('enp3s0') }), 'enp3s0', [])
    const now = { ...bridged(), host: { ...bridged().host, dns: dns('br0') } }
    expect(bridgeProofs(now, record, wanted).every(({ ok }) => ok)).toBe(true)
  })
})

it('a restored host has no bridge, and its network on the card', () => {
  const failed = (facts: HostFacts) =>
    restoredProofs(facts, record, expected)
      .filter(({ ok }) => !ok)
      .map(({ name }) => english(name))
  expect(failed(aHost())).toEqual([])
  expect(failed(bridged())).toContain('bridge')
  expect(failed(aHost({ links: [aLink({ master: 'br1' })] }))).toEqual(['port'])
  expect(failed(aHost({ routes: [aRoute({ table: '200' })] }))).toEqual(['routes'])
})

describe('the gap', () => {
  it('is read off iputils’ ping', () => {
    const line = '[1700000000.500000] 64 bytes from 10.0.0.1: icmp_seq=3 ttl=64 time=0.500 ms'
    expect(parseAnswer(line)).toEqual({ sequence: 3, sentAt: 1_700_000_000_499.5 })
    expect(parseAnswer('PING 10.0.0.1 (10.0.0.1) 56(84) bytes of data.')).toBeNull()
  })

  it('is the longest time with lost answers in between', () => {
    const at = (sequence: number) => ({ sequence, sentAt: sequence * 10 })
    expect(longestOutage([1, 2, 3].map(at))).toBe(0)
    expect(longestOutage([1, 2, 6, 7, 9].map(at))).toBe(40)
    expect(longestOutage([at(1)])).toBeNull()
  })
})

it('leaves time for rolling back within the armed time, however short', () => {
  for (const seconds of [10, 60, 600]) {
    const { tryUntil, confirmUntil } = scheduleFor(seconds, 0)
    expect(tryUntil).toBeLessThanOrEqual(seconds * 600)
    expect(confirmUntil).toBeLessThan(seconds * 1000)
    expect(confirmUntil).toBeGreaterThan(tryUntil)
  }
})

it('gives transactions ids that sort by time', () => {
  const [first, second] = ['2026-11-24T00:59:59Z', '2026-11-24T01:00:00Z'].map((time) =>
    newTransactionId(undefined, new Date(time)),
  )
  expect(transactionId.safeParse(first).success).toBe(true)
  expect((first ?? '') < (second ?? '')).toBe(true)
})

it('gives a later id also when the clock was set back', () => {
  const first = newTransactionId(undefined, new Date('2026-12-31T23:59:59Z'))
  const second = newTransactionId(first, new Date('2026-12-31T22:59:59Z'))
  expect(second.startsWith('20270101-000000-')).toBe(true)
  expect(transactionId.safeParse(second).success).toBe(true)
})
