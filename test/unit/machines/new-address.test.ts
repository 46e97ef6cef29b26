import { describe, expect, it } from 'vitest'
import { newAddresses, type Sighting } from '../../../electron/machines/new-address'
import type { Whereabouts } from '../../../shared/world/whereabouts'
import type { NicAddress } from '../../../shared/world/world'

const UNKNOWN: Pick<Whereabouts, 'subnets' | 'complete'> = { subnets: [], complete: false }
const NAT = { subnets: [{ address: '192.168.122.1', prefix: 24 }], complete: true }
const LAN = { subnets: [{ address: '10.77.0.50', prefix: 24 }], complete: false }

const seen = (ip: string, source: NicAddress['source'], leaseEnd: bigint | null = null): Sighting => ({
  address: { ip, prefix: 24, source },
  leaseEnd,
})
const fresh = (before: Sighting[], now: Sighting[], where = UNKNOWN): string[] =>
  newAddresses(before, now, where).map(({ ip, source }) => `${ip} ${source}`)

describe('a new address', () => {
  it('is one that nobody had told before, where nothing is known of the place', () => {
    const now = [seen('10.0.0.1', 'agent'), seen('10.0.0.2', 'agent')]
    expect(fresh([seen('10.0.0.1', 'agent')], now)).toEqual(['10.0.0.2 agent'])
  })

  it('may be the old one, when its lease was renewed', () => {
    const before = [seen('10.0.0.1', 'lease', 1000n)]
    expect(fresh(before, [seen('10.0.0.1', 'lease', 1000n)])).toEqual([])
    expect(fresh(before, [seen('10.0.0.1', 'lease', 1060n)])).toEqual(['10.0.0.1 lease'])
  })

  it('is any lease without end, whose renewal leaves no trace', () => {
    const lease = seen('10.0.0.1', 'lease', 0n)
    expect(fresh([lease], [lease])).toEqual(['10.0.0.1 lease'])
  })

  it('is not the old one because another source tells it as well', () => {
    expect(fresh([seen('10.0.0.1', 'lease', 1000n)], [seen('10.0.0.1', 'agent')])).toEqual([])
  })

  it('is what the guest agent says when that fits the place, and never what does not', () => {
    const both = [seen('192.168.122.7', 'agent'), seen('10.77.0.133', 'agent')]
    expect(fresh([], both, NAT)).toEqual(['192.168.122.7 agent'])
    expect(fresh([], both, LAN)).toEqual(['10.77.0.133 agent'])
    // On the same LAN by another way: it keeps its address, and that is right.
    expect(fresh([seen('10.77.0.133', 'agent')], both, LAN)).toEqual(['10.77.0.133 agent'])
  })

  it('is an IPv6 address only where its subnet is there, or none is known', () => {
    const v6 = [seen('2001:db8:1::7', 'agent')]
    expect(fresh([], v6, NAT)).toEqual([])
    expect(fresh([], v6, LAN)).toEqual(['2001:db8:1::7 agent'])
    const dual = { ...LAN, subnets: [...LAN.subnets, { address: '2001:db8:2::1', prefix: 64 }] }
    expect(fresh([], v6, dual)).toEqual([])
    expect(fresh([], [seen('2001:DB8:2::7', 'agent')], dual)).toHaveLength(1)
  })

  it('is never link-local or loopback, whoever tells it', () => {
    const nobodys = ['169.254.7.7', 'fe80::5054:ff:fe00:1', '127.0.0.1', '::1', '0.0.0.0', 'nonsense']
    for (const where of [UNKNOWN, NAT, LAN]) {
      expect(
        fresh(
          [],
          nobodys.map((ip) => seen(ip, 'agent')),
          where,
        ),
      ).toEqual([])
    }
  })

  it('of another computer’s neighbour table counts in a subnet of the place alone, and when it is new', () => {
    const table = [seen('10.77.0.133', 'arp'), seen('192.168.122.7', 'arp')]
    expect(fresh([], table, NAT)).toEqual(['192.168.122.7 arp'])
    expect(fresh([seen('192.168.122.7', 'arp')], table, NAT)).toEqual([])
    expect(fresh([], table, UNKNOWN)).toEqual([])
  })
})
