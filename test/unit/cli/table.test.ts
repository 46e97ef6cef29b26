import { expect, it } from 'vitest'
import { table } from '../../../electron/cli/table'

it('aligns columns, and leaves out those that are empty everywhere', () => {
  const rows = [
    ['web01', '', 'running'],
    ['ü', '', 'off'],
  ]
  expect(table(['NAME', 'LINK', 'STATE'], rows)).toBe('NAME   STATE\nweb01  running\nü      off')
})
