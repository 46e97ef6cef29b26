import { en } from './en'
import { isPhrase } from './phrase'
import { wordsOf } from './worded'

/** A text in English: for logs, for programs that read `--json`, and for the message of an exception. */
export const english = wordsOf(en)

/** The same for everything within a value that goes out as JSON; for `JSON.stringify`. */
export const inEnglish = (_key: string, value: unknown): unknown => (isPhrase(value) ? english(value) : value)
