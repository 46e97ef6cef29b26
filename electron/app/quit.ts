import { app, dialog } from 'electron'
import type { TrayMessages } from '../../shared/messages/tray'
import { hostChangeUnderWay } from './ended-operations'
import type { ShellServices } from './shell'

export interface Quit {
  /** True from the moment on when the app really ends. */
  readonly underWay: () => boolean
}

/**
 * Asks before the app ends in the middle of a change of the host, and closes the services in order: the helper's
 * standard input closes with them, which makes it roll back what is not committed.
 * @param stay called when the person chooses to keep the app running
 */
export function watchQuit(services: ShellServices, words: TrayMessages, stay: () => void): Quit {
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
      await services.close()
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
