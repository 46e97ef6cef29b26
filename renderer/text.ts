import { messagesFor, type Messages } from '../shared/messages'
import { languageOf, wordsIn } from '../shared/phrases/languages'
import type { Words } from '../shared/phrases/worded'

/** The texts of the window in the user's language; English until `chooseLanguage` is called. */
export let t: Messages = messagesFor([])

/** Words what comes from the main process, in the same language. */
export let inWords: Words = wordsIn('en')

/** How dates are written: the user's own tag of that language (`en-GB`), not just the language. */
let locale: string = t.locale

/** Takes the user's languages, best first (`navigator.languages`); call it before the window is drawn. */
export function chooseLanguage(preferred: readonly string[]): void {
  t = messagesFor(preferred)
  inWords = wordsIn(languageOf(preferred))
  locale = preferred.find((tag) => tag.toLowerCase().split('-')[0] === t.locale) ?? t.locale
}

/**
 * A moment as day and time in the way of the person's locale: "14 Nov, 21:45", "Nov 14, 9:45 PM", "14 nov, 21:45"; with the
 * year when that is not this one. Both in milliseconds since 1970.
 */
export function formatMoment(milliseconds: number, now: number = Date.now()): string {
  const isThisYear = new Date(milliseconds).getFullYear() === new Date(now).getFullYear()
  const day = new Intl.DateTimeFormat(locale, {
    ...{ day: 'numeric', month: 'short' },
    ...(!isThisYear && { year: 'numeric' }),
  })
  // The locale knows whether an hour has two digits, and whether noon begins anew: "05:07", "5:07", "5:07 AM".
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short' })
  return `${day.format(milliseconds)}, ${time.format(milliseconds)}`
}
