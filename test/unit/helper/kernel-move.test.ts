import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type LinkState, withLifetimesOf, withOptionsOf } from '../../../electron/helper/kernel/link-state'
import { makeBridge, toBridge, toNic } from '../../../electron/helper/kernel/move'

const links = { nic: 'enp3s0', bridge: 'br0', mac: '02:70:62:00:00:03' }

const ip4 = fc.tuple(fc.nat(255), fc.nat(255)).map(([a, b]) => `10.${a}.${b}.7`)
const ip6 = fc.integer({ min: 1, max: 0xffff }).map((part) => `fd77::${part.toString(16)}`)
const seconds = fc.option(fc.integer({ min: 1, max: 86_400 }), { nil: null })

const anyState: fc.Arbitrary<LinkState> = fc.record({
  link: fc.constant('enp3s0'),
  mac: fc.constant(links.mac),
  mtu: fc.integer({ min: 1280, max: 9000 }),
  addresses: fc
    .uniqueArray(
      fc.oneof(
        fc.record({ family: fc.constant(4 as const), ip: ip4, prefix: fc.constant(24) }),
        fc.record({ family: fc.constant(6 as const), ip: ip6, prefix: fc.constant(64) }),
      ),
      { selector: ({ ip }) => ip, maxLength: 5 },
    )
    .chain((addresses) =>
      fc.tuple(...addresses.map(() => seconds)).map((lives) =>
        addresses.map((address, index) => {
          const life = lives[index] ?? null
          return { ...address, options: [], valid: life, preferred: life }
        }),
      ),
    ),
  routes: fc.array(
    fc.oneof(
      ip4.map((via) => ({ family: 4 as const, words: ['default', 'via', via, 'metric', '100'] })),
      ip4.map((to) => ({ family: 4 as const, words: [to, 'scope', 'link', 'table', '100'] })),
      ip6.map((via) => ({ family: 6 as const, words: ['default', 'via', via, 'expires', '1700'] })),
    ),
    { maxLength: 5 },
  ),
  neighbours: fc.array(
    ip4.map((ip) => ({ ip, mac: links.mac })),
    { maxLength: 3 },
  ),
})

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
    const state = { link: 'enp3s0', mac: null, mtu: 1500, addresses: [], routes: [route], neighbours: [] }
    expect(toNic(state, links)).toContain('route replace ::/0 via fe80::1 proto ra dev enp3s0')
  })
})

describe('what is put back', () => {
  const address = { family: 4 as const, ip: '10.77.0.9', prefix: 24, options: ['metric', '100'] }
  const state = (valid: number | null, options = address.options): LinkState => ({
    ...{ link: 'enp3s0', mac: null, mtu: 1500, routes: [], neighbours: [] },
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
})
