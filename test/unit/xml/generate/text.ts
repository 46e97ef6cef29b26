import fc, { type Arbitrary } from 'fast-check'

/** Whatever XML 1.0 does not let a document say (https://www.w3.org/TR/xml/#charsets). */
const NO_CHARACTERS = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu

/** Whatever a writer has to think of, and a little that it has not. */
const SPECIAL = [
  '<',
  '&',
  '>',
  '"',
  "'",
  '\r',
  '\n',
  '\t',
  ' ',
  'a',
  '-',
  '--',
  ']]>',
  '&amp;',
  'é',
  '\u0085',
  '\u2028',
  '\u{1F600}',
]

/** Text that a document can hold, with all that has to be written in a special way. */
export const text: Arbitrary<string> = fc
  .oneof(
    fc.string({ unit: 'grapheme', maxLength: 20 }),
    fc.array(fc.constantFrom(...SPECIAL), { maxLength: 8 }).map((parts) => parts.join('')),
  )
  .map((value) => value.replace(NO_CHARACTERS, ''))

/** The same, and something can be seen of it. */
export const visibleText = text.map((value) => `${value}x`)

export const yesNo = fc.constantFrom('yes', 'no')
export const onOff = fc.constantFrom('on', 'off')
export const orNull = <T>(arbitrary: Arbitrary<T>): Arbitrary<T | null> => fc.option(arbitrary, { nil: null })

/** A name as links, bridges and networks of the host have it. */
export const linkName = fc.stringMatching(/^[a-z][a-z0-9_.-]{0,13}$/)
export const ipv4 = fc.ipV4()
export const ipv6 = fc
  .tuple(fc.nat(0xffff), fc.nat(0xffff))
  .map(([high, low]) => `fd00:${high.toString(16)}::${(low + 1).toString(16)}`)
export const port = fc.integer({ min: 1, max: 65_535 })
export const uuid = fc.uuid()

/** In the ways that people and programs write it: either case, zeros in front or not. */
export const mac = fc
  .tuple(fc.uint8Array({ minLength: 5, maxLength: 5 }), fc.boolean())
  .map(([bytes, upper]) => {
    const written = ['52', ...[...bytes].map((byte) => byte.toString(16).padStart(2, '0'))].join(':')
    return upper ? written.toUpperCase() : written
  })
