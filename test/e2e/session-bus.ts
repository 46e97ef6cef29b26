import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface SessionBus {
  /** For DBUS_SESSION_BUS_ADDRESS. */
  address: string
  close: () => Promise<void>
}

/** Starts a session bus of its own, on a socket in the file system, which labs reach as well. */
export async function startSessionBus(): Promise<SessionBus> {
  const folder = await mkdtemp(join(tmpdir(), 'patchbay-bus-'))
  const address = `unix:path=${join(folder, 'bus')}`
  const args = ['--session', '--nofork', '--nopidfile', `--address=${address}`, '--print-address']
  const daemon = spawn('setpriv', ['--pdeathsig', 'KILL', 'dbus-daemon', ...args], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const gone = once(daemon, 'exit')
  await Promise.race([once(daemon.stdout, 'data'), gone])
  if (daemon.exitCode !== null) throw new Error('dbus-daemon could not be started')
  return {
    address,
    close: async () => {
      daemon.kill()
      await gone
      await rm(folder, { recursive: true, force: true })
    },
  }
}
