import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type LinkState,
  withLifetimesOf,
  withOptionsOf,
  withRoutesMetrics,
} from '../../../electron/helper/kernel/link-state'
import type { KernelRoute } from '../../../electron/helper/kernel/route-text'
import { makeBridge, toBridge, toNic } from '../../../electron/helper/kernel/move'
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

  it('has the time that is left now, not the time that was left then', () => {
    expect(withLifetimesOf(state(40), state(3600)).addresses[0]?.valid).toBe(40)
    expect(withLifetimesOf(null, state(3600)).addresses[0]?.valid).toBe(86_400)
    expect(withLifetimesOf(null, state(null)).addresses[0]?.valid).toBeNull()
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
