import { BrowserWindow, nativeTheme } from 'electron'
import { join } from 'node:path'
import type { Show } from '../../shared/ipc/contract'
import { SHOW } from '../../shared/ipc/functions'
import { appIconPath } from './icons'
import { ORIGIN } from './origin'

/** Where the window is painted before the page is: the app's own background, so that nothing flashes. */
const BACKGROUND = { light: '#f6f7f9', dark: '#15181d' }

/** Milliseconds: a page that crashes again so soon after it was reloaded is left alone. */
const CRASH_LOOP = 10_000

export interface MainWindow {
  readonly browserWindow: BrowserWindow
  /** Brings the window to the front. */
  open: () => void
  /** Brings it to the front and tells the page what to show. */
  show: (show: Show) => void
  /** Whether a person can see it now. */
  isInSight: () => boolean
}

/**
 * Makes the window. It stays hidden until its page is painted, and with `hidden` until it is asked for.
 * @param outFolder the folder of the build, with `preload/` in it
 */
export function createWindow(outFolder: string, { hidden }: { hidden: boolean }): MainWindow {
  const browserWindow = new BrowserWindow({
    title: 'Patchbay',
    icon: appIconPath(outFolder),
    width: 1240,
    height: 780,
    minWidth: 880,
    minHeight: 560,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
    webPreferences: {
      preload: join(outFolder, 'preload/preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
    },
  })
  const contents = browserWindow.webContents
  const open = (): void => {
    if (browserWindow.isMinimized()) browserWindow.restore()
    browserWindow.show()
    browserWindow.focus()
  }
  if (!hidden) browserWindow.once('ready-to-show', open)
  let lastCrash = 0
  contents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return
    console.error(`patchbay: the window's page ended (${reason})`)
    const again = Date.now() - lastCrash < CRASH_LOOP
    lastCrash = Date.now()
    if (!again) contents.reload()
  })
  load(browserWindow)
  return {
    browserWindow,
    open,
    show: (show) => {
      open()
      contents.send(SHOW, show)
    },
    isInSight: () => browserWindow.isVisible() && !browserWindow.isMinimized(),
  }
}

function load(browserWindow: BrowserWindow): void {
  browserWindow.loadURL(`${ORIGIN}/index.html`).catch((error: unknown) => {
    console.error('patchbay: the window could not be loaded:', error)
  })
}
