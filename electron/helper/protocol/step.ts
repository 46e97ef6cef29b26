import type { StepName } from '../../../shared/helper/protocol'
import { toFailure } from '../../../shared/failure'
import type { Channel } from './channel'
import { type Text } from '../../../shared/phrases/phrase'

/** Runs one named step and reports its beginning and end. What `work` returns as text is the step's detail. */
export async function step<T>(
  channel: Channel,
  name: StepName,
  work: () => Promise<{ value: T; detail: Text | null }>,
): Promise<T> {
  channel.emit({ event: 'step', step: name, state: 'running', detail: null })
  try {
    const { value, detail } = await work()
    channel.emit({ event: 'step', step: name, state: 'done', detail })
    return value
  } catch (error) {
    channel.emit({ event: 'step', step: name, state: 'failed', detail: toFailure(error).message })
    throw error
  }
}

/** `promise`, or the reason of `signal` as soon as that aborts. For waiting only: what `promise` does goes on. */
export function unless<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      const reason: unknown = signal.reason
      reject(reason instanceof Error ? reason : new Error(String(reason)))
    }
    if (signal.aborted) {
      abort()
      promise.catch(() => undefined)
      return
    }
    signal.addEventListener('abort', abort, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}
