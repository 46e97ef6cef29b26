import { en } from './en'
import { es } from './es'

/** Every text of the window; each language has all of them. */
export type Messages = typeof en

const languages: readonly Messages[] = [en, es]

/** The first language that there is a translation for, English when there is none; takes BCP 47 tags (`es-MX`). */
export function messagesFor(preferred: readonly string[]): Messages {
  for (const tag of preferred) {
    const found = languages.find(({ locale }) => locale === tag.toLowerCase().split('-')[0])
    if (found !== undefined) return found
  }
  return en
}
