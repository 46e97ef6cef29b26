import { execFile } from 'node:child_process'

const WATCHER = ['org.kde.StatusNotifierWatcher', '/StatusNotifierWatcher', 'org.kde.StatusNotifierWatcher']

/** Milliseconds for an answer on the session bus. */
const LIMIT = 2000

/**
 * Whether the desktop shows status icons now: Electron cannot tell, and a window that hides into a tray that
 * nobody shows would be lost. Asks the StatusNotifier watcher (freedesktop.org, StatusNotifierItem).
 */
export function hasTrayHost(): Promise<boolean> {
  return new Promise((resolve) => {
    const args = ['--user', 'get-property', ...WATCHER, 'IsStatusNotifierHostRegistered']
    execFile('busctl', args, { timeout: LIMIT }, (error, stdout) => {
      resolve(error === null && stdout.trim() === 'b true')
    })
  })
}
