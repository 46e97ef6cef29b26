import { describe, expect, it } from 'vitest'
import { type Fault, faultOf, idOf, KINDS, OPERATIONS } from '../../faults/campaign/fault'
import { allFaults } from '../../faults/campaign/generate'
import { setupNames } from '../../lab/setups'

const seeds = [1, 2, 3, 20_251_124, 999_999_999]
const ids = (seed: number): string[] => allFaults(seed, setupNames).map(idOf)

/** How much more often the most frequent of `known` comes than the least. */
function spread(faults: readonly Fault[], of: (fault: Fault) => string, known: readonly string[]): number {
  const counts = known.map((one) => faults.filter((fault) => of(fault) === one).length)
  return Math.max(...counts) - Math.min(...counts)
}

describe('the faults of a campaign', () => {
  it('are the same for the same seed, and others for another', () => {
    expect(ids(7)).toEqual(ids(7))
    expect(ids(7)).not.toEqual(ids(8))
  })

  it('have every kind strike every setup in both operations, at each boundary of a step', () => {
    const all = new Set(ids(1))
    for (const setup of setupNames.filter((name) => name !== 'unmanaged' && name !== 'ifupdown-static')) {
      for (const kind of KINDS) {
        expect(all).toContain(`${setup}/create/${kind}/snapshot-done+0`)
        for (const operation of OPERATIONS) {
          expect(all).toContain(`${setup}/${operation}/${kind}/commit-running+0`)
        }
      }
    }
    const impossible = (id: string): boolean => id.startsWith('unmanaged/') && id.includes('/manager-')
    expect([...all].filter(impossible)).toEqual([])
  })

  it.each(seeds)('with seed %i: any beginning is balanced over setups, kinds and operations', (seed) => {
    const setups = ['nm-dhcp', 'nm-static', 'netplan-nm', 'networkd-dhcp'] as const
    const all = allFaults(seed, setups)
    for (const count of [24, 60, 96, 200]) {
      const some = all.slice(0, count)
      expect(spread(some, ({ setup }) => setup, setups)).toBeLessThanOrEqual(1)
      expect(spread(some, ({ kind }) => kind, KINDS)).toBeLessThanOrEqual(2)
      expect(spread(some, ({ operation }) => operation, OPERATIONS)).toBeLessThanOrEqual(2)
    }
  })

  it('strike at random moments too, while the change is made', () => {
    const moments = allFaults(5, ['nm-dhcp']).map(({ moment }) => moment.percent)
    const random = moments.filter((percent) => percent > 0)
    expect(random.length).toBeGreaterThan(moments.length / 3)
    expect(Math.max(...random)).toBeLessThan(100)
  })

  it('are told apart and found again by their names', () => {
    for (const fault of allFaults(3, ['nm-static']).slice(0, 50)) expect(faultOf(idOf(fault))).toEqual(fault)
    for (const wrong of ['', 'nm-dhcp/create/kill-helper', 'nm-dhcp/undo/kill-helper/snapshot-done+0']) {
      expect(() => faultOf(wrong)).toThrow('names no fault')
    }
  })
})
