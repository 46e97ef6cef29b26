import { app, dialog } from 'electron'
import { toFailure } from '../../shared/failure'
import { trayMessages } from '../../shared/messages/tray'
import { english } from '../../shared/phrases/english'
import { inWords } from './language'

/**
 * A defect that nobody caught is logged and shown, and the app goes on: a root helper at work is worth more than a
 * clean exit. Requests are never logged, so no secret can be.
 */
export function reportCrashes(): void {
  process.on('uncaughtException', report)
  process.on('unhandledRejection', report)
}

/** Ends the app that cannot start, saying why: in the terminal and in a window. */
export function endWith(thrown: unknown): void {
  const { message, hint, detail } = toFailure(thrown)
  const words = hint === undefined ? inWords(message) : `${inWords(message)}\n\n${inWords(hint)}`
  console.error('patchbay:', detail === undefined ? words : `${words}\n${detail}`)
  dialog.showErrorBox('Patchbay', words)
  app.exit(1)
}

function report(thrown: unknown): void {
  const failure = toFailure(thrown)
  console.error('patchbay: unexpected error:', failure.detail ?? english(failure.message))
  if (!app.isReady()) return
  const { crash: words } = trayMessages(app.getLocale())
  dialog
    .showMessageBox({
      type: 'error',
      title: 'Patchbay',
      message: words.unexpected,
      detail: `${inWords(failure.message)}\n\n${words.hostIsSafe}`,
    })
    .catch((error: unknown) => console.error('patchbay: the error could not be shown:', error))
}
