import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron'
import { toFailure } from '../../shared/failure'
import { requests, type Channel, type Request, type Responses } from '../../shared/ipc'
import { err, ok, type Result } from '../../shared/result'
import { ORIGIN } from './protocol'

/** What serves each channel; may throw, the window gets it as a failure. */
export type Handlers = {
  [C in Channel]: (request: Request<C>) => Responses[C] | Promise<Responses[C]>
}

const CHANNELS: readonly Channel[] = [
  'world:get',
  'machine:connect',
  'network:act',
  'bridge:plan',
  'bridge:create',
  'bridge:undo',
  'operation:keep',
  'operation:revert',
  'libvirt:retry',
]

/** Serves every channel to one window's main frame. An answer is always a `Result`; nothing is thrown across. */
export function serveIpc(contents: WebContents, handlers: Handlers): void {
  for (const channel of CHANNELS) serveChannel(channel, contents, handlers)
}

function serveChannel<C extends Channel>(channel: C, contents: WebContents, handlers: Handlers): void {
  ipcMain.handle(channel, (event, payload: unknown) =>
    isOwn(event, contents) ? answer(channel, handlers[channel], payload) : refuse(channel),
  )
}

/** The sender is the main frame of the app's own window, showing the app's own page. */
function isOwn(event: IpcMainInvokeEvent, contents: WebContents): boolean {
  const frame = event.senderFrame
  return frame !== null && frame === contents.mainFrame && frame.url.startsWith(`${ORIGIN}/`)
}

function refuse(channel: Channel): Result<never> {
  console.error(`patchbay: ${channel} was refused: it did not come from the app's own window`)
  return err({ code: 'refused', message: 'This request did not come from the app’s own window.' })
}

/** Checks a payload against its channel's schema and runs the handler. */
export async function answer<C extends Channel>(
  channel: C,
  handler: Handlers[C],
  payload: unknown,
): Promise<Result<Responses[C]>> {
  const parsed = requests[channel].safeParse(payload)
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
