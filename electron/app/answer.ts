import { toFailure } from '../../shared/failure'
import { channels, type Answer, type Request } from '../../shared/ipc/contract'
import type { Channel } from '../../shared/ipc/functions'
import { err, ok, type Result } from '../../shared/result'

/** What serves each channel; may throw, the window gets it as a failure. */
export type Handlers = {
  [C in Channel]: (request: Request<C>) => Answer<C> | Promise<Answer<C>>
}

/** Checks a payload against its channel's schema and runs the handler. */
export async function answer<C extends Channel>(
  channel: C,
  handler: Handlers[C],
  payload: unknown,
): Promise<Result<Answer<C>>> {
  const parsed = channels[channel].request.safeParse(payload)
  if (!parsed.success) {
    return err({
      code: 'usage',
      message: 'The window asked for something that makes no sense.',
      detail: `${channel}: ${parsed.error.message}`,
    })
  }
  try {
    // zod's output type for an indexed schema is a union over all channels; the schema of this channel made it.
    return ok(await handler(parsed.data as Request<C>))
  } catch (error) {
    return err(toFailure(error))
  }
}
