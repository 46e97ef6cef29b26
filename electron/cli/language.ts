import { languageOf, wordsIn } from '../../shared/phrases/languages'
import type { Words } from '../../shared/phrases/worded'

/** The user's languages as BCP 47 tags, best first (setlocale(7): LC_ALL before LC_MESSAGES before LANG; LANGUAGE before them, as in gettext). */
export function preferredLanguages(environment: NodeJS.ProcessEnv): string[] {
  const { LC_ALL, LC_MESSAGES, LANG, LANGUAGE } = environment
  const locale = [LC_ALL, LC_MESSAGES, LANG].find((one) => one !== undefined && one !== '') ?? 'C'
  // In the locale C a program speaks English, whatever LANGUAGE says.
  const isPlain = /^(C|POSIX)(\.|$)/.test(locale)
  const names = isPlain ? [] : [...(LANGUAGE ?? '').split(':'), locale].filter((name) => name !== '')
  return names.map((name) => name.replace(/[.@].*/, '').replace('_', '-'))
}

/** Words a text in the language of whoever runs the command. */
export const said: Words = wordsIn(languageOf(preferredLanguages(process.env)))
