import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pressed, sorted } from '../../../renderer/model/sort'

const row = (name: string, address: string, nics = 1): { name: string; address: string; nics: number } => ({
  name,
  address,
  nics,
})
const rows = [row('vm10', '10.0.0.10', 2), row('vm2', '10.0.0.9', 10), row('off', ''), row('Vm1', '10.0.0.9')]
const names = (column: 'name' | 'address' | 'nics', ascending: boolean): string[] =>
  sorted(rows, { column, ascending }).map(({ name }) => name)

describe('sorting a table', () => {
  it('counts numbers inside texts as numbers', () => {
    expect(names('name', true)).toEqual(['off', 'Vm1', 'vm2', 'vm10'])
    expect(names('nics', true)).toEqual(['off', 'Vm1', 'vm10', 'vm2'])
  })

  it('leaves empty cells last in both directions, and equal ones in the order of their names', () => {
    expect(names('address', true)).toEqual(['Vm1', 'vm2', 'vm10', 'off'])
    expect(names('address', false)).toEqual(['vm10', 'Vm1', 'vm2', 'off'])
  })

  it('loses no row and changes nothing in place', () => {
    const any = fc.array(fc.record({ name: fc.string(), address: fc.string(), nics: fc.nat() }))
    fc.assert(
      fc.property(
        any,
        fc.constantFrom('name', 'address', 'nics'),
        fc.boolean(),
        (list, column, ascending) => {
          const before = [...list]
          expect(new Set(sorted(list, { column, ascending }))).toEqual(new Set(list))
          expect(list).toEqual(before)
        },
      ),
    )
  })

  it('turns round when the same head is pressed again', () => {
    const first = pressed({ column: 'name', ascending: true }, 'address')
    expect(first).toEqual({ column: 'address', ascending: true })
    expect(pressed(first, 'address')).toEqual({ column: 'address', ascending: false })
  })
})
