import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { findBinary } from '../host/command'
import { PatchbayError } from '../../shared/failure'
import { ownFolder } from './files'

/** Gone after a reboot, like every lock should be. */
const LOCK_FOLDER = '/run/patchbay'

/**
 * Takes the lock that only one host change may hold, and returns what releases it. The lock is held by flock(1)
 * around a `cat` that reads from this process, so it ends with this process however that ends.
 * Throws a `PatchbayError` `busy` when somebody else still has it after `waitSeconds`.
 */
export async function takeLock(waitSeconds = 0): Promise<() => void> {
  await ownFolder(LOCK_FOLDER, 0o755)
  const flock = findBinary('flock')
  const cat = findBinary('cat')
  if (flock === null || cat === null) {
    throw new PatchbayError({
      code: 'unsupported',
      message: 'The program “flock” is not installed',
      hint: 'Install the package util-linux.',
    })
  }
  const patience = waitSeconds === 0 ? ['--nonblock'] : ['--timeout', String(waitSeconds)]
  const args = [...patience, `${LOCK_FOLDER}/lock`, cat]
  const holder = spawn(flock, args, { stdio: ['pipe', 'pipe', 'ignore'], env: {} })
  holder.stdin.on('error', () => undefined)
  const gone = once(holder, 'close').then(() => false)
  const echo = once(holder.stdout, 'data').then(() => true)
  holder.stdin.write('held\n')
  if (await Promise.race([gone, echo])) return () => holder.stdin.end()
  throw new PatchbayError({
    code: 'busy',
    message: 'Another host change is under way',
    hint: 'Wait until it has ended; it takes no longer than its armed time.',
  })
}
