import { app } from 'electron'
import { toFailure } from '../../shared/failure'
import { WORLD_PATCH, type Request } from '../../shared/ipc'
import { trayMessages } from '../../shared/messages/tray'
import type { PlanOutcome } from '../../shared/plan'
import type { World } from '../../shared/world'
import { endedSince } from './ended-operations'
import { serveIpc } from './ipc'
import { notifyEnded, notifyFailure } from './notifications'
import { watchQuit } from './quit'
import { createTray } from './tray'
import { hasTrayHost } from './tray-host'
import { trayModel, type TrayAction } from './tray-model'
import { createWindow } from './window'
import { createWorldPush } from './world-push'

/** What the shell needs of the services. */
export interface ShellServices {
  world: {
    readonly current: World
    subscribe: (listener: (world: World, before: World) => void) => () => void
  }
  connect: (request: Request<'machine:connect'>) => string | Promise<string>
  actOnNetwork: (request: Request<'network:act'>) => string | Promise<string>
  planBridge: (request: Request<'bridge:plan'>) => PlanOutcome | Promise<PlanOutcome>
  createBridge: (request: Request<'bridge:create'>) => string | Promise<string>
  undoBridge: (request: Request<'bridge:undo'>) => string | Promise<string>
  keep: (request: Request<'operation:keep'>) => null | Promise<null>
  revert: (request: Request<'operation:revert'>) => null | Promise<null>
  retryLibvirt: () => null | Promise<null>
  close: () => Promise<void>
}

export interface ShellOptions {
  /** The folder of the build. */
  outFolder: string
  /** Stay in the tray at first, if there is one. */
  hidden: boolean
}

/** Everything a person sees: the window, the tray and notifications, all reading the one World. */
export function openShell(services: ShellServices, { outFolder, hidden }: ShellOptions): void {
  const { world } = services
  const words = trayMessages(app.getLocale())
  const window = createWindow(outFolder, { hidden })
  const { browserWindow } = window
  const contents = browserWindow.webContents

  const push = createWorldPush(
    () => world.current,
    (patch) => contents.send(WORLD_PATCH, patch),
  )
  contents.on('did-start-loading', push.pause)
  serveIpc(contents, {
    'world:get': push.snapshot,
    'machine:connect': services.connect,
    'network:act': services.actOnNetwork,
    'bridge:plan': services.planBridge,
    'bridge:create': services.createBridge,
    'bridge:undo': services.undoBridge,
    'operation:keep': services.keep,
    'operation:revert': services.revert,
    'libvirt:retry': services.retryLibvirt,
  })

  const act = async (action: TrayAction): Promise<void> => {
    switch (action.kind) {
      case 'connect': {
        const { machine, mac, to } = action
        await services.connect({ machine, mac, to, live: true })
        return
      }
      case 'undo':
        await services.undoBridge({ transaction: action.transaction })
        return
      case 'show':
        window.show(action.show)
        return
      case 'quit':
        app.quit()
    }
  }
  const tray = createTray(outFolder, trayModel(world.current, words), (action) => {
    act(action).catch((error: unknown) => notifyFailure(toFailure(error), window.open))
  })

  world.subscribe((now, before) => {
    push.changed()
    tray.show(trayModel(now, words))
    if (!window.isInSight()) notifyEnded(endedSince(before.operations, now.operations), window.open)
  })

  const quit = watchQuit(services, words, window.open)
  browserWindow.on('close', (event) => {
    if (quit.underWay()) return
    event.preventDefault()
    browserWindow.hide()
    void whenTrayIsMissing(() => app.quit())
  })
  app.on('second-instance', window.open)
  if (hidden) void whenTrayIsMissing(window.open)
}

async function whenTrayIsMissing(act: () => void): Promise<void> {
  if (!(await hasTrayHost())) act()
}
