import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { controlLine, type HelperEvent, MAX_REQUEST_BYTES } from '../../shared/helper-protocol'
import { PatchbayError } from '../../shared/failure'

/** Milliseconds that the caller has for sending its request. */
const REQUEST_MS = 30_000

/** The helper's side of the protocol: one request in, control lines in, events out. */
export interface Channel {
  /** The first line. Throws a `PatchbayError` `usage` when it is missing, too long or no JSON. */
  request(): Promise<unknown>
  emit(event: HelperEvent): void
  /** Aborts when the caller wants the change back or is gone; the reason is a `PatchbayError`. */
  readonly abandoned: AbortSignal
  /** Resolves when the caller says `keep`. */
  readonly keep: Promise<void>
  /** Stops listening, so that the process can end. */
  close(): void
}

const usage = (message: string): PatchbayError => new PatchbayError({ code: 'usage', message })
const abandonedBecause = (message: string): PatchbayError =>
  new PatchbayError({ code: 'rolled-back', message })

/** Opens the protocol on two streams; `signals` are the process signals that mean "roll back now". */
export function openChannel(
  input: Readable,
  output: Writable,
  signals: readonly NodeJS.Signals[] = [],
): Channel {
  const abandon = new AbortController()
  const revert = (why: string): void => abandon.abort(abandonedBecause(why))
  let first: ((line: string | PatchbayError) => void) | undefined
  let keep: () => void = () => undefined
  const kept = new Promise<void>((resolve) => (keep = resolve))
  const firstLine = new Promise<string | PatchbayError>((resolve) => (first = resolve))

  const hear = (line: string): void => {
    if (first) {
      first(line)
      first = undefined
      return
    }
    const control = controlLine.safeParse(parse(line))
    if (!control.success) revert('The caller sent a line that makes no sense')
    else if (control.data.control === 'keep') keep()
    else revert('It was asked to take the change back')
  }
  const end = (): void => {
    first?.(usage('The request is missing: standard input ended before its first line'))
    first = undefined
    revert('The caller closed its end before the change was kept')
  }

  const lines = createInterface({ input })
  lines.on('line', hear)
  lines.on('close', end)
  input.on('error', end)
  let sinceLine = 0
  input.on('data', (chunk: Buffer) => {
    const lineEnd = chunk.lastIndexOf(0x0a)
    sinceLine = lineEnd === -1 ? sinceLine + chunk.length : chunk.length - lineEnd
    if (sinceLine <= MAX_REQUEST_BYTES) return
    first?.(usage(`The request is longer than ${MAX_REQUEST_BYTES} bytes`))
    first = undefined
    input.destroy()
  })
  // Nobody reads any more: the change still has to be finished or taken back.
  output.on('error', () => undefined)
  const onSignal = (signal: NodeJS.Signals): void => revert(`The helper was stopped by ${signal}`)
  for (const signal of signals) process.on(signal, onSignal)

  return {
    async request() {
      const late = setTimeout(() => first?.(usage('No request arrived')), REQUEST_MS)
      const line = await firstLine
      clearTimeout(late)
      if (typeof line !== 'string') throw line
      if (Buffer.byteLength(line) > MAX_REQUEST_BYTES) {
        throw usage(`The request is longer than ${MAX_REQUEST_BYTES} bytes`)
      }
      const value = parse(line)
      if (value === undefined) throw usage('The request is no JSON')
      return value
    },
    emit: (event) => void output.write(`${JSON.stringify(event)}\n`),
    abandoned: abandon.signal,
    keep: kept,
    close: () => {
      lines.off('close', end)
      lines.close()
      input.destroy()
      for (const signal of signals) process.off(signal, onSignal)
    },
  }
}

/** `undefined` for what is no JSON; JSON itself has no such value. */
function parse(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
