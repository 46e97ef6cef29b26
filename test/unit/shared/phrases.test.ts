import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { all } from '../../../shared/phrases/all'
import { en } from '../../../shared/phrases/en'
import { english, inEnglish } from '../../../shared/phrases/english'
import { es } from '../../../shared/phrases/es'
import { inStrings } from '../../../shared/phrases/in-strings'
import { LANGUAGES, languageOf, wordsIn } from '../../../shared/phrases/languages'
import { isPhrase, sameWords, say, type Phrase, type PhraseCode } from '../../../shared/phrases/phrase'
import { text } from '../../../shared/phrases/schema'

const CODES = Object.keys(en) as PhraseCode[]

/** The names of what a sentence has places for, with a filling for each: a list where it is used as one. */
function fillingsOf(code: PhraseCode): Record<string, unknown> {
  const sentence: unknown = en[code]
  if (typeof sentence !== 'function') return {}
  const source = String(sentence)
  const names = /^\(?\{([^}]*)\}/.exec(source)?.[1]?.split(',') ?? []
  return Object.fromEntries(
    names.map((part) => part.replace(/:.*/s, '').trim()).map((name) => [name, fillingFor(name, source)]),
  )
}

const fillingFor = (name: string, source: string): unknown =>
  new RegExp(`\\b${name}\\.join|all\\d*\\)?\\(${name}\\b`).test(source) ? [`«${name}»`] : `«${name}»`

it.each(LANGUAGES)('every sentence in %s says something, with everything that it was given', (language) => {
  const words = wordsIn(language)
  const faults = CODES.flatMap((code) => {
    const given = fillingsOf(code)
    const said = words({ say: code, with: given } as unknown as Phrase)
    const isCounted = /count|unit|more/.test(Object.keys(given).join())
    const lost = isCounted ? [] : Object.keys(given).filter((name) => !said.includes(`«${name}»`))
    const isBroken = said.trim() === '' || /undefined|\[object|\bnull\b/.test(said)
    return isBroken || lost.length > 0 ? [`${code}: ${said}`] : []
  })
  expect(faults).toEqual([])
})

describe('the languages', () => {
  it('have the same sentences, none of them left in English', () => {
    expect(Object.keys(es).sort()).toEqual(Object.keys(en).sort())
    const same = CODES.filter((code) => {
      const sentence: unknown = en[code]
      return typeof sentence === 'string' && sentence === es[code] && sentence.includes(' ')
    })
    expect(same).toEqual([])
  })

  it('write no code twice in one catalogue, nor in two of its files', () => {
    for (const language of LANGUAGES) {
      const folder = new URL(`../../../shared/phrases/${language}/`, import.meta.url)
      const files = [...readFileSync(new URL('index.ts', folder), 'utf8').matchAll(/from '\.\/([\w-]+)'/g)]
      const codes = files.flatMap(([, name = '']) =>
        [...readFileSync(new URL(`${name}.ts`, folder), 'utf8').matchAll(/^ {2}'?([\w-]+)'?:/gm)].map(
          ([, code]) => code,
        ),
      )
      expect(codes).toHaveLength(new Set(codes).size)
      expect(codes).toHaveLength(CODES.length)
    }
  })

  it.each([
    [['es-MX', 'en'], 'es'],
    [['de', 'es'], 'es'],
    [['en-GB', 'es'], 'en'],
    [['xx'], 'en'],
    [[], 'en'],
  ])('of %j the first that there are words in is taken: %s', (preferred, language) => {
    expect(languageOf(preferred)).toBe(language)
  })
})

describe('a phrase', () => {
  const inner = say('the-lan', { bridge: 'br0' })
  const whole = say('is-on', { name: 'web', place: inner })

  it('within another is worded in the language of the whole', () => {
    expect(english(whole)).toBe('web is on the LAN (br0).')
    expect(wordsIn('es')(whole)).toBe('web está en la LAN (br0).')
  })

  it('of a later version is shown by its code, with what goes into it', () => {
    const later = { say: 'not-yet-written', with: { name: 'web' } } as unknown as Phrase
    expect(english(later)).toBe('not-yet-written web')
    expect(english({ say: 'toString' } as unknown as Phrase)).toBe('toString')
  })

  it('survives a record or a pipe, as words of an older version do, and nothing else does', () => {
    expect(text.parse(JSON.parse(JSON.stringify(whole)))).toEqual({ ...whole })
    expect(text.parse('as it was said')).toBe('as it was said')
    for (const bad of [3, null, { say: 3 }, { say: 'is-on', more: 1 }, { say: 'is-on', with: { a: {} } }]) {
      expect(text.safeParse(bad).success).toBe(false)
    }
  })

  it('is English in what programs read', () => {
    expect(JSON.stringify({ failure: { message: whole } }, inEnglish)).toBe(
      '{"failure":{"message":"web is on the LAN (br0)."}}',
    )
  })

  it('is known as one, and compared by what it says', () => {
    expect([isPhrase(whole), isPhrase('web'), isPhrase(null)]).toEqual([true, false, false])
    expect(sameWords(whole, say('is-on', { name: 'web', place: inner }))).toBe(true)
    expect(sameWords(whole, inner)).toBe(false)
  })

  it('has what others wrote in it cleaned, wherever it stands', () => {
    const cleaned = inStrings(
      say('commas', { items: ['a\u0007', say('the-lan', { bridge: 'b\u0007' })] }),
      (one) => one.replaceAll('\u0007', '?'),
    )
    expect(english(cleaned)).toBe('a?, the LAN (b?)')
  })
})

it('a list ends with its word for “and”', () => {
  expect([all([], 'and'), all(['a'], 'and'), all(['a', 'b'], 'and'), all(['a', 'b', 'c'], 'y')]).toEqual([
    '',
    'a',
    'a and b',
    'a, b y c',
  ])
})
