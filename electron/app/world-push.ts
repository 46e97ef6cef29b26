import type { WorldPatch } from '../../shared/ipc/contract'
import type { World } from '../../shared/world/world'
import { diffWorlds } from '../../shared/ipc/world-patch'
import { coalesce } from './coalesce'

export interface WorldPush {
  /** The whole World for a window that asks; from then on it is sent what changes. */
  snapshot: () => World
  /** The World has changed. Any number of changes in one turn of the event loop become one patch. */
  changed: () => void
  /** The window's page is gone: nothing is sent until the next snapshot. */
  pause: () => void
}

/**
 * Keeps one window's copy of the World up to date.
 * @param current reads the World of now
 * @param send sends a patch to the window
 */
export function createWorldPush(current: () => World, send: (patch: WorldPatch) => void): WorldPush {
  let sent: World | null = null

  const flush = (): void => {
    if (sent === null) return
    const now = current()
    const patch = diffWorlds(sent, now)
    sent = now
    if (patch !== null) send(patch)
  }

  return {
    snapshot: () => (sent = current()),
    changed: coalesce(flush),
    pause: () => {
      sent = null
    },
  }
}
