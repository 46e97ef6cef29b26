import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LinkState } from '../../../../electron/helper/kernel/link-state'
import { withLifetimesOf } from '../../../../electron/helper/kernel/leases'
import { makeBridge, toBridge, toNic } from '../../../../electron/helper/kernel/move'
import type { KernelRoute } from '../../../../electron/helper/kernel/route-text'
import { MAC } from '../a-host'
import { holdings, type Kernel, run } from './kernel'
import { addressesOf, anyNetwork, type Network } from './networks'

const NIC = 'enp3s0'
const NOW = { boot: 'this one', uptime: 100, time: 100_000 }
const links = { nic: NIC, bridge: 'br0', mac: MAC }

/** What `ip` would show of a NIC with this network. */
function stateOf(network: Network, { seconds, sourced }: Style): LinkState {
  const life = (origin: string): number | null => (origin === 'dynamic' ? seconds : null)
  const addresses = addressesOf(network)
    .filter(({ origin }) => origin !== 'link-local')
    .map(({ family, ip, prefix, origin }) => ({
      ...{ family, ip, prefix, valid: life(origin), preferred: life(origin) },
      options: family === 4 ? ['broadcast', '10.255.255.255'] : [],
    }))
  const sources = (family: 4 | 6): string[] => {
    const source = addresses.find((address) => address.family === family && address.valid === null)
    return sourced && source && family === 4 ? ['src', source.ip] : []
  }
  const routes = network.routes.map(({ family, to, via, metric, table }): KernelRoute => {
    const words = [to, 'via', via, ...(table === 'main' ? [] : ['table', table]), 'proto', 'static']
    const priority = family === 6 ? String(metric ?? 1024) : metric === null ? null : String(metric)
    return {
      family,
      words: [...words, ...sources(family), ...(priority === null ? [] : ['metric', priority])],
    }
  })
  const beyond: KernelRoute[] = [
    { family: 4, words: ['default', 'via', '192.0.2.1', 'table', '9'] },
    { family: 4, words: ['192.0.2.1', 'scope', 'link', 'table', '9'] },
  ]
  return {
    link: NIC,
    mac: MAC,
    mtu: network.mtu,
    addresses,
    routes: [...routes, ...beyond],
    neighbours: [],
    proxies: [],
  }
}

interface Style {
  seconds: number
  /** Routes name the address they send from. */
  sourced: boolean
}

const anyState: fc.Arbitrary<LinkState> = fc
  .tuple(anyNetwork, fc.record({ seconds: fc.integer({ min: 60, max: 86_400 }), sourced: fc.boolean() }))
  .map(([network, style]) => stateOf(network, style))

/** A kernel that has the NIC in this state. */
function kernelWith(state: LinkState): Kernel {
  const nic = { mac: MAC, mtu: state.mtu, up: true, master: null, addresses: [] }
  const kernel: Kernel = { links: { [NIC]: nic }, routes: [] }
  // The product's own lines set the stage; that they do so in full is judged below.
  expect(run(kernel, toNic(state, links))).toEqual(['link delete dev br0 type bridge'])
  return kernel
}

const has = (kernel: Kernel, link: string): Record<string, unknown> =>
  holdings(kernel, link) as Record<string, unknown>

describe('the move in the kernel, of any network', () => {
  it('sets every address and route of a link', () => {
    fc.assert(
      fc.property(anyState, (state) => {
        const { addresses, routes } = has(kernelWith(state), NIC) as { addresses: string[]; routes: string[] }
        const cidrs = addresses.map((text) => text.split(' ')[0])
        expect(cidrs).toEqual(state.addresses.map(({ ip, prefix }) => `${ip}/${prefix}`).sort())
        const set = routes.filter((text) => !text.endsWith(' own'))
        expect(set).toHaveLength(state.routes.length)
        for (const { family, words } of state.routes) {
          const text = words.join(' ').replace(/^default/, family === 6 ? '::/0' : '0.0.0.0/0')
          expect(set).toContain(text)
        }
      }),
    )
  })

  it('gives the bridge all that the NIC had, and leaves it nothing', () => {
    fc.assert(
      fc.property(anyState, (state) => {
        const kernel = kernelWith(state)
        const before = has(kernel, NIC)
        run(kernel, [...makeBridge(state, links), ...toBridge(state, links)])
        expect(has(kernel, 'br0')).toEqual(before)
        expect(has(kernel, NIC)).toMatchObject({ addresses: [], routes: [] })
        expect(kernel.links[NIC]?.master).toBe('br0')
        expect(kernel.links.br0?.up).toBe(true)
      }),
    )
  })

  it('there and back is where it began', () => {
    fc.assert(
      fc.property(anyState, (state) => {
        const kernel = kernelWith(state)
        const before = structuredClone({ ...kernel, routes: undefined, held: has(kernel, NIC) })
        run(kernel, [...makeBridge(state, links), ...toBridge(state, links)])
        run(kernel, toNic(withLifetimesOf({ ...state, link: 'br0' }, state, NOW), links))
        expect(has(kernel, NIC)).toEqual(before.held)
        expect(Object.keys(kernel.links)).toEqual(Object.keys(before.links))
        expect(kernel.links[NIC]?.master).toBeNull()
        expect(kernel.routes.every(({ link }) => link === NIC)).toBe(true)
      }),
    )
  })

  it('comes back from wherever it was interrupted', () => {
    fc.assert(
      fc.property(anyState, fc.nat(), fc.nat(), (state, first, second) => {
        const kernel = kernelWith(state)
        const before = structuredClone(has(kernel, NIC))
        const there = [...makeBridge(state, links), ...toBridge(state, links)]
        const back = toNic(state, links)
        run(kernel, there.slice(0, first % (there.length + 1)))
        run(kernel, back.slice(0, second % (back.length + 1)))
        run(kernel, back)
        expect(has(kernel, NIC)).toEqual(before)
        expect(kernel.links.br0).toBeUndefined()
      }),
    )
  })

  it('goes on to the bridge from wherever it was interrupted', () => {
    fc.assert(
      fc.property(anyState, fc.nat(), (state, first) => {
        const kernel = kernelWith(state)
        const before = structuredClone(has(kernel, NIC))
        const there = [...makeBridge(state, links), ...toBridge(state, links)]
        run(kernel, there.slice(0, first % (there.length + 1)))
        run(kernel, there)
        expect(has(kernel, 'br0')).toEqual(before)
        expect(has(kernel, NIC)).toMatchObject({ addresses: [], routes: [] })
      }),
    )
  })
})
