import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron'
import { type Channel, functions } from '../../shared/ipc/functions'
import { err, type Result } from '../../shared/result'
import { answer, type Handlers } from './answer'
import { ORIGIN } from './origin'

/** Serves every channel to one window's main frame. An answer is always a `Result`; nothing is thrown across. */
export function serveIpc(contents: WebContents, handlers: Handlers): void {
  for (const channel of Object.values(functions)) serveChannel(channel, contents, handlers)
}

function serveChannel(channel: Channel, contents: WebContents, handlers: Handlers): void {
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
