import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import fc, { type Arbitrary } from 'fast-check'
import { parseXml, type XmlElement } from '../../../../electron/libvirt/xml'
import { element, type Markup } from './markup'
import { text } from './text'

/** What a Relax NG pattern can become: attributes, elements and text, in the order that it names them. */
type Part = { attribute: string; value: string } | Markup | string

/** Chooses one of `sides` numbers. */
type Dice = (sides: number) => number

type Definitions = ReadonlyMap<string, readonly XmlElement[]>

/** How deep a document may become before everything optional is left out. */
const DEEP = 12

/**
 * Documents that a Relax NG schema in XML syntax describes (https://relaxng.org/spec-20011203.html), as far as libvirt
 * uses it. They are as the schema has them, and need not make sense.
 * @param file the schema, whose includes lie beside it
 */
export function documentsOf(file: string): (start: string) => Arbitrary<Markup> {
  const definitions = new Map<string, XmlElement[]>()
  collect(file, definitions, new Set())
  return (start) =>
    fc.tuple(fc.array(fc.nat(0xffff), { minLength: 60, maxLength: 200 }), values).map(([rolls, pool]) => {
      let next = 0
      const dice: Dice = (sides) => (rolls[next++ % rolls.length] ?? 0) % sides
      const markup = grow({ definitions, dice, pool }, definitions.get(start) ?? [], 0).find(isMarkup)
      if (markup === undefined) throw new Error(`${file} defines no element ${start}`)
      return markup
    })
}

const isMarkup = (part: Part): part is Markup => typeof part !== 'string' && 'children' in part

function collect(file: string, definitions: Map<string, XmlElement[]>, seen: Set<string>): void {
  if (seen.has(file)) return
  seen.add(file)
  for (const { name, attributes, children } of parseXml(readFileSync(file, 'utf8'), 'grammar').children) {
    if (name === 'include') collect(join(dirname(file), attributes.href ?? ''), definitions, seen)
    if (name === 'define') {
      const known = definitions.get(attributes.name ?? '') ?? []
      definitions.set(attributes.name ?? '', [...known, choiceOf(children)])
    }
  }
}

/** Definitions of one name are alternatives wherever libvirt has several (combine="choice"). */
const choiceOf = (children: readonly XmlElement[]): XmlElement => ({
  name: 'group',
  attributes: {},
  children,
  text: '',
})

interface Soil {
  definitions: Definitions
  dice: Dice
  /** Texts for what the schema does not say more of than its type. */
  pool: readonly string[]
}

const values = fc.array(fc.oneof(text, fc.nat(99_999).map(String), fc.ipV4(), fc.uuid()), {
  minLength: 5,
  maxLength: 20,
})

const grow = (soil: Soil, patterns: readonly XmlElement[], depth: number): Part[] =>
  patterns.flatMap((pattern) => growOne(soil, pattern, depth))

const times = (soil: Soil, { children }: XmlElement, count: number, depth: number): Part[] =>
  Array.from({ length: count }, () => grow(soil, children, depth)).flat()

function growOne(soil: Soil, pattern: XmlElement, depth: number): Part[] {
  const { definitions, dice, pool } = soil
  const { name, attributes, children } = pattern
  const wild = depth < DEEP
  switch (name) {
    case 'group':
    case 'interleave':
      return name === 'group' || dice(2) === 0
        ? grow(soil, children, depth)
        : grow(soil, [...children].reverse(), depth)
    case 'optional':
      return wild && dice(2) === 0 ? grow(soil, children, depth) : []
    case 'zeroOrMore':
      return times(soil, pattern, wild ? dice(3) : 0, depth)
    case 'oneOrMore':
      return times(soil, pattern, wild ? 1 + dice(2) : 1, depth)
    case 'choice': {
      const possible = children.filter((child) => child.name !== 'notAllowed')
      return grow(soil, possible.slice(dice(possible.length || 1)).slice(0, 1), depth)
    }
    case 'ref': {
      const known = definitions.get(attributes.name ?? '') ?? []
      return grow(soil, known.slice(dice(known.length || 1)).slice(0, 1), depth + 1)
    }
    case 'element':
      return [elementOf(pattern, grow(soil, children, depth + 1))]
    case 'attribute':
      return attributeOf(soil, pattern, depth)
    case 'value':
      return [pattern.text.trim()]
    case 'data':
    case 'text':
      return [pool[dice(pool.length)] ?? '']
    default:
      return []
  }
}

const ANY = 'anything'

function elementOf({ attributes: { name = ANY, ns }, children }: XmlElement, parts: readonly Part[]): Markup {
  const foreign = ns ?? (children.some((child) => child.name === 'anyName') ? 'urn:anything' : undefined)
  const attributes = parts.flatMap((part) =>
    typeof part !== 'string' && 'attribute' in part ? [[part.attribute, part.value] as const] : [],
  )
  const inside = parts.filter((part) => typeof part === 'string' || isMarkup(part))
  return foreign === undefined
    ? element(name, Object.fromEntries(attributes), ...inside)
    : element(`n:${name}`, { 'xmlns:n': foreign, ...Object.fromEntries(attributes) }, ...inside)
}

function attributeOf(soil: Soil, { attributes, children }: XmlElement, depth: number): Part[] {
  const words = grow(soil, children, depth).filter((part) => typeof part === 'string')
  const value = children.length === 0 ? (soil.pool[0] ?? '') : words.join(' ')
  return [{ attribute: attributes.name ?? ANY, value }]
}
