import { app } from 'electron'
import { toFailure } from '../../shared/failure'
import { WORLD_PATCH } from '../../shared/ipc/functions'
import { trayMessages } from '../../shared/messages/tray'
import type { Services } from '../services/services'
import { coalesce } from './coalesce'
import { endedSince } from './ended-operations'
import { wantsWindow } from './instance'
import { serveIpc } from './ipc'
import { notifyEnded, notifyFailure } from './notifications'
import { watchQuit } from './quit'
import { createTray } from './tray'
import { hasTrayHost } from '../system/tray-host'
import { trayModel, type TrayAction } from './tray-model'
import { createWindow } from './window'
import { createWorldPush } from './world-push'

export interface ShellOptions {
  /** The folder of the build. */
  outFolder: string
  /** Stay in the tray at first, if there is one. */
  hidden: boolean
}

/** Everything a person sees: the window, the tray and notifications, all reading the one World. */
export function openShell(services: Services, { outFolder, hidden }: ShellOptions): void {
  const { world } = services
  const words = trayMessages(app.getLocale())
  const window = createWindow(outFolder, { hidden })
  const { browserWindow } = window
  const contents = browserWindow.webContents

  const push = createWorldPush(
    () => world.current,
    (patch) => contents.send(WORLD_PATCH, patch),
  )
  contents.on('did-navigate', push.pause)
  serveIpc(contents, {
    'world:get': push.snapshot,
    'machine:connect': services.connect,
    'machine:connect-all': services.connectAll,
    'machine:replug': services.replug,
    'network:act': services.actOnNetwork,
    'network:preview': services.previewNetwork,
    'network:create': services.createNetwork,
    'network:plan-change': services.planNetworkChange,
    'network:change': services.changeNetwork,
    'network:delete': services.deleteNetwork,
    'reach:try': (ends) => services.reach({ ...ends, probe: true }),
    'addition:add': (wish) => services.addToHost({ wish }),
    'addition:remove': services.removeFromHost,
    'doctor:report': () => services.doctor().report(),
    'doctor:fix': (wish) => services.doctor().fix(wish),
    'doctor:undo': (wish) => services.doctor().undo(wish),
    'bridge:plan': services.planBridge,
    'bridge:create': services.createBridge,
    'snapshot:compare': services.compareSnapshot,
    'snapshot:restore': services.restoreSnapshot,
    'operation:keep': services.keep,
    'operation:revert': services.revert,
    'libvirt:retry': services.retryLibvirt,
  })

  const act = (action: TrayAction): void => {
    switch (action.kind) {
      case 'connect': {
        const { machine, mac, to } = action
        services.connect({ machine, mac, to, live: true })
        return
      }
      case 'show':
        window.show(action.show)
        return
      case 'quit':
        app.quit()
    }
  }
  const tray = createTray(outFolder, trayModel(world.current, words), (action) => {
    try {
      act(action)
    } catch (error) {
      notifyFailure(toFailure(error), window.open)
    }
  })

  const refreshTray = coalesce(() => tray.show(trayModel(world.current, words)))

  world.subscribe((now, before) => {
    push.changed()
    refreshTray()
    if (!window.isInSight()) notifyEnded(endedSince(before.operations, now.operations), window.open)
  })

  const quit = watchQuit(services, words, window.open)
  browserWindow.on('close', (event) => {
    if (quit.underWay()) return
    event.preventDefault()
    browserWindow.hide()
    void whenTrayIsMissing(() => app.quit())
  })
  app.on('second-instance', (_event, _argv, _folder, data) => {
    if (wantsWindow(data)) window.open()
  })
  if (hidden) void whenTrayIsMissing(window.open)
}

async function whenTrayIsMissing(act: () => void): Promise<void> {
  if (!(await hasTrayHost())) act()
}
