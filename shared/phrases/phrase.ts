import { en } from './en'

/** The name of a sentence in the catalogues. */
export type PhraseCode = keyof typeof en

/** What fills a place in a sentence; a phrase is worded in the language of the whole. */
export type Filling = string | number | boolean | null | Phrase | readonly (string | Phrase)[]

/**
 * Something to say, in no language yet: the code of a sentence and what goes into it. Programs, processes and records hand
 * phrases on; whoever shows one to a person words it in that person's language.
 */
export interface Phrase {
  readonly say: PhraseCode
  readonly with?: Readonly<Record<string, Filling>>
}

/** What is shown to a person: a phrase, or words that are the same in every language (a name, a command, somebody else's). */
export type Text = string | Phrase

/** The same as a type of the catalogue's, where a text may be a phrase of its own. */
type Open<Value> = string extends Value
  ? Value | Phrase
  : Value extends readonly string[]
    ? readonly (string | Phrase)[]
    : Value

type Given<Code extends PhraseCode> = (typeof en)[Code] extends (given: infer Values) => string
  ? [{ [Name in keyof Values]: Open<Values[Name]> }]
  : []

/** A phrase, with everything that its sentence has a place for. */
export function say<Code extends PhraseCode>(code: Code, ...[given]: Given<Code>): Phrase {
  return given === undefined ? { say: code } : { say: code, with: given }
}

/** True for a phrase, among what can be said in its place. */
export const isPhrase = (value: unknown): value is Phrase =>
  typeof value === 'object' && value !== null && 'say' in value && typeof value.say === 'string'

/** Whether two texts say the same. */
export const sameWords = (one: Text, other: Text): boolean => JSON.stringify(one) === JSON.stringify(other)
