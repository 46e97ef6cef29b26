// Builds everything into out/: main, preload and renderer by electron-vite, the command line and the root helper
// as one file each. Does nothing when the sources are those of the last build.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { chmod, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { main, root, say } from './process.mjs'

const SOURCES = [
  'electron',
  'renderer',
  'shared',
  'resources',
  'scripts/build.mjs',
  'electron.vite.config.ts',
  'package-lock.json',
  'tsconfig.json',
]
const RESULTS = [
  'main/main.cjs',
  'preload/preload.cjs',
  'renderer/index.html',
  'cli/patchbay.cjs',
  'helper/helper.cjs',
].map((file) => join(root, 'out', file))

const stampFile = join(root, 'out/.sources')

/** Builds when needed. `force` builds in any case. */
export async function build({ force = false } = {}) {
  const sources = await hashOf(SOURCES)
  const current = existsSync(stampFile) && readFileSync(stampFile, 'utf8') === sources
  if (!force && current && RESULTS.every((file) => existsSync(file))) return
  say('building')
  await rm(stampFile, { force: true })
  const { build: buildElectron } = await import('electron-vite')
  await buildElectron({ root, logLevel: 'warn' })
  await single('electron/cli/main.ts', 'cli', 'patchbay', '#!/usr/bin/env node')
  await single('electron/helper/main.ts', 'helper', 'helper')
  await writeFile(stampFile, sources)
}

/** One source file with all it imports as one CommonJS file for Node 18.15. */
async function single(entry, folder, name, banner = '') {
  const { build: bundle } = await import('vite')
  await bundle({
    root,
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true },
    build: {
      ssr: true,
      target: 'node18.15',
      outDir: `out/${folder}`,
      emptyOutDir: true,
      rolldownOptions: {
        input: entry,
        output: { format: 'cjs', entryFileNames: `${name}.cjs`, codeSplitting: false, banner },
      },
    },
  })
  await chmod(join(root, 'out', folder, `${name}.cjs`), 0o755)
}

/** A hash over names and contents of files and of folders with all that is in them. */
async function hashOf(paths) {
  const hash = createHash('sha256')
  for (const path of paths) {
    for (const file of await filesIn(join(root, path))) {
      hash
        .update(relative(root, file))
        .update('\0')
        .update(await readFile(file))
        .update('\0')
    }
  }
  return hash.digest('hex')
}

async function filesIn(path) {
  if (!existsSync(path)) return []
  try {
    const entries = await readdir(path, { withFileTypes: true })
    const nested = await Promise.all(
      entries.map((entry) =>
        entry.isDirectory() ? filesIn(join(path, entry.name)) : [join(path, entry.name)],
      ),
    )
    return nested.flat().sort()
  } catch (error) {
    if (error.code === 'ENOTDIR') return [path]
    throw error
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await main(() => build({ force: process.argv.includes('--force') }))
}
