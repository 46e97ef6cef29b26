import type { ChildProcess, SpawnOptions } from 'node:child_process'
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { closeSync, openSync, unlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { PatchbayError } from '../../shared/failure'

/** What a finished command left behind. A command ended by a signal has code 128 + the signal's number. */
export interface Exec {
  code: number
  stdout: string
  stderr: string
}

export interface ExecOptions {
  /** Run as this user of the lab, with the groups the lab's /etc/group gives it. Default root. */
  user?: string
  /** Variables added to the small default environment (PATH, HOME, LANG). */
  env?: Record<string, string>
  /** Text for standard input; without it standard input is empty. */
  input?: string
  /** Milliseconds until the command and its children are killed and an error is thrown. Default 30 000. */
  timeoutMs?: number
  /** Throw when the command ends with a code other than 0. Default true. */
  check?: boolean
}

const verbose = process.env.PATCHBAY_LAB_VERBOSE === '1'

/** Says what the lab does, on standard error, when PATCHBAY_LAB_VERBOSE=1. */
export function note(message: string): void {
  if (verbose) process.stderr.write(`lab: ${message}\n`)
}

/** The environment of every command of the lab: nothing of the caller's leaks in. */
export function labEnvironment(extra: Record<string, string> = {}): Record<string, string> {
  return {
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    HOME: '/root',
    LANG: 'C.UTF-8',
    ...extra,
  }
}

/** Starts `argv` without a shell and with the lab's environment. */
export function start(
  argv: readonly string[],
  options: SpawnOptions & { env?: Record<string, string> },
): ChildProcess {
  const [command, ...rest] = argv
  if (command === undefined) throw new PatchbayError({ code: 'usage', message: 'an empty command was given' })
  return spawn(command, rest, { ...options, env: labEnvironment(options.env) })
}

/** Resolves with the code of `child` when it has ended; rejects when it could not be started. */
export function ended(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => resolve(code ?? 128 + (signal === 'SIGKILL' ? 9 : 15)))
  })
}

/**
 * Runs `argv` on this machine and waits for its end; messages name it as `shown`.
 * Throws a `PatchbayError`: `timeout` when it takes too long, `internal` when it fails and `check` is not false.
 */
export async function run(
  argv: readonly string[],
  options: ExecOptions = {},
  shown = argv.join(' '),
): Promise<Exec> {
  const { timeoutMs = 30_000, check = true, input, env } = options
  note(`$ ${shown}`)
  // A group of its own, so that a timeout ends the command together with everything it started.
  const stdin = input === undefined ? 'ignore' : openText(input)
  const child = start(argv, { detached: true, stdio: [stdin, 'pipe', 'pipe'], ...(env && { env }) })
  if (typeof stdin === 'number') closeSync(stdin)
  const deadline = AbortSignal.timeout(timeoutMs)
  deadline.addEventListener('abort', () => killGroup(child))
  const [code, stdout, stderr] = await Promise.all([
    ended(child),
    child.stdout ? text(child.stdout) : '',
    child.stderr ? text(child.stderr) : '',
  ])
  if (deadline.aborted) {
    throw new PatchbayError({
      code: 'timeout',
      message: `“${shown}” did not end within ${timeoutMs / 1000} s`,
      detail: stdout + stderr,
    })
  }
  if (check && code !== 0) {
    throw new PatchbayError({
      code: 'internal',
      message: `“${shown}” ended with code ${code}: ${(stderr || stdout).trim()}`,
    })
  }
  return { code, stdout, stderr }
}

/**
 * A file descriptor to read `content` from. A nameless file, because Node's pipes are sockets, which a command
 * that is given /dev/stdin as a file name cannot open.
 */
function openText(content: string): number {
  const file = join(tmpdir(), `patchbay-lab-${randomBytes(8).toString('hex')}`)
  writeFileSync(file, content, { flag: 'wx' })
  const descriptor = openSync(file, 'r')
  unlinkSync(file)
  return descriptor
}

/** Kills a child that was started detached, with everything in its process group. */
export function killGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  process.kill(-child.pid, 'SIGKILL')
}

/** Rejects with a `timeout` error that says what was waited for, unless `promise` settles first. */
export async function within<T>(ms: number, what: string, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new PatchbayError({ code: 'timeout', message: `${what}: nothing after ${ms / 1000} s` }))
    }, ms)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}
