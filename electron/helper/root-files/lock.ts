import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, constants, fchmodSync, fstatSync, openSync } from 'node:fs'
import { findBinary } from '../../system/command'
import { PatchbayError } from '../../../shared/failure'
import { ownFolder } from './files'
import { inFolder, isCode, isForRootAlone } from './folder'
import { say } from '../../../shared/phrases/phrase'

/** Gone after a reboot, like every lock should be. */
const LOCK_FOLDER = '/run/patchbay'
const LOCK = 'lock'

/** How flock(1) says that somebody else has the lock. */
const TAKEN = 1

/**
 * Takes the lock that only one host change may hold, and returns what releases it. The lock belongs to a file that this
 * process holds open (flock(2)), so it ends with this process however that ends; flock(1) only takes it.
 * Throws a `PatchbayError` `busy` when somebody else still has it after `waitSeconds`.
 */
export async function takeLock(waitSeconds = 0): Promise<() => void> {
  await ownFolder(LOCK_FOLDER, 0o755)
  const flock = findBinary('flock')
  if (flock === null) {
    throw new PatchbayError({
      code: 'unsupported',
      message: say('program-flock-not-installed'),
      hint: say('install-package-util-linux'),
    })
  }
  const file = await inFolder(LOCK_FOLDER, (folder) => Promise.resolve(openLock(folder.at(LOCK))))
  try {
    await lock(flock, file, waitSeconds)
  } catch (error) {
    closeSync(file)
    throw error
  }
  return () => closeSync(file)
}

/** Opens a file for root alone: whoever else can open it can hold the lock for ever. A pipe must not make it wait. */
function openLock(at: string): number {
  const { O_RDWR, O_CREAT, O_NOFOLLOW, O_NONBLOCK } = constants
  let file: number
  try {
    file = openSync(at, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK, 0o600)
  } catch (error) {
    // A link, a folder, a socket.
    if (['ELOOP', 'EISDIR', 'ENXIO'].some((code) => isCode(error, code))) throw foreignLock(error)
    throw error
  }
  const status = fstatSync(file)
  if (!status.isFile() || status.nlink !== 1 || !isForRootAlone(status)) {
    closeSync(file)
    throw foreignLock()
  }
  fchmodSync(file, 0o600)
  return file
}

const foreignLock = (cause?: unknown): PatchbayError =>
  new PatchbayError(
    {
      code: 'internal',
      message: say('not-file-belongs-to-root', { folder: LOCK_FOLDER, file: LOCK }),
      hint: say('remove-try-again'),
    },
    { cause },
  )

async function lock(flock: string, file: number, waitSeconds: number): Promise<void> {
  const patience = waitSeconds === 0 ? ['--nonblock'] : ['--timeout', String(waitSeconds)]
  // The child gets the open file itself, as its number 3.
  const child = spawn(flock, [...patience, '3'], { stdio: ['ignore', 'ignore', 'ignore', file], env: {} })
  const [code] = (await once(child, 'close')) as [number | null]
  if (code === 0) return
  if (code === TAKEN) {
    throw new PatchbayError({
      code: 'busy',
      message: say('another-host-change-under-way'),
      hint: say('wait-until-ended-takes'),
    })
  }
  throw new PatchbayError({ code: 'internal', message: `flock failed with exit code ${code ?? 'none'}` })
}
