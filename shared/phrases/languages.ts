import { en } from './en'
import { es } from './es'
import { wordsOf, type Words } from './worded'

const words = { en: wordsOf(en), es: wordsOf(es) } as const

export type Language = keyof typeof words

export const LANGUAGES = Object.keys(words) as Language[]

/** The first language that there are words in, English when there is none; takes BCP 47 tags (`es-MX`), best first. */
export function languageOf(preferred: readonly string[]): Language {
  for (const tag of preferred) {
    const found = LANGUAGES.find((language) => language === tag.toLowerCase().split('-')[0])
    if (found !== undefined) return found
  }
  return 'en'
}

/** What words a text in that language. */
export const wordsIn = (language: Language): Words => words[language]
