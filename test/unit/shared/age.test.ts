import { expect, it } from 'vitest'
import { agePhrase } from '../../../electron/services/age'
import { english } from '../../../shared/phrases/english'

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
  expect(english(agePhrase(now - seconds * 1000, now))).toBe(`seen ${text}`)
})
