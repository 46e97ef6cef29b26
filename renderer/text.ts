import { messagesFor, type Messages } from '../shared/messages'

/** The texts of the window in the user's language; English until `chooseLanguage` is called. */
export let t: Messages = messagesFor([])

/** How dates are written: the user's own tag of that language (`en-GB`), not just the language. */
let locale: string = t.locale

/** Takes the user's languages, best first (`navigator.languages`); call it before the window is drawn. */
export function chooseLanguage(preferred: readonly string[]): void {
  t = messagesFor(preferred)
  locale = preferred.find((tag) => tag.toLowerCase().startsWith(t.locale)) ?? t.locale
}

/** A moment as day and time: "14 Nov, 21:45". */
export const formatMoment = (milliseconds: number): string =>
  new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  }).format(milliseconds)
