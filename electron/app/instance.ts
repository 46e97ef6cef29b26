import { createHash } from 'node:crypto'
import { DEFAULT_URI } from './arguments'

/**
 * Electron keeps one app for each folder of settings, so each connection has its own: a second start with the same one
 * brings its window to the front, with another one it opens beside it.
 * @returns a folder below that of the settings; null for the usual connection, which has these themselves
 */
export const instanceFolder = (uri: string): string | null =>
  uri === DEFAULT_URI ? null : createHash('sha256').update(uri).digest('hex').slice(0, 16)

/** What a second start tells the first one. */
export interface Wakeup {
  /** It is to stay in the tray. */
  hidden: boolean
}

/** Whether somebody wants to see the window; what can't be read counts as yes. */
export const wantsWindow = (data: unknown): boolean =>
  !(typeof data === 'object' && data !== null && 'hidden' in data && data.hidden === true)
