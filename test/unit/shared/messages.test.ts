import { describe, expect, it } from 'vitest'
import { messagesFor } from '../../../shared/messages'
import { en } from '../../../shared/messages/en'
import { es } from '../../../shared/messages/es'

/** Every text with its path; functions as what they say with plain arguments. */
function texts(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]]
  if (typeof value === 'function') {
    const said: unknown = Reflect.apply(value, null, [2, 3, 4])
    return texts(said, path)
  }
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => texts(inner, `${path}.${key}`))
}

describe('messages', () => {
  it('are taken in the first language that there is, English otherwise', () => {
    expect(messagesFor(['fr-FR', 'es-MX', 'en'])).toBe(es)
    expect(messagesFor(['EN-gb'])).toBe(en)
    expect(messagesFor(['fr'])).toBe(en)
    expect(messagesFor([])).toBe(en)
  })

  it.each([
    ['English', en],
    ['Spanish', es],
  ])('say something everywhere in %s, and nothing loudly', (_name, messages) => {
    const all = texts(messages)
    expect(all.filter(([, text]) => text.trim() === '' || text.includes('undefined'))).toEqual([])
    expect(all.filter(([, text]) => text.includes('!'))).toEqual([])
  })

  it('have the same texts in Spanish as in English', () => {
    expect(
      texts(es)
        .map(([path]) => path)
        .sort(),
    ).toEqual(
      texts(en)
        .map(([path]) => path)
        .sort(),
    )
  })
})
