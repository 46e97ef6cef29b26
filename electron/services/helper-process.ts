import { spawn } from 'node:child_process'
import type { Failure } from '../../shared/failure'
import {
  helperEvent,
  type ControlLine,
  type HelperEvent,
  type HelperVerb,
} from '../../shared/helper/protocol'
import type { CommandLine } from './elevation'
import { LineSplitter } from '../system/lines'
import { say, type Text } from '../../shared/phrases/phrase'

/** Characters; longer lines are no answer of the helper. */
const MAX_LINE = 1024 * 1024
/** Characters of standard error kept as detail. */
const KEPT_STDERR = 4096

/** Seconds that a helper gets beyond the armed time, for going back and checking that; then it counts as hanging. */
const GRACE_S = 60

/** How a run of the helper ended, whatever happened to it. */
export type HelperEnd = Extract<
  HelperEvent,
  { event: 'committed' | 'rolled-back' | 'failed' | 'status' | 'additions' }
>

export interface HelperRun {
  /** Answers the question whether to keep the change. */
  control: (line: ControlLine) => void
  /** Ends the helper's standard input: before the commit it then rolls back. */
  hangUp: () => void
  ended: Promise<HelperEnd>
}

export interface HelperRequest {
  verb: HelperVerb
  /** The request line; `timeoutSeconds` tells how long a rollback stays armed. */
  request: { timeoutSeconds?: number } & Record<string, unknown>
  onEvent: (event: HelperEvent) => void
}

/**
 * Runs the helper once. Its standard input stays open until it ends, so that it rolls back when this process dies.
 * Never rejects: a helper that can't be started, dies or talks nonsense ends with `failed`, and what to expect.
 */
export function runHelper(line: CommandLine, { verb, request, onEvent }: HelperRequest): HelperRun {
  const [file, ...args] = line.argv
  const child = spawn(file, [...args], {
    env: line.env,
    stdio: ['pipe', 'pipe', 'pipe'],
    // Ctrl-C in the terminal must end the command line, which then asks for the rollback, not the helper itself.
    // Behind a prompt the terminal is needed: without a desktop, pkexec asks there.
    detached: !line.prompts,
  })
  const lines = new LineSplitter(MAX_LINE)
  const seen = { ready: false, armed: false, nonsense: null as string | null, stderr: '' }
  let end: HelperEnd | null = null
  let overdue: NodeJS.Timeout | undefined
  let giveUp = (): void => undefined

  const take = (text: string | null): void => {
    const event = text === null ? null : parse(text)
    if (event === null) {
      // Not trusted any further; hanging up makes a helper that still works roll back.
      seen.nonsense ??= text === null ? 'a line without end' : text.slice(0, 200)
      child.stdin.end()
      return
    }
    if (event.event === 'ready') {
      seen.ready = true
      overdue = setTimeout(giveUp, ((request.timeoutSeconds ?? 0) + GRACE_S) * 1000)
    }
    if (event.event === 'step' && event.step === 'arm' && event.state === 'done') seen.armed = true
    if (isEnd(event)) end ??= event
    onEvent(event)
  }

  child.stdout.on('data', (chunk: Buffer) => lines.push(chunk).forEach(take))
  child.stderr.on('data', (chunk: Buffer) => {
    seen.stderr = (seen.stderr + chunk.toString()).slice(-KEPT_STDERR)
  })
  // A helper that has ended takes no more input; its exit tells why.
  child.stdin.on('error', () => undefined)
  child.stdin.write(`${JSON.stringify(request)}\n`)

  const ended = new Promise<HelperEnd>((resolve) => {
    const failed = (failure: Failure): void => resolve({ event: 'failed', failure })
    giveUp = () => {
      child.stdin.end()
      failed(hangs(rest(seen.armed, request.timeoutSeconds)))
    }
    child.on('error', (error: NodeJS.ErrnoException) => failed(notStarted(error, line)))
    child.on('close', (code, signal) => {
      clearTimeout(overdue)
      if (end !== null) resolve(end)
      else if (line.prompts && !seen.ready && (code === 126 || code === 127))
        failed(notPermitted(code, seen.stderr))
      else if (seen.nonsense !== null)
        failed(talksNonsense(seen.nonsense, rest(seen.armed, request.timeoutSeconds)))
      else failed(died(verb, code, signal, seen.stderr, rest(seen.armed, request.timeoutSeconds)))
    })
  })
  return {
    control: (control) => void child.stdin.write(`${JSON.stringify(control)}\n`),
    hangUp: () => void child.stdin.end(),
    ended,
  }
}

function parse(text: string): HelperEvent | null {
  try {
    return helperEvent.safeParse(JSON.parse(text)).data ?? null
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return null
    throw thrown
  }
}

const isEnd = (event: HelperEvent): event is HelperEnd =>
  event.event === 'committed' ||
  event.event === 'rolled-back' ||
  event.event === 'failed' ||
  event.event === 'status' ||
  event.event === 'additions'

/** What becomes of the host when the helper ended without saying. */
function rest(armed: boolean, timeoutSeconds: number | undefined): Text {
  if (!armed) return say('nothing-armed-yet-nothing')
  return timeoutSeconds === undefined
    ? say('rollback-armed-soon')
    : say('rollback-armed-within', { seconds: timeoutSeconds })
}

const withDetail = (failure: Failure, detail: string): Failure =>
  detail.trim() === '' ? failure : { ...failure, detail: detail.trim() }

/**
 * pkexec(1): 126 when the user dismissed the prompt or is not authorised, 127 when authorisation could not be
 * obtained at all; the program's own codes otherwise.
 */
function notPermitted(code: 126 | 127, stderr: string): Failure {
  const failure: Failure =
    code === 126
      ? {
          code: 'not-permitted',
          message: say('password-prompt-dismissed'),
          hint: say('nothing-changed-try-again'),
        }
      : {
          code: 'not-permitted',
          message: say('could-not-asked-for-permission'),
          hint: say('nothing-changed-start-polkit-agent'),
        }
  return withDetail(failure, stderr)
}

function notStarted(error: NodeJS.ErrnoException, line: CommandLine): Failure {
  if (error.code === 'ENOENT' && line.prompts) {
    return {
      code: 'unsupported',
      message: say('pkexec-not-installed-patchbay-cannot'),
      hint: say('install-debian-ubuntu-sudo-apt'),
      detail: error.message,
    }
  }
  return { code: 'internal', message: say('helper-could-not-started'), detail: error.message }
}

const talksNonsense = (said: string, hint: Text): Failure => ({
  code: 'protocol',
  message: say('helper-answered-something-not-understood'),
  hint,
  detail: said,
})

const hangs = (hint: Text): Failure => ({
  code: 'timeout',
  message: say('helper-did-not-come'),
  hint,
})

function died(
  verb: HelperVerb,
  code: number | null,
  signal: NodeJS.Signals | null,
  stderr: string,
  hint: Text,
): Failure {
  const how = signal === null ? say('with-code', { code: code ?? '?' }) : say('by-signal', { signal })
  const failure: Failure = {
    code: 'internal',
    message: say('helper-ended-silently', { how, verb }),
    hint,
  }
  return withDetail(failure, stderr)
}
