import type { Failure } from '../../../shared/failure'
import { inStrings } from '../../../shared/phrases/in-strings'
import { type Text } from '../../../shared/phrases/phrase'
import { english } from '../../../shared/phrases/english'

/** Longest texts of a failure, in UTF-16 code units. */
const LONGEST = { line: 1_000, detail: 8_000 }

/** Control characters, and those that hide or reorder what stands beside them; lone halves of a character, too. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu

/**
 * A failure that can be shown anywhere, a terminal included: what came from the caller's request, or from a file's name, has
 * no say in how it is shown, nor how much there is. Pure.
 */
export function printable({ code, message, hint, detail }: Failure): Failure {
  return {
    code,
    message: line(message),
    ...(hint === undefined ? {} : { hint: line(hint) }),
    ...(detail === undefined
      ? {}
      : { detail: clipped(detail, LONGEST.detail).split('\n').map(seen).join('\n') }),
  }
}

function line(text: Text): Text {
  const clean = inStrings(text, seen)
  const words = english(clean)
  // What is that long is nothing that a catalogue could word better.
  return words.length > LONGEST.line ? clipped(words, LONGEST.line) : clean
}

const clipped = (text: string, longest: number): string =>
  text.length > longest ? `${text.slice(0, longest - 1)}…` : text
const seen = (text: string): string => text.replace(UNSEEN, '\ufffd')
