import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildsOn, footprintOf, madeBy, undoOrder, type Footprint } from '../../../shared/helper/undo-order'

const change = (id: string, nic: string, bridge: string, files: string[] = []): Footprint =>
  footprintOf({ id, intent: { kind: 'create-bridge', nic, bridge } }, files, LINKS)

const LINKS = [
  { name: 'br0.10', parent: 'br0' },
  { name: 'enp3s0.10', parent: 'enp3s0' },
  { name: 'enp3s0.20', parent: 'enp3s0' },
  { name: 'enp3s0', parent: null },
]

const ids = (order: readonly Footprint[]) => order.map(({ id }) => id)

describe('undoing one of several changes', () => {
  const first = change('1', 'enp3s0', 'br0')

  it('leaves those of other cards', () => {
    expect(ids(undoOrder([change('2', 'enp4s0', 'br1'), first], first))).toEqual(['1'])
  })

  it('takes along, newest first, what was built on it since', () => {
    const second = change('2', 'br0.10', 'br1')
    const third = change('3', 'br1', 'br2')
    expect(ids(undoOrder([third, second, first], first))).toEqual(['3', '2', '1'])
    expect(ids(undoOrder([third, second, first], second))).toEqual(['3', '2'])
  })

  it('takes along what has been written into the same file since', () => {
    const file = '/etc/network/interfaces'
    const [one, two] = [change('1', 'enp3s0', 'br0', [file]), change('2', 'enp4s0', 'br1', [file])]
    expect(ids(undoOrder([two, one], one))).toEqual(['2', '1'])
    expect(ids(undoOrder([two, one], two))).toEqual(['2'])
  })

  it('leaves the other VLAN of the same card', () => {
    const [one, two] = [change('1', 'enp3s0.10', 'br0'), change('2', 'enp3s0.20', 'br1')]
    expect(ids(undoOrder([two, one], one))).toEqual(['1'])
  })

  it('never leaves anything in force that builds on what is undone', () => {
    const anyLink = fc.constantFrom('a', 'b', 'c', 'd', 'e')
    const anyChanges = fc
      .array(fc.tuple(anyLink, anyLink), { minLength: 1, maxLength: 6 })
      .map((pairs) => pairs.map(([nic, bridge], index) => change(String(index), nic, bridge)))
    fc.assert(
      fc.property(anyChanges, fc.nat(), (changes, pick) => {
        const wanted = changes[pick % changes.length] ?? first
        const order = undoOrder(changes, wanted)
        const left = changes.filter((one) => !order.includes(one))
        for (const one of order) expect(left.filter((other) => buildsOn(other, one))).toEqual([])
        expect(ids(order)).toEqual(ids(order).sort().reverse())
        expect(order.at(-1)).toBe(wanted)
      }),
    )
  })
})

describe('a difference', () => {
  it('comes from the newest change that has its hands on it, or from somebody else', () => {
    const changes = [change('1', 'enp3s0', 'br0', ['/etc/a']), change('2', 'br0.10', 'br1', ['/etc/a'])]
    expect(madeBy(changes, ['br0'], [])).toBe('1')
    expect(madeBy(changes, [], ['/etc/a'])).toBe('2')
    expect(madeBy(changes, ['virbr0'], ['/etc/b'])).toBeNull()
    expect(madeBy([], ['br0'], [])).toBeNull()
  })
})
