import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'

/** An X server without a screen, for the app to draw on. */
export interface Screen {
  /** For the variable DISPLAY. */
  display: string
  close: () => Promise<void>
}

/** Starts Xvfb under the first free number. Ends with this process, or at `close`. */
export async function startScreen(): Promise<Screen> {
  const args = ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp', '-ac', '-noreset']
  const server = spawn('setpriv', ['--pdeathsig', 'KILL', 'Xvfb', ...args], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  })
  const number = server.stdio[3] as Readable
  const gone = once(server, 'exit')
  const [first] = await Promise.race([once(number, 'data'), gone.then(() => [null])])
  if (first === null) throw new Error('Xvfb could not be started')
  return {
    display: `:${String(first).trim()}`,
    close: async () => {
      server.kill()
      await gone
    },
  }
}
