import { messagesFor, type Messages } from '../shared/messages'

/** The texts of the window in the user's language; English until `chooseLanguage` is called. */
export let t: Messages = messagesFor([])

/** Takes the user's languages, best first (`navigator.languages`); call it before the window is drawn. */
export function chooseLanguage(preferred: readonly string[]): void {
  t = messagesFor(preferred)
}

/** A moment as day and time: "14 Nov, 21:45". */
export const formatMoment = (milliseconds: number): string =>
  new Intl.DateTimeFormat(t.locale, {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  }).format(milliseconds)
