import { z } from 'zod'
import { PatchbayError } from '../../shared/failure'
import { say } from '../../shared/phrases/phrase'

/**
 * Reads what a command has printed as JSON. Whatever that is, it ends nobody: a command may be killed in the middle of a
 * line, print a complaint instead, or come in a version that prints something else.
 * @param command as it was run, for the message
 * @throws PatchbayError `protocol`, with what is wrong and how the output begins
 */
export function readJson<T>(command: string, output: string, schema: z.ZodType<T>): T {
  const parsed = parse(output)
  const read = parsed.isJson ? schema.safeParse(parsed.value) : null
  if (read?.success === true) return read.data
  const why = read === null ? 'This is no JSON.' : z.prettifyError(read.error)
  throw new PatchbayError({
    code: 'protocol',
    message: say('printed-something-unexpected', { command }),
    hint: say('try-again-if-happens-again'),
    detail: `${why}\n${output.slice(0, SHOWN)}`,
  })
}

/**
 * Reads a list that iproute2 has printed. Several versions print nothing at all for an empty one, and `{}` for an entry that
 * was left out, by a filter (`ip -j addr show up`) or because it may not be seen.
 * @throws PatchbayError `protocol`
 */
export const readJsonList = <T>(command: string, output: string, item: z.ZodType<T>): T[] =>
  output.trim() === '' ? [] : readJson(command, output, z.preprocess(withoutEmpty, z.array(item)))

/** Characters of an output that was not understood, kept for a report. */
const SHOWN = 200

function parse(text: string): { isJson: true; value: unknown } | { isJson: false } {
  try {
    return { isJson: true, value: JSON.parse(text) }
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return { isJson: false }
    throw thrown
  }
}

const withoutEmpty = (list: unknown): unknown => (Array.isArray(list) ? list.filter(hasContent) : list)

const hasContent = (value: unknown): boolean =>
  typeof value !== 'object' || value === null || Object.keys(value).length > 0
