import { en } from './en'
import { es } from './es'
import { languageOf, type Language } from '../phrases/languages'

/** Every text of the window; each language has all of them. */
export type Messages = typeof en

/** All languages that there are translations for, for what is understood in whichever of them it is typed. */
export const everyLanguage: readonly Messages[] = [en, es]

const byLanguage: Readonly<Record<Language, Messages>> = { en, es }

/** The first language that there is a translation for, English when there is none; takes BCP 47 tags (`es-MX`). */
export const messagesFor = (preferred: readonly string[]): Messages => byLanguage[languageOf(preferred)]
