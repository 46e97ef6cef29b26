import { parseArgs } from 'node:util'
import { PatchbayError } from '../../shared/failure'
import { GLOBAL_OPTIONS, parseOptions, type Command, type Input } from './command'

/** What the command line asks for. */
export type Invocation =
  | { kind: 'run'; command: Command; input: Input; uri: string | undefined; json: boolean }
  /** `command` null: help for everything. */
  | { kind: 'help'; command: Command | null }
  | { kind: 'version'; json: boolean }

/**
 * Reads the command line.
 * @param argv without the runtime and the script
 * @throws PatchbayError `usage`
 */
export function parseArguments(argv: readonly string[], commands: readonly Command[]): Invocation {
  const options = optionsFor(argv, commands)
  const { values, positionals } = parse(argv, options)
  if (values.version === true) return { kind: 'version', json: values.json === true }

  const command = findCommand(positionals, commands)
  if (values.help === true || positionals[0] === 'help') {
    return { kind: 'help', command: command ?? findCommand(positionals.slice(1), commands) }
  }
  if (positionals.length === 0) return { kind: 'help', command: null }
  if (command === null) throw unknownCommand(positionals, commands)

  const rest = positionals.slice(command.words.length)
  checkCount(command, rest, values)
  checkOptions(command, values)
  const uri = typeof values.connect === 'string' ? values.connect : undefined
  return { kind: 'run', command, input: { positionals: rest, values }, uri, json: values.json === true }
}

/**
 * Those of every command, so that one in the wrong place is known by its name; what the command at hand has counts for it, since
 * another one may have a switch of the same name.
 */
function optionsFor(argv: readonly string[], commands: readonly Command[]): ReturnType<typeof parseOptions> {
  const global = parseOptions(GLOBAL_OPTIONS)
  const { positionals } = parseArgs({ args: [...argv], options: global, strict: false })
  const own = findCommand(positionals, commands)
  const all = commands.map((command) => parseOptions(command.options))
  return Object.assign({}, ...all, parseOptions(own?.options ?? {}), global) as typeof global
}

/** Whether a failure to read this command line is to be told as JSON. */
export const wantsJson = (argv: readonly string[]): boolean => argv.includes('--json')

interface Parsed {
  values: Record<string, string | boolean | undefined>
  positionals: string[]
}

function parse(argv: readonly string[], options: ReturnType<typeof parseOptions>): Parsed {
  try {
    const { values, positionals } = parseArgs({ args: [...argv], options, allowPositionals: true })
    // No option is declared to come several times, so that none is a list.
    const single = Object.entries(values).filter(
      (entry): entry is [string, string | boolean] => !Array.isArray(entry[1]),
    )
    return { values: Object.fromEntries(single), positionals }
  } catch (thrown) {
    if (!(thrown instanceof TypeError)) throw thrown
    throw usage(thrown.message.split('. ')[0] ?? thrown.message)
  }
}

/** The command whose words the arguments begin with. */
function findCommand(positionals: readonly string[], commands: readonly Command[]): Command | null {
  const matches = commands.filter(({ words }) => words.every((word, i) => positionals[i] === word))
  return (
    matches.find((command) => matches.every((other) => other.words.length <= command.words.length)) ?? null
  )
}

function unknownCommand(positionals: readonly string[], commands: readonly Command[]): PatchbayError {
  const known = longestBeginning(positionals, commands)
  const wrong = positionals[known.length]
  if (known.length === 0) return usage(`There is no command “${wrong ?? ''}”`)
  const below = commands.filter((command) => startsWith(command.words, known))
  const choice = new Set(below.map(({ words }) => words.slice(0, known.length + 1).join(' ')))
  const name = known.join(' ')
  return new PatchbayError({
    code: 'usage',
    message:
      wrong === undefined ? `“${name}” needs one more word.` : `There is no command “${name} ${wrong}”.`,
    hint: `Choose one of: ${[...choice].join(', ')}.`,
  })
}

/** As many of the words as some command begins with. */
function longestBeginning(positionals: readonly string[], commands: readonly Command[]): readonly string[] {
  const lengths = positionals.map((_, index) => index + 1).reverse()
  const length = lengths.find((one) =>
    commands.some(({ words }) => startsWith(words, positionals.slice(0, one))),
  )
  return positionals.slice(0, length ?? 0)
}

const startsWith = (words: readonly string[], beginning: readonly string[]): boolean =>
  beginning.every((word, index) => words[index] === word)

function checkCount(
  { words, positionals, mayBeBare, leftOut = {} }: Command,
  given: readonly string[],
  values: Parsed['values'],
): void {
  if (mayBeBare && given.length === 0) return
  const name = words.join(' ')
  const wanted = positionals.filter((one) => {
    return !(leftOut[one] ?? []).some((option) => values[option] !== undefined)
  })
  const missing = wanted[given.length]
  if (missing !== undefined) throw usage(`“${name}” needs ${missing.replace(SEVERAL, '')}`, name)
  const surplus = given[wanted.length]
  if (surplus === undefined || wanted.some((one) => one.endsWith(SEVERAL))) return
  throw usage(`“${name}” takes no “${surplus}”`, name)
}

/** Marks an argument that may be given several times. */
const SEVERAL = '…'

function checkOptions({ words, options }: Command, values: Parsed['values']): void {
  const name = words.join(' ')
  for (const option of Object.keys(values)) {
    if (!Object.hasOwn(options, option) && !Object.hasOwn(GLOBAL_OPTIONS, option)) {
      throw usage(`“${name}” takes no --${option}`, name)
    }
  }
}

const usage = (what: string, command?: string): PatchbayError =>
  new PatchbayError({
    code: 'usage',
    message: `${what}.`,
    hint: `See: patchbay ${command === undefined ? '' : `${command} `}--help`,
  })
