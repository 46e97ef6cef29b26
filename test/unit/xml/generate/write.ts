import fc, { type Arbitrary } from 'fast-check'
import type { Markup } from './markup'

/** Chooses one of `sides` numbers; the same rolls choose the same way. */
type Dice = (sides: number) => number

const diceOf = (rolls: readonly number[]): Dice => {
  let next = 0
  return (sides) => (rolls[next++ % rolls.length] ?? 0) % sides
}

/**
 * The document, written in any of the ways that XML has for it: kinds of quotes, order of attributes, white space,
 * references, CDATA, comments, instructions and elements of other programs in between.
 */
export const written = (markup: Markup): Arbitrary<string> =>
  fc.array(fc.nat(0xffff), { minLength: 40, maxLength: 80 }).map((rolls) => {
    const dice = diceOf(rolls)
    return `${prologOf(dice)}${write(markup, dice)}${dice(4) === 0 ? '\n<!-- end -->' : ''}`
  })

const prologOf = (dice: Dice): string =>
  ['', "<?xml version='1.0' encoding='UTF-8'?>\n", '<!-- <network/> -->\n', '\uFEFF'][dice(4)] ?? ''

function write({ name, attributes, children }: Markup, dice: Dice): string {
  const start = `<${name}${writeAttributes(attributes, dice)}${spaces(dice)}`
  if (children.length === 0 && dice(2) === 0) return `${start}/>`
  const holdsText = children.some((child) => typeof child === 'string')
  const inside = children.map((child) =>
    typeof child === 'string' ? writeText(child, dice) : between(dice) + write(child, dice),
  )
  return `${start}>${inside.join('')}${holdsText ? '' : between(dice)}</${name}${spaces(dice)}>`
}

const spaces = (dice: Dice): string => ['', '', ' ', '\n\t'][dice(4)] ?? ''

const between = (dice: Dice): string =>
  ['', '\n  ', '\r\n\t', '<!-- <ip/> & ]]> -->', '<?keep <this> ?>', FOREIGN, '<!--\u2028-->'][dice(7)] ?? ''

const FOREIGN = `<f:more xmlns:f='urn:f' f:source='a&#10;b'><source network='no'/>te<f:ip/>xt&#13;</f:more>`

const writeAttributes = (attributes: Markup['attributes'], dice: Dice): string => {
  const all = Object.entries(attributes)
  return (dice(2) === 0 ? all : all.reverse())
    .map(([key, value]) => {
      const quote = dice(2) === 0 ? '"' : "'"
      return `${[' ', '\n', ' \t'][dice(3)] ?? ' '}${key}${spaces(dice)}=${spaces(dice)}${quote}${escaped(value, `<&\t\n\r${quote}`, dice)}${quote}`
    })
    .join('')
}

/** Whole, in CDATA, or broken in two by a comment. */
function writeText(text: string, dice: Dice): string {
  const plain = (part: string): string => escaped(part, '<&>\r', dice)
  switch (dice(4)) {
    case 0:
      return text.includes(']]>') || text.includes('\r') ? plain(text) : `<![CDATA[${text}]]>`
    case 1: {
      const characters = Array.from(text)
      const cut = dice(characters.length + 1)
      return `${plain(characters.slice(0, cut).join(''))}<!-- - -->${plain(characters.slice(cut).join(''))}`
    }
    default:
      return plain(text)
  }
}

const ENTITIES: Readonly<Record<string, string>> = { '<': '&lt;', '&': '&amp;', '>': '&gt;', '"': '&quot;' }

/** References for what needs them, and now and then for what does not. */
const escaped = (text: string, special: string, dice: Dice): string =>
  Array.from(text)
    .map((char) => {
      const code = char.codePointAt(0) ?? 0
      if (special.includes(char) && dice(2) === 0) return ENTITIES[char] ?? `&#${code};`
      return special.includes(char) || dice(9) === 0 ? `&#x${code.toString(16)};` : char
    })
    .join('')
