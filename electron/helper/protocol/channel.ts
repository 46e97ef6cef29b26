import type { Readable, Writable } from 'node:stream'
import { controlLine, type HelperEvent, MAX_REQUEST_BYTES } from '../../../shared/helper/protocol'
import { PatchbayError } from '../../../shared/failure'
import { readLines } from './request-lines'
import { type Text, say } from '../../../shared/phrases/phrase'

/** Milliseconds that the caller has for sending its request. */
const REQUEST_MS = 30_000

/** The helper's side of the protocol: one request in, control lines in, events out. */
export interface Channel {
  /** The first line. Throws a `PatchbayError` `usage` when it is missing, too long or no JSON. */
  request(): Promise<unknown>
  emit(event: HelperEvent): void
  /** Aborts when the caller wants the change back or is gone; the reason is a `PatchbayError`. */
  readonly abandoned: AbortSignal
  /** Resolves when the caller says `keep`, once it was asked. */
  readonly keep: Promise<void>
  /** Stops listening, so that the process can end. */
  close(): void
}

const usage = (message: Text): PatchbayError => new PatchbayError({ code: 'usage', message })
const abandonedBecause = (message: Text): PatchbayError => new PatchbayError({ code: 'rolled-back', message })

/** Opens the protocol on two streams; `signals` are the process signals that mean "roll back now". */
export function openChannel(
  input: Readable,
  output: Writable,
  signals: readonly NodeJS.Signals[] = [],
): Channel {
  const abandon = new AbortController()
  let first: ((line: string | PatchbayError) => void) | undefined
  let keep: () => void = () => undefined
  const kept = new Promise<void>((resolve) => (keep = resolve))
  const firstLine = new Promise<string | PatchbayError>((resolve) => (first = resolve))
  /** Whether the caller has been asked to keep the change; before that, nobody can have seen what there is to keep. */
  let asked = false

  const begin = (line: string | PatchbayError): void => {
    first?.(line)
    first = undefined
  }
  const revert = (why: Text): void => {
    const reason = abandonedBecause(why)
    begin(reason)
    abandon.abort(reason)
  }
  const hear = (line: string | null): void => {
    if (first) {
      begin(line ?? usage(say('request-not-utf-8')))
      return
    }
    const control = controlLine.safeParse(line === null ? undefined : parse(line))
    if (!control.success) revert(say('caller-sent-line-makes'))
    else if (control.data.control === 'revert') revert(say('asked-to-take-change-back'))
    else if (asked) keep()
    else revert(say('caller-wanted-to-keep-change'))
  }
  const stopReading = readLines(input, MAX_REQUEST_BYTES, {
    line: hear,
    tooLong: () => {
      begin(usage(say('request-longer-than-bytes', { most: MAX_REQUEST_BYTES })))
      revert(say('caller-sent-line-makes'))
    },
    end: () => {
      begin(usage(say('request-missing-standard-input-ended')))
      revert(say('caller-closed-end-before-change'))
    },
  })
  // What has come already is heard; what follows has no say any more.
  abandon.signal.addEventListener('abort', stopReading, { once: true })
  // Nobody reads any more: the change still has to be finished or taken back.
  output.on('error', () => undefined)
  const onSignal = (signal: NodeJS.Signals): void => revert(say('helper-stopped', { signal }))
  for (const signal of signals) process.on(signal, onSignal)

  return {
    async request() {
      const late = setTimeout(() => begin(usage(say('no-request-arrived'))), REQUEST_MS)
      const line = await firstLine
      clearTimeout(late)
      if (typeof line !== 'string') throw line
      const value = parse(line)
      if (value === undefined) throw usage(say('request-no-json'))
      return value
    },
    emit(event) {
      if (event.event === 'confirm-needed') asked = true
      try {
        output.write(`${JSON.stringify(event)}\n`)
      } catch {
        // Standard output that is a file is written at once, and throws when its disk is full. What the caller doesn't
        // get to hear must not keep the change from being finished or taken back.
      }
    },
    abandoned: abandon.signal,
    keep: kept,
    close: () => {
      stopReading()
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
