import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cablePath, spread } from '../../../renderer/model/cables'

const numbers = (path: string): number[] => path.match(/-?[\d.]+/g)?.map(Number) ?? []

describe('a cable', () => {
  it('runs from its jack to its network, leaving and arriving level', () => {
    expect(cablePath({ x: 0, y: 10 }, { x: 200, y: 90 })).toBe('M 0 10 C 100 10 100 90 200 90')
  })

  it('never loops back between two columns, however near', () => {
    const at = fc.integer({ min: -2000, max: 2000 })
    fc.assert(
      fc.property(at, at, at, fc.nat({ max: 2000 }), (x, y1, y2, distance) => {
        const [, , first = 0, , second = 0] = numbers(cablePath({ x, y: y1 }, { x: x + distance, y: y2 }))
        expect(first).toBeGreaterThanOrEqual(x)
        expect(first).toBeLessThanOrEqual(x + distance)
        expect(second).toBeGreaterThanOrEqual(x)
        expect(second).toBeLessThanOrEqual(x + distance)
      }),
    )
  })

  it('spreads the ends at one side evenly around its middle', () => {
    expect([0, 1, 2].map((index) => spread(100, index, 3, 7))).toEqual([93, 100, 107])
    expect(spread(100, 0, 1, 7)).toBe(100)
  })
})
