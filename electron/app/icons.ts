import { join } from 'node:path'

/** The app's icon, 256 pixels wide. */
export const appIconPath = (outFolder: string): string =>
  join(outFolder, '../resources/icons/patchbay-256.png')

/** A status icon; its double size for dense screens (`@2x`) lies beside it, where Electron finds it by itself. */
export const trayIconPath = (outFolder: string, name: string): string =>
  join(outFolder, '../resources/tray', `${name}.png`)
