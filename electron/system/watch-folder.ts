import { watch, type FSWatcher } from 'node:fs'

/**
 * Watches a folder for changes of its files.
 * @returns null when the folder is not there or may not be read; a folder that vanishes later just tells nothing more
 */
export function watchFolder(folder: string, onChange: (name: string) => void): FSWatcher | null {
  try {
    const watcher = watch(folder, { persistent: false }, (_event, name) => onChange(name ?? ''))
    watcher.on('error', () => watcher.close())
    return watcher
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown) return null
    throw thrown
  }
}
