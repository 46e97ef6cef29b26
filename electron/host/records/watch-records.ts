import { existsSync, type FSWatcher, watch } from 'node:fs'
import { dirname } from 'node:path'
import { ADDITIONS_DIR, TRANSACTIONS_DIR } from '../../../shared/helper/protocol'

/** Calls `onChange` whenever the helper has recorded a change of the host, or an addition to it. */
export function watchRecords(onChange: () => void): { close(): void } {
  const watches = [TRANSACTIONS_DIR, ADDITIONS_DIR].map((folder) => watchRecordsIn(folder, onChange))
  return { close: () => watches.forEach((watch) => watch.close()) }
}

/**
 * The same for one folder. The helper writes each record in the folder itself before it moves it to its place, so one
 * watch on it sees all; until the folder exists, its nearest existing ancestor is watched instead.
 */
export function watchRecordsIn(folder: string, onChange: () => void): { close(): void } {
  let watcher: FSWatcher | undefined
  let closed = false
  const start = (): void => {
    let existing = folder
    while (!existsSync(existing)) existing = dirname(existing)
    const next = watchOrNull(existing, () => {
      if (closed) return
      if (existing === folder) onChange()
      else if (existsSync(nextBelow(existing, folder))) {
        start()
        onChange()
      }
    })
    // A folder that root has just made is closed to others for a moment; its parent's watch tells when it opens.
    if (next === null) return
    watcher?.close()
    watcher = next
    // The watched folder was removed; nothing more comes until the next start of the app.
    watcher.on('error', () => watcher?.close())
  }
  start()
  return {
    close: () => {
      closed = true
      watcher?.close()
    },
  }
}

/** Null when `path` may not be watched, or is gone. */
function watchOrNull(path: string, onEvent: () => void): FSWatcher | null {
  try {
    return watch(path, onEvent)
  } catch {
    return null
  }
}

/** The ancestor of `folder` that lies directly in `existing`. */
function nextBelow(existing: string, folder: string): string {
  let below = folder
  while (dirname(below) !== existing) below = dirname(below)
  return below
}
