// Node itself and the npm packages of the lockfile.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, runOrStop, say, Stop } from './process.mjs'

/** Stops when this Node is older than the project supports. */
export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  throw new Stop(
    `Node ${process.versions.node} is too old: Patchbay needs 20.19 or later. See https://nodejs.org/en/download`,
  )
}

/** Installs the packages of the lockfile, unless they are there already. */
export async function ensureModules() {
  if (modulesAreCurrent()) return
  say('installing npm packages')
  await runOrStop('npm', ['ci', '--no-audit', '--no-fund'], { quiet: true })
}

/** Compares the lockfile with npm's own record of what it installed. */
function modulesAreCurrent() {
  const recordFile = join(root, 'node_modules/.package-lock.json')
  if (!existsSync(recordFile)) return false
  const installed = packagesIn(recordFile)
  return Object.entries(packagesIn(join(root, 'package-lock.json'))).every(([path, wanted]) => {
    const found = installed[path]
    // Optional packages are for other systems as well; npm installs those that fit this one.
    return found === undefined
      ? path === '' || wanted.optional === true
      : found.integrity === wanted.integrity
  })
}

const packagesIn = (file) => JSON.parse(readFileSync(file, 'utf8')).packages
