import { describe, expect, it, vi } from 'vitest'
import { addressesAround, neighbourSearch, type NeighbourTools } from '../../../electron/services/neighbours'
import type { Met } from '../../../electron/host/met'
import type { NicAddress } from '../../../shared/world/world'
import { link } from '../shared/worlds'

const MAC = '52:54:00:aa:bb:cc'
const MOVED = 1_800_000_000_000
const own = { family: 4, ip: '10.77.0.50', prefix: 24, origin: 'static' } as const
const br0 = link('br0', { kind: 'bridge', addresses: [own] })
const where = { links: ['br0'], subnets: [{ address: own.ip, prefix: 24 }], complete: false }
const met = (ip: string, seenAt?: number): Met => ({
  link: 'br0',
  address: { ip, prefix: 24, source: 'arp', ...(seenAt === undefined ? {} : { seenAt }) },
})

/** A neighbour table that the test writes. */
class Table {
  entries: Met[] = []
  asked: string[] = []
  pinged: string[] = []
  answers = new Set<string>()
  changed: () => void = () => undefined

  readonly tools: NeighbourTools = {
    look: () => Promise.resolve(this.entries),
    watch: (_links, changed) => void (this.changed = changed),
    askAll: ({ ip }) => void this.asked.push(ip),
    ping: (ip) => {
      this.pinged.push(ip)
      return Promise.resolve(this.answers.has(ip))
    },
  }
}

async function search(table: Table, act: () => void | Promise<void>): Promise<NicAddress[]> {
  vi.useFakeTimers()
  const over = new AbortController()
  const found: NicAddress[] = []
  try {
    neighbourSearch([br0], { mac: MAC, where }, table.tools)?.look(
      (one) => found.push(one),
      MOVED,
      over.signal,
    )
    await act()
    await vi.advanceTimersByTimeAsync(1000)
    return found
  } finally {
    over.abort()
    expect(vi.getTimerCount()).toBe(0)
    vi.useRealTimers()
  }
}
const ips = (found: readonly NicAddress[]) => found.map(({ ip }) => ip)

describe('a search among the neighbours', () => {
  it('finds what is confirmed after the move, when the table tells of a change', async () => {
    const table = new Table()
    const found = await search(table, () => {
      table.entries = [met('10.77.0.133', MOVED + 2000)]
      table.changed()
    })
    expect(ips(found)).toEqual(['10.77.0.133'])
  })

  it('asks the subnet, and takes nothing from before the move that does not answer now', async () => {
    const table = new Table()
    table.entries = [met('10.77.0.133', MOVED - 5000), met('10.77.0.9')]
    expect(await search(table, () => undefined)).toEqual([])
    expect([table.asked, table.pinged]).toEqual([[own.ip], ['10.77.0.133', '10.77.0.9']])
  })

  it('takes it once it answers a ping, since the kernel asks nobody whom it has just met', async () => {
    const table = new Table()
    table.entries = [met('10.77.0.133', MOVED - 5000)]
    table.answers.add('10.77.0.133')
    expect(ips(await search(table, () => undefined))).toEqual(['10.77.0.133'])
  })

  it('asks nobody but those it was made for by a host access, which has the card’s address alone', () => {
    const access = link('pb-mv0', { kind: 'macvlan', addresses: [{ ...own, prefix: 32 }] })
    const there = { ...where, links: ['pb-mv0'] }
    expect(neighbourSearch([br0], { mac: MAC, where })?.everybody).toBe(true)
    expect(neighbourSearch([access], { mac: MAC, where: there })?.everybody).toBe(false)
  })

  it('is none where the host has no address among them', () => {
    expect(neighbourSearch([link('br0')], { mac: MAC, where })).toBeNull()
    expect(neighbourSearch([br0], { mac: MAC, where: { ...where, links: [] } })).toBeNull()
  })
})

describe('the addresses asked', () => {
  it('are the others of the subnet, without network and broadcast address', () => {
    expect(addressesAround({ ip: '10.0.0.2', prefix: 29 })).toEqual([
      '10.0.0.1',
      '10.0.0.3',
      '10.0.0.4',
      '10.0.0.5',
      '10.0.0.6',
    ])
  })

  it('are no more than a /24 in a large subnet, around the own address', () => {
    const addresses = addressesAround({ ip: '172.16.200.7', prefix: 12 })
    expect(addresses).toHaveLength(253)
    expect(addresses[0]).toBe('172.16.200.1')
    expect(addresses.at(-1)).toBe('172.16.200.254')
  })

  it.each([31, 32])('are none in a /%i', (prefix) => {
    expect(addressesAround({ ip: '10.0.0.2', prefix })).toEqual([])
  })
})
