import { app, dialog } from 'electron'
import type { TrayMessages } from '../../shared/messages/tray'
import { hostChangeUnderWay } from './ended-operations'
import type { Services } from '../services/services'

/** Milliseconds for a rollback; after that the helper, whose input has closed, goes on without the app. */
const CLOSE_LIMIT = 30_000

export interface Quit {
  /** True from the moment on when the app really ends. */
  readonly underWay: () => boolean
}

/**
 * Asks before the app ends in the middle of a change of the host, and closes the services in order: the helper's
 * standard input closes with them, which makes it roll back what is not committed.
 * @param stay called when the person chooses to keep the app running
 */
export function watchQuit(services: Services, words: TrayMessages, stay: () => void): Quit {
  let ending: 'no' | 'asking' | 'closing' | 'closed' = 'no'

  const end = async (): Promise<void> => {
    ending = 'asking'
    if (hostChangeUnderWay(services.world.current.operations) !== null && !(await mayRollBack(words))) {
      ending = 'no'
      stay()
      return
    }
    ending = 'closing'
    try {
      await within(CLOSE_LIMIT, services.close())
    } catch (error) {
      console.error('patchbay: could not close in order:', error)
    }
    ending = 'closed'
    app.quit()
  }

  app.on('before-quit', (event) => {
    if (ending === 'closed') return
    event.preventDefault()
    if (ending === 'no') void end()
  })
  return { underWay: () => ending === 'closed' }
}

/** Waits for the work, but not longer than the limit in milliseconds. */
async function within(limit: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`still not closed after ${limit} ms`)), limit)
  })
  try {
    await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

async function mayRollBack({ quitting }: TrayMessages): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    title: 'Patchbay',
    message: quitting.question,
    detail: quitting.consequence,
    buttons: [quitting.stay, quitting.quit],
    defaultId: 0,
    cancelId: 0,
  })
  return response === 1
}
