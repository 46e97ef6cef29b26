import { expect, it } from 'vitest'
import { ageText } from '../../../electron/services/age'

it.each([
  [0, 'just now'],
  [2, 'just now'],
  [-5, 'just now'],
  [12, '12 s ago'],
  [119, '1 min ago'],
  [7200, '2 h ago'],
  [3 * 86_400, '3 days ago'],
])('%d seconds are %s', (seconds, text) => {
  const now = Date.UTC(2026, 10, 24)
  expect(ageText(now - seconds * 1000, now)).toBe(text)
})
