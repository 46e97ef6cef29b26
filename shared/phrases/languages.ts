import { en } from './en'
import { es } from './es'
import { wordsOf, type Words } from './worded'

const catalogues = { en, es } as const

export type Language = keyof typeof catalogues

export const LANGUAGES = Object.keys(catalogues) as Language[]

/** The first language that there are words in, English when there is none; takes BCP 47 tags (`es-MX`), best first. */
export function languageOf(preferred: readonly string[]): Language {
  const known = preferred.map((tag) => tag.toLowerCase().split('-')[0])
  return (
    LANGUAGES.find((language) => language === known.find((one) => LANGUAGES.some((l) => l === one))) ?? 'en'
  )
}

/** What words a text in that language. */
export const wordsIn = (language: Language): Words => wordsOf(catalogues[language])
