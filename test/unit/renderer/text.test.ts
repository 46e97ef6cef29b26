import { afterEach, describe, expect, it } from 'vitest'
import { chooseLanguage, formatMoment, t } from '../../../renderer/text'

afterEach(() => chooseLanguage([]))

/** As written for somebody who prefers these languages; every kind of space is one. */
function written(languages: readonly string[], moment: Date, now = new Date(2026, 11, 1)): string {
  chooseLanguage(languages)
  return formatMoment(moment.getTime(), now.getTime()).replace(/\s/g, ' ')
}

const afternoon = new Date(2026, 10, 30, 17, 20)
const early = new Date(2026, 0, 3, 5, 7)

describe('a moment', () => {
  it.each([
    [['en-US'], 'Nov 30, 5:20 PM', 'Jan 3, 5:07 AM'],
    [['en-GB', 'en'], '30 Nov, 17:20', '3 Jan, 05:07'],
    [['es'], '30 nov, 17:20', '3 ene, 5:07'],
    [['es-MX'], '30 nov, 5:20 p.m.', '3 ene, 5:07 a.m.'],
  ])('is written for %s as %s', (languages, late, morning) => {
    expect(written(languages, afternoon)).toBe(late)
    expect(written(languages, early)).toBe(morning)
  })

  it('tells the year when it is not this one', () => {
    expect(written(['en-GB'], new Date(2025, 11, 31, 23, 59))).toBe('31 Dec 2025, 23:59')
    expect(written(['es'], new Date(2025, 11, 31, 23, 59))).toBe('31 dic 2025, 23:59')
  })

  it('follows the language of the texts, not one that merely begins alike', () => {
    expect(written(['est-EE', 'de', 'es-ES'], afternoon)).toBe('30 nov, 17:20')
    expect(t.locale).toBe('es')
  })
})
