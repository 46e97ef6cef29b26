import { hasTrayHost } from '../../system/tray-host'
import type { DesktopFacts } from '../facts'

/** The desktop of this session, and whether it shows status icons. */
export async function readDesktop(environment: NodeJS.ProcessEnv = process.env): Promise<DesktopFacts> {
  const isGraphical = ['DISPLAY', 'WAYLAND_DISPLAY'].some((name) => (environment[name] ?? '') !== '')
  return { isGraphical, showsStatusIcons: isGraphical && (await hasTrayHost()) }
}
