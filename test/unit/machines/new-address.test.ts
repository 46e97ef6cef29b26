import { describe, expect, it } from 'vitest'
import { newAddresses, type Sighting } from '../../../electron/machines/new-address'
import type { NicAddress } from '../../../shared/world'

const seen = (ip: string, source: NicAddress['source'], leaseEnd: bigint | null = null): Sighting => ({
  address: { ip, prefix: 24, source },
  leaseEnd,
})
const fresh = (before: Sighting[], now: Sighting[]): string[] =>
  newAddresses(before, now).map(({ ip, source }) => `${ip} ${source}`)

describe('a new address', () => {
  it('is one that nobody had told before', () => {
    const now = [seen('10.0.0.1', 'agent'), seen('10.0.0.2', 'agent')]
    expect(fresh([seen('10.0.0.1', 'agent')], now)).toEqual(['10.0.0.2 agent'])
  })

  it('may be the old one, when its lease was renewed', () => {
    const before = [seen('10.0.0.1', 'lease', 1000n), seen('10.0.0.1', 'arp')]
    expect(fresh(before, [seen('10.0.0.1', 'lease', 1000n), seen('10.0.0.1', 'arp')])).toEqual([])
    const renewed = [seen('10.0.0.1', 'lease', 1060n), seen('10.0.0.1', 'arp')]
    expect(fresh(before, renewed)).toEqual(['10.0.0.1 lease'])
  })

  it('is any lease without end, whose renewal leaves no trace', () => {
    const lease = seen('10.0.0.1', 'lease', 0n)
    expect(fresh([lease], [lease])).toEqual(['10.0.0.1 lease'])
  })

  it('is not the old one because another source tells it as well', () => {
    expect(fresh([seen('10.0.0.1', 'lease', 1000n)], [seen('10.0.0.1', 'arp')])).toEqual([])
  })

  it('is a lease even where the neighbour table had it before', () => {
    const before = [seen('10.0.0.1', 'arp')]
    expect(fresh(before, [seen('10.0.0.1', 'lease', 1000n)])).toEqual(['10.0.0.1 lease'])
  })
})
