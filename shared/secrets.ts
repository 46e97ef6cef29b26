/** Stands in a text where something was left out. */
export const LEFT_OUT = '[left out]'

/** A setting or an option whose name promises a secret, up to its value, and the rest of the line. */
const SECRET =
  /\b((?:[\w.-]*(?:psk|passw(?:or)?d|passphrase|secret)[\w.-]*|[\w.-]*key\d*|(?:[\w.-]+-)?pin)"?(?:[^\S\n]*[=:][^\S\n]*|[^\S\n]+))\S.*$/gim

/**
 * A configuration file's text without the values that look like passwords. A file that is open to everybody today may be
 * closed tomorrow, and its digest stays. Pure.
 */
export const withoutSecrets = (text: string): string => text.replace(SECRET, `$1${LEFT_OUT}`)
