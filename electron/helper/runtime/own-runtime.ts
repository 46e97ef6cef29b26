import { statSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { PatchbayError, toFailure } from '../../../shared/failure'
import { TRANSACTIONS_DIR } from '../../../shared/helper/protocol'
import { ownFolder } from '../root-files/files'
import { copyRuntime, type Piece } from './copy'
import { pruneRuntimes } from './prune-runtimes'
import { type Running, runningRuntime } from './running'
import { LEAST_NODE, type Runtime } from './runtime'
import { type Trial, tryRuntime } from './trial'
import { english } from '../../../shared/phrases/english'

/** Where distributions put theirs. */
const SYSTEM_NODE = '/usr/bin/node'

const BASE = dirname(TRANSACTIONS_DIR)

/** Copies of runtimes, each in a folder that bears the hash of its content. */
export const RUNTIMES_DIR = `${BASE}/runtime`

let chosen: Promise<Runtime> | null = null

/**
 * The runtime that root's units may start, now and later, as nobody but root may change it: the running one where that is so,
 * else the system's own Node, else a copy of the running one. Found once for this process. Throws a `PatchbayError` `refused`
 * when there is none. Takes up to seconds: call it before anything is armed, with the lock held.
 */
export async function ownRuntime(): Promise<Runtime> {
  chosen ??= choose()
  try {
    return await chosen
  } catch (error) {
    // Room may be made, or a Node installed, for another attempt.
    chosen = null
    throw error
  }
}

async function choose(): Promise<Runtime> {
  const running = runningRuntime()
  if (running.weakness === null) {
    await pruneRuntimes(RUNTIMES_DIR, dirname(running.path))
    return { path: running.path, env: running.env }
  }
  const system = await tryRuntime(SYSTEM_NODE, false)
  const copy = system.ok ? system : await copyOf(running)
  await pruneRuntimes(RUNTIMES_DIR, copy.ok ? dirname(copy.runtime.path) : null)
  if (!copy.ok) throw nothingOwn([running.weakness, system.ok ? '' : system.why, copy.why])
  return copy.runtime
}

async function copyOf(running: Running): Promise<Trial> {
  const pieces = piecesOf(running)
  if (pieces === null) return { ok: false, why: 'files of it have names that a copy can’t keep' }
  await ownFolder(BASE, 0o755)
  const [program] = pieces
  let folder: string
  try {
    folder = await copyRuntime(pieces, RUNTIMES_DIR)
  } catch (error) {
    if (error instanceof PatchbayError && error.failure.code === 'refused') throw error
    return {
      ok: false,
      why: `it could not be copied to ${RUNTIMES_DIR}: ${english(toFailure(error).message)}`,
    }
  }
  return tryRuntime(`${folder}/${program.name}`, running.electron)
}

/** The program first, and beside it what else of it is not the system's; null when that can't lie in one folder. */
function piecesOf({ electron, loose }: Running): [Piece, ...Piece[]] | null {
  const program = { name: electron ? 'electron' : 'node', source: '/proc/self/exe', executable: true }
  const others = loose
    .map(({ path, range }) => ({
      name: basename(path),
      source: `/proc/self/map_files/${range}`,
      executable: false,
    }))
    .filter(({ source }) => !isSameFile(source, program.source))
  const names = [program, ...others].map(({ name }) => name)
  const plain = names.every((name) => /^[A-Za-z0-9_][A-Za-z0-9._+-]{0,99}$/.test(name))
  return plain && new Set(names).size === names.length ? [program, ...others] : null
}

/** By what they are: a file that was given another name while it ran is known by that one. */
function isSameFile(one: string, other: string): boolean {
  const [a, b] = [statSync(one), statSync(other)]
  return a.dev === b.dev && a.ino === b.ino
}

const nothingOwn = (reasons: readonly string[]): PatchbayError =>
  new PatchbayError({
    code: 'refused',
    message: `What root starts later must be root’s own, and there is nothing that is: ${reasons.join('; ')}`,
    hint: `Install Node.js ${LEAST_NODE.join('.')} or later from your distribution (Debian, Ubuntu: sudo apt install nodejs), and try again.`,
  })
