import type { ParseArgsConfig } from 'node:util'
import type { Services, ServicesOptions } from '../services/services'

/** One command of the command line, such as `bridge create`. */
export interface Command {
  words: readonly [string, ...string[]]
  /** Names of what follows the words, all required: `['MACHINE…', 'TO']`, with … where there may be several. */
  positionals: readonly string[]
  /** Options that stand in for one of them, each by itself, by its name. */
  leftOut?: Readonly<Record<string, readonly string[]>>
  /** Whether they may be left out, all together. */
  mayBeBare?: true
  options: Readonly<Record<string, Option>>
  /** One line for the list of commands. */
  summary: string
  /** More for the command's own help. */
  details: readonly string[]
  run: (input: Input, io: Io) => Promise<Answer>
}

export interface Option {
  /** What stands for the value in the help; null for a switch. */
  value: string | null
  help: string
}

export interface Input {
  positionals: readonly string[]
  values: Readonly<Record<string, string | boolean | undefined>>
}

/** What a command reaches the outside by. */
export interface Io {
  /** Opens the services at the URI that was asked for; closed by whoever runs the command. */
  open: (options: Pick<ServicesOptions, 'look' | 'follow'>) => Promise<Services>
  /** A line of progress for people, on standard error. */
  say: (line: string) => void
  /** Asks on the terminal; null when there is nobody to ask. The signal takes the question back. */
  ask: (question: string, signal: AbortSignal) => Promise<string | null>
  /** Called at Ctrl-C; returns the function that ends it. */
  onInterrupt: (listener: () => void) => () => void
}

/** What a command found or did: a document for programs, the same as text for people. */
export interface Answer {
  document: Record<string, unknown>
  text: string
}

/** The value of an option, or undefined when it was not given. */
export function textOf({ values }: Input, name: string): string | undefined {
  const value = values[name]
  return typeof value === 'string' ? value : undefined
}

/** The required argument at this place; the parser has seen to it that it is there. */
export function positional({ positionals }: Input, index: number): string {
  const value = positionals[index]
  if (value === undefined) throw new RangeError(`argument ${index} was not parsed`)
  return value
}

/** Options of every command. */
export const GLOBAL_OPTIONS: Readonly<Record<string, Option>> = {
  json: { value: null, help: 'print one JSON document on standard output, also for failures' },
  connect: {
    value: 'URI',
    help: 'libvirt to connect to (default: LIBVIRT_DEFAULT_URI, else qemu:///system)',
  },
  help: { value: null, help: 'show help' },
  version: { value: null, help: 'show the version' },
}

/** The options in the form that util.parseArgs takes. */
export const parseOptions = (
  options: Readonly<Record<string, Option>>,
): NonNullable<ParseArgsConfig['options']> =>
  Object.fromEntries(
    Object.entries(options).map(([name, { value }]) => [
      name,
      {
        type: value === null ? ('boolean' as const) : ('string' as const),
        ...(name === 'help' ? { short: 'h' } : {}),
      },
    ]),
  )
