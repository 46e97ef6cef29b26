import { readdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { describeWeakSpot, weakSpotOf } from '../../system/roots-own'
import { startedBy } from './unit-command'

/** What Electron loads beside itself in its Node mode (tried with Electron 25), and more of that kind. */
const ELECTRONS_FILES = /\.(so|so\..*|dat|bin|pak)$/

/**
 * Why root should not start what a unit of Patchbay's starts, given the unit's text: others may write to it, or it is not there, or
 * the text is not Patchbay's. Null when all of it is root's own.
 */
export function unsafeStart(unit: string): string | null {
  const words = startedBy(unit)
  if (words === null) return 'it starts something else'
  return unsafeCommand(words, unit.includes('ELECTRON_RUN_AS_NODE=1'))
}

/** The same for the words of a command: a runtime, the helper, a verb. */
export function unsafeCommand([runtime, script]: readonly string[], electron: boolean): string | null {
  if (runtime === undefined || script === undefined) return 'it starts something else'
  for (const path of [runtime, script, ...(electron ? filesBeside(runtime) : [])]) {
    const spot = weakSpotOf(path)
    if (spot !== null) return describeWeakSpot(spot)
  }
  return null
}

function filesBeside(runtime: string): string[] {
  const folder = dirname(runtime)
  try {
    return readdirSync(folder)
      .filter((name) => ELECTRONS_FILES.test(name))
      .map((name) => `${folder}/${name}`)
  } catch {
    // The runtime’s own way tells what is wrong with it.
    return []
  }
}
