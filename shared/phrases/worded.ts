import { isPhrase, type Filling, type Text } from './phrase'
import type { en } from './en'

/** Words a text in one language. */
export type Words = (text: Text) => string

/**
 * The words of one catalogue. A code that it does not have, as a record of a later version may, is shown as it is, with what
 * goes into it.
 */
export function wordsOf(catalogue: typeof en): Words {
  const sentences: Readonly<Record<string, unknown>> = catalogue
  const words: Words = (text) => {
    if (!isPhrase(text)) return text
    const sentence = Object.hasOwn(sentences, text.say) ? sentences[text.say] : undefined
    if (typeof sentence === 'string') return sentence
    const given = Object.fromEntries(
      Object.entries(text.with ?? {}).map(([name, filling]) => [name, worded(filling)]),
    )
    // Each sentence takes what its phrase was made with (see `say`).
    if (typeof sentence === 'function') return (sentence as (values: typeof given) => string)(given)
    return [text.say, ...Object.values(given).map(String)].join(' ')
  }
  const worded = (filling: Filling): Filling =>
    Array.isArray(filling)
      ? filling.map((one: Text) => words(one))
      : isPhrase(filling)
        ? words(filling)
        : filling
  return words
}
