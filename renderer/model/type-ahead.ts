/** What was typed to jump to a name in a list, and when its last letter came. */
export interface Typed {
  text: string
  /** Milliseconds, by the clock of the keyboard's events. */
  at: number
}

/** A key with its modifiers, as a keyboard event tells them. */
export interface Pressed {
  key: string
  ctrlKey: boolean
  altKey: boolean
  metaKey: boolean
}

/** Milliseconds after which a letter begins anew (WAI-ARIA, Listbox Pattern: "in rapid succession"). */
const PAUSE = 1000

const fold = (text: string): string => text.toLocaleLowerCase()

/**
 * Jumps to the next name that begins with what is typed, as lists of files do: letters in rapid succession are the beginning
 * of a name, one letter again and again goes through the names that begin with it.
 * @param names in the order shown
 * @param current where the list is now, -1 for nowhere
 * @returns the text so far, and where to go: null when no name begins so
 */
export function typeAhead(
  key: string,
  now: number,
  before: Typed | null,
  names: readonly string[],
  current: number,
): { typed: Typed; index: number | null } {
  const isFollowing = before !== null && now - before.at < PAUSE
  const text = fold((isFollowing ? before.text : '') + key)
  const isSameLetter = text.replaceAll(fold(key), '') === ''
  const find = (wanted: string, from: number): number | null => {
    for (let step = 0; step < names.length; step++) {
      const index = (from + step) % names.length
      if (fold(names[index] ?? '').startsWith(wanted)) return index
    }
    return null
  }
  // A longer text may stay where it is; one letter alone goes on.
  const whole = text.length > 1 ? find(text, Math.max(current, 0)) : null
  const index = whole ?? (isSameLetter ? find(fold(key), current + 1) : null)
  return { typed: { text, at: now }, index }
}

/** Whether a key types a letter, a digit or a sign; a space only belongs to a name that is being typed. */
export function isTyped(
  { key, ctrlKey, altKey, metaKey }: Pressed,
  now: number,
  before: Typed | null,
): boolean {
  if (ctrlKey || altKey || metaKey || !/^.$/u.test(key)) return false
  return key !== ' ' || (before !== null && now - before.at < PAUSE)
}
