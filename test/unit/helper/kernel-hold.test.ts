import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  announceAgain,
  hold,
  keptWithoutLease,
  letGo,
  standIn,
  withoutStandIns,
} from '../../../electron/helper/kernel/hold'
import type { KernelAddress, LinkState } from '../../../electron/helper/kernel/link-state'
import { restate } from '../../../electron/helper/kernel/move'
import { anyState } from './kernel-states'

const address = (ip: string, parts: Partial<KernelAddress> = {}): KernelAddress => ({
  family: ip.includes(':') ? 6 : 4,
  ip,
  prefix: ip.includes(':') ? 64 : 24,
  options: [],
  valid: null,
  preferred: null,
  ...parts,
})

const aLink = (link: string, parts: Partial<LinkState> = {}): LinkState => ({
  ...{ link, mac: null, mtu: 1500, addresses: [], routes: [], neighbours: [], proxies: [] },
  ...parts,
})

const lease = address('10.77.0.9', { options: ['broadcast', '10.77.0.255', 'metric', '100'], valid: 3600 })
const leased = aLink('enp3s0', {
  addresses: [lease],
  routes: [{ family: 4, words: ['default', 'via', '10.77.0.1', 'proto', 'dhcp', 'metric', '100'] }],
})

/** What the loopback has once lines for it were run. */
function loopbackAfter(lines: readonly string[]): LinkState {
  const addresses = lines.map((line) => {
    const [, ip = '', prefix = ''] = /^address replace (\S+)\/(\d+) dev lo /.exec(line) ?? []
    return address(ip, { prefix: Number(prefix), valid: 120, preferred: 120 })
  })
  return aLink('lo', { addresses })
}

describe('addresses held by the loopback', () => {
  it('are all there, each for itself alone, and all let go again', () => {
    fc.assert(
      fc.property(anyState, (state) => {
        const lo = loopbackAfter(hold(state, aLink('lo')))
        expect(lo.addresses.map(({ ip }) => ip)).toEqual(state.addresses.map(({ ip }) => ip))
        expect(letGo(lo)).toEqual(
          state.addresses.map(({ family, ip }) => `address delete ${ip}/${family === 6 ? 128 : 32} dev lo`),
        )
      }),
    )
  })

  it('go by themselves when nobody is left to let them go, and bring no route to IPv6', () => {
    expect(hold(aLink('enp3s0', { addresses: [address('fd77::9')] }), aLink('lo'))).toEqual([
      'address replace fd77::9/128 dev lo noprefixroute valid_lft 120 preferred_lft 120',
    ])
  })

  it('are never those that the user has put there', () => {
    const lo = aLink('lo', { addresses: [address('10.77.0.9', { prefix: 32 })] })
    expect(hold(leased, lo)).toEqual([])
    expect(letGo(lo)).toEqual([])
  })
})

describe('stand-ins', () => {
  it('are routes that a manager takes for the kernel’s, to the same places with the same metric', () => {
    expect(restate(standIn(leased), 'br0')).toEqual([
      'route replace 10.77.0.0/24 proto kernel scope link src 10.77.0.9 metric 100 dev br0',
      'route replace 0.0.0.0/0 via 10.77.0.1 proto kernel metric 100 dev br0',
    ])
  })

  it('bring one route for a network with several addresses, as the kernel does', () => {
    const addresses = [address('10.77.0.50'), address('10.77.0.51'), address('10.77.0.52', { prefix: 32 })]
    expect(standIn(aLink('enp3s0', { addresses })).routes.map(({ words }) => words.join(' '))).toEqual([
      '10.77.0.0/24 proto kernel scope link src 10.77.0.50',
    ])
  })

  it('are removed to the last one, and nothing that a manager has set', () => {
    fc.assert(
      fc.property(anyState, (state) => {
        const added = restate(standIn(state), 'br0').filter((line) =>
          / proto kernel(?! scope link src)/.test(line),
        )
        const removed = withoutStandIns(state, 'br0')
        expect([...removed].sort()).toEqual(added.map((line) => line.replace('replace', 'delete')).sort())
        expect(removed.every((line) => line.includes(' proto kernel'))).toBe(true)
      }),
    )
  })
})

it('keeps a lease so that the route to its network keeps its metric whatever becomes of the address', () => {
  expect(restate(keptWithoutLease(leased), 'br0')).toEqual([
    'address replace 10.77.0.9/24 dev br0 broadcast 10.77.0.255 metric 100 noprefixroute valid_lft 3600',
    'route replace 10.77.0.0/24 proto kernel scope link src 10.77.0.9 metric 100 dev br0',
    'route replace 0.0.0.0/0 via 10.77.0.1 proto dhcp metric 100 dev br0',
  ])
  const fixed = aLink('enp3s0', { addresses: [address('10.77.0.50')] })
  expect(keptWithoutLease(fixed)).toEqual(fixed)
})

describe('routes that a manager is told of once more', () => {
  it('are those of the addresses’ own networks, each taken away and given back as it was', () => {
    const state = aLink('br0', {
      addresses: [
        address('10.77.0.50'),
        address('10.77.0.51'),
        address('10.20.0.5', { prefix: 16, options: ['metric', '100'] }),
        address('fd77:6c61:6e00::50'),
        // By a router's word, for one address alone, and without a route: none of them the address's own.
        address('fd99::1', { valid: 3600 }),
        address('fd98::1', { prefix: 128 }),
        address('10.30.0.1', { options: ['noprefixroute'] }),
      ],
      routes: leased.routes,
    })
    const own = [
      '10.77.0.0/24 proto kernel scope link src 10.77.0.50 dev br0',
      '10.20.0.0/16 proto kernel scope link src 10.20.0.5 metric 100 dev br0',
      'fd77:6c61:6e00::/64 metric 256 proto kernel dev br0',
    ]
    expect(announceAgain(state, 'br0')).toEqual(
      own.flatMap((words) => [`route delete ${words}`, `route add ${words}`]),
    )
  })
})
