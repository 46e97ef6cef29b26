/** Stands in a text where something was left out. */
export const LEFT_OUT = '[left out]'

const WORD = /[\w.-]+/g
const SECRET_WORD = /psk|passw|passphrase|secret|key\d*$|^(?:.*-)?pin$/i
/** What stands between a name and its value. */
const SEPARATOR = /"?(?:[^\S\n]*[=:][^\S\n]*|[^\S\n]+)(?=\S)/y

/**
 * A configuration file's text without the values that look like passwords. A file that is open to everybody today may be
 * closed tomorrow, and its digest stays. Pure.
 */
export const withoutSecrets = (text: string): string => text.split('\n').map(withoutSecret).join('\n')

/** From the first value on whose name promises a secret, the line is left out. */
function withoutSecret(line: string): string {
  for (const { 0: word, index } of line.matchAll(WORD)) {
    if (!SECRET_WORD.test(word)) continue
    SEPARATOR.lastIndex = index + word.length
    if (SEPARATOR.test(line)) return line.slice(0, SEPARATOR.lastIndex) + LEFT_OUT
  }
  return line
}
