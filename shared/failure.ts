import { english } from './phrases/english'
import { say, type Text } from './phrases/phrase'

/**
 * Everything that can go wrong, as a closed list. A code says which kind of trouble it is;
 * `message` says what happened, `hint` what to do next, `detail` what a maintainer needs.
 */
export const FAILURE_CODES = [
  'usage', // the caller's words make no sense
  'not-found', // no such machine, network, NIC, transaction
  'refused', // would not work or would harm: nothing was changed
  'host-changed', // the host is not the one the plan was made for: nothing was changed
  'busy', // another transaction is under way
  'not-permitted', // prompt dismissed, denied, or no right to use libvirt
  'rolled-back', // tried, failed, and the host is as before
  'rollback-failed', // tried, failed, and the host could not be brought back by itself
  'partly-done', // of several changes some were made and stay, the rest was not
  'libvirt-unreachable', // no daemon answers at the socket
  'libvirt-error', // the daemon said no
  'protocol', // the other side sent bytes that make no sense
  'timeout', // no answer in time
  'unsupported', // this host or guest cannot do it
  'internal', // a defect of Patchbay
] as const

export type FailureCode = (typeof FAILURE_CODES)[number]

export type Remedy =
  /** By its name. */
  | { kind: 'start-network'; network: string }
  /** Opens the sheet that makes the bridge to the LAN. */
  | { kind: 'make-bridge' }

export interface Failure {
  code: FailureCode
  message: Text
  hint?: Text
  /** The same as a command for whoever works on the command line, which shows it in place of `hint`; no window does. */
  shellHint?: Text
  /** The way out that Patchbay itself can take, which the window offers as a button. */
  remedy?: Remedy
  detail?: string
  /** Which of several inputs is wrong, by the name that the request has for it. */
  field?: string
}

/** The one exception class thrown inside a process; turned into a `Failure` at every boundary. */
export class PatchbayError extends Error {
  readonly failure: Failure

  constructor(failure: Failure, options?: ErrorOptions) {
    super(english(failure.message), options)
    this.name = 'PatchbayError'
    this.failure = failure
  }
}

/** Turns whatever was thrown into a `Failure`; an unknown error becomes `internal`, with its stack as detail. */
export function toFailure(thrown: unknown): Failure {
  if (thrown instanceof PatchbayError) return thrown.failure
  if (thrown instanceof Error) {
    return { code: 'internal', message: thrown.message, detail: thrown.stack ?? thrown.message }
  }
  return { code: 'internal', message: String(thrown) }
}

/**
 * Exit codes of the command line, a contract with scripts:
 * 0 done · 1 failed · 2 usage · 3 refused before anything changed · 4 rolled back · 5 not permitted.
 */
export function exitCodeOf(failure: Failure): 1 | 2 | 3 | 4 | 5 {
  switch (failure.code) {
    case 'usage':
      return 2
    case 'refused':
    case 'not-found':
    case 'host-changed':
    case 'busy':
      return 3
    case 'rolled-back':
      return 4
    case 'not-permitted':
      return 5
    case 'rollback-failed':
    case 'partly-done':
    case 'libvirt-unreachable':
    case 'libvirt-error':
    case 'protocol':
    case 'timeout':
    case 'unsupported':
    case 'internal':
      return 1
  }
}

/** One failure that names all. `failures` are not empty. */
export function together([first, ...more]: readonly [Failure, ...Failure[]]): Failure {
  if (more.length === 0) return first
  const all = [first, ...more]
  return {
    ...first,
    message: say('clauses', { all: all.map(({ message }) => message) }),
    detail: all.map(({ detail, message }) => detail ?? english(message)).join('\n'),
  }
}
