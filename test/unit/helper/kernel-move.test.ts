import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type LinkState, withOptionsOf, withRoutesMetrics } from '../../../electron/helper/kernel/link-state'
import { withLeasesOf, withLifetimesOf } from '../../../electron/helper/kernel/leases'
import type { Moment } from '../../../electron/helper/kernel/moment'
import { makeBridge, removeOldLease, toBridge, toNic } from '../../../electron/helper/kernel/move'
import type { KernelRoute } from '../../../electron/helper/kernel/route-text'
import { anyState, MAC } from './kernel-states'

const links = { nic: 'enp3s0', bridge: 'br0', mac: MAC }

describe('moving the network in the kernel', () => {
  it('gives the bridge every address, route and neighbour, and takes the addresses off the card', () => {
    fc.assert(
      fc.property(anyState, (state) => {
        const lines = [...makeBridge(state, links), ...toBridge(state, links)]
        const enslaved = lines.indexOf('link set dev enp3s0 master br0')
        for (const { ip, prefix } of state.addresses) {
          const added = lines.findIndex((line) => line.startsWith(`address replace ${ip}/${prefix} dev br0`))
          // The address is there before the first frame comes to it.
          expect(added).toBeGreaterThan(-1)
          expect(added).toBeLessThan(enslaved)
          expect(lines.indexOf(`address delete ${ip}/${prefix} dev enp3s0`)).toBeGreaterThan(enslaved)
        }
        const replaced = lines.filter((line) => line.startsWith('route replace') && line.endsWith('dev br0'))
        expect(new Set(replaced).size).toBe(new Set(state.routes.map(({ words }) => words.join(' '))).size)
        for (const { ip } of state.neighbours) {
          expect(lines.some((line) => line.startsWith(`neigh replace ${ip} `))).toBe(true)
        }
      }),
    )
  })

  it('comes back to the same addresses and routes: there and back is where it began', () => {
    fc.assert(
      fc.property(anyState, (state) => {
        const carried = (lines: readonly string[], link: string): string[] =>
          [...new Set(lines.filter((line) => /^(address|route) replace/.test(line)))]
            .map((line) => line.replace(`dev ${link}`, 'dev'))
            .sort()
        expect(carried(toNic(state, links), 'enp3s0')).toEqual(carried(toBridge(state, links), 'br0'))
        expect(toNic(state, links)).toContain('link delete dev br0 type bridge')
      }),
    )
  })

  it('names the family of a default route by its address, as a batch has no other way', () => {
    const route = { family: 6 as const, words: ['default', 'via', 'fe80::1', 'proto', 'ra'] }
    const state = {
      link: 'enp3s0',
      mac: null,
      mtu: 1500,
      addresses: [],
      routes: [route],
      neighbours: [],
      proxies: [],
    }
    expect(toNic(state, links)).toContain('route replace ::/0 via fe80::1 proto ra dev enp3s0')
  })
})

describe('what is put back', () => {
  const address = { family: 4 as const, ip: '10.77.0.9', prefix: 24, options: ['metric', '100'] }
  const state = (valid: number | null, options = address.options): LinkState => ({
    ...{ link: 'enp3s0', mac: null, mtu: 1500, routes: [], neighbours: [], proxies: [] },
    addresses: [{ ...address, options, valid, preferred: valid }],
  })

  const at = (uptime: number, boot = 'one', time = uptime * 1000): Moment => ({ boot, uptime, time })

  it('has the time that is left now, not the time that was left then', () => {
    expect(withLifetimesOf(state(40), state(3600), at(0)).addresses[0]?.valid).toBe(40)
    expect(withLifetimesOf(null, state(3600), at(0)).addresses[0]?.valid).toBe(86_400)
    expect(withLifetimesOf(null, state(null), at(0)).addresses[0]?.valid).toBeNull()
  })

  it('has what is left of a lease that is nowhere to be seen any more, and never more', () => {
    const then = { ...state(3600), readAt: at(100) }
    const left = (now: Moment): number | null | undefined =>
      withLifetimesOf(null, then, now).addresses[0]?.valid
    expect(left(at(130))).toBe(3570)
    // The clock was set back by an hour meanwhile, which counts only where the computer was started anew.
    expect(left(at(130, 'one', -3_600_000))).toBe(3570)
    expect(left(at(7, 'two', 160_000))).toBe(3540)
    expect(left(at(3700))).toBeUndefined()
    const copied = withLifetimesOf(state(null), then, at(130))
    expect(copied.addresses[0]?.valid).toBe(3570)
    // Once more from there.
    expect(withLifetimesOf(null, copied, at(160)).addresses[0]?.valid).toBe(3540)
  })

  it('has the lease that the router has given since, with its routes, and what was fixed as before', () => {
    const fixed = {
      family: 4 as const,
      ip: '10.77.0.50',
      prefix: 24,
      options: [],
      valid: null,
      preferred: null,
    }
    const route = (text: string): KernelRoute => ({ family: 4, words: text.split(' ') })
    const before: LinkState = {
      ...state(3600),
      addresses: [...state(3600).addresses, fixed],
      routes: [route('default via 10.77.0.1 src 10.77.0.9')],
      readAt: at(0),
    }
    const same = { ...state(50), routes: [route('default via 10.77.0.1 src 10.77.0.9 metric 7')] }
    expect(withLeasesOf(same, before, at(10))).toMatchObject({
      addresses: [{ ip: '10.77.0.9', valid: 50 }, fixed],
      routes: before.routes,
    })
    const [other] = state(50, []).addresses.map((one) => ({ ...one, ip: '10.77.0.77' }))
    const moved = { ...same, addresses: other ? [other] : [], routes: [route('default via 10.77.0.2')] }
    expect(withLeasesOf(moved, before, at(10))).toMatchObject({
      addresses: [fixed, { ip: '10.77.0.77', valid: 50 }],
      routes: moved.routes,
      readAt: at(10),
    })
    expect(withLeasesOf(null, before, at(10)).addresses[0]?.valid).toBe(3590)
  })

  it('takes off what was leased before and is not leased again', () => {
    const both = { ...state(3600), addresses: [...state(3600).addresses, ...state(null).addresses] }
    expect(removeOldLease(both, ['10.77.0.9'], 'br0')).toEqual([])
    expect(removeOldLease(both, ['10.77.0.77'], 'br0')).toEqual(['address delete 10.77.0.9/24 dev br0'])
  })

  it('has the options that a manager has left out', () => {
    expect(withOptionsOf(state(40), state(40, [])).addresses[0]?.options).toEqual(['metric', '100'])
  })

  it('has the metric of its own route where the address no longer shows it', () => {
    const route = (text: string): KernelRoute => ({ family: 4, words: text.split(' ') })
    const own = route('10.77.0.0/24 proto kernel scope link src 10.77.0.9 metric 100')
    const bare = { ...address, options: ['broadcast', '10.77.0.255'], valid: null, preferred: null }
    const options = (...routes: KernelRoute[]): unknown => withRoutesMetrics([bare], routes)[0]?.options
    expect(options(own)).toEqual(['broadcast', '10.77.0.255', 'metric', '100'])
    // Of another address, with a router, by another program, or beside one without a metric.
    const others = ['src 10.77.0.8', 'src 10.77.0.9 via 10.77.0.1'].map((end) =>
      route(`10.77.0.0/24 proto kernel ${end} metric 100`),
    )
    expect(options(...others, route('default proto dhcp src 10.77.0.9 metric 100'))).toEqual(bare.options)
    expect(options(own, route('10.77.0.0/24 proto kernel scope link src 10.77.0.9'))).toEqual(bare.options)
  })
})
