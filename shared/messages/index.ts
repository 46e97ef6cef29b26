import { en } from './en'
import { es } from './es'

/** Every text of the window; each language has all of them. */
export type Messages = typeof en

/** All languages that there are translations for, for what is understood in whichever of them it is typed. */
export const everyLanguage: readonly Messages[] = [en, es]

/** The first language that there is a translation for, English when there is none; takes BCP 47 tags (`es-MX`). */
export function messagesFor(preferred: readonly string[]): Messages {
  for (const tag of preferred) {
    const found = everyLanguage.find(({ locale }) => locale === tag.toLowerCase().split('-')[0])
    if (found !== undefined) return found
  }
  return en
}
