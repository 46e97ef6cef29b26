import { readFileSync, statSync } from 'node:fs'
import { NO_INSPECTOR } from '../../system/no-inspector'
import { describeWeakSpot, weakSpotOf } from '../../system/roots-own'
import { mappedFiles, type MappedFile } from './mapped-files'
import { environmentFor, type Runtime } from './runtime'

/** The runtime that runs this process. */
export interface Running extends Runtime {
  electron: boolean
  /** Why root may not start it by its path later; null when all of it is root's own. */
  weakness: string | null
  /** Those of its files that are not root's own; what is missing there belongs to the system. */
  loose: readonly MappedFile[]
}

/** Looks at this process itself: at what it runs, not at what lies at its path by now. */
export function runningRuntime(): Running {
  const path = process.execPath
  const electron = 'electron' in process.versions
  const noInspector = process.allowedNodeEnvironmentFlags.has(NO_INSPECTOR)
  const files = mappedFiles(readFileSync('/proc/self/maps', 'utf8'))
  const weak = files.flatMap((file) => {
    const spot = weakSpotOf(file.path)
    return spot === null ? [] : [{ file, weakness: describeWeakSpot(spot) }]
  })
  return {
    path,
    env: environmentFor({ electron, noInspector }),
    electron,
    weakness: weak[0]?.weakness ?? (isStillAt(path) ? null : `${path} was replaced while it ran`),
    loose: weak.map(({ file }) => file),
  }
}

/** Whether a path leads to the very file that this process runs. */
function isStillAt(path: string): boolean {
  const now = statSync(path, { throwIfNoEntry: false })
  const own = statSync('/proc/self/exe')
  return now?.dev === own.dev && now.ino === own.ino
}
