// First, so that nothing comes between the start of this script and the copy of it.
import './safety-nets/own-script'
import './runtime/no-inspector'
// And this before the environment is emptied.
import './protocol/asker'
import { exitCodeOf, toFailure } from '../../shared/failure'
import type { HelperEvent } from '../../shared/helper/protocol'
import { printable } from './protocol/printable'
import { serve } from './serve'

/** The root helper: one verb, one request, one change. Its protocol is stated in shared/helper/protocol.ts. */
async function main(): Promise<number> {
  cleanEnvironment()
  return serve(process.argv.slice(2), process.stdin, process.stdout, ['SIGTERM', 'SIGINT', 'SIGHUP'])
}

/** Nothing of the caller's environment, folder or file mode has a say in what root does. */
function cleanEnvironment(): void {
  for (const name of Object.keys(process.env)) Reflect.deleteProperty(process.env, name)
  process.env.PATH = '/usr/sbin:/usr/bin:/sbin:/bin'
  process.env.LC_ALL = 'C'
  process.chdir('/')
  process.umask(0o077)
}

/** Milliseconds that the caller has for reading the last event. */
const LAST_WORD_MS = 5_000

/** Ends the process, at the latest when a caller that doesn't read has had time enough to. */
function end(code: number): void {
  process.exitCode = code
  setTimeout(() => process.exit(), LAST_WORD_MS).unref()
}

/**
 * Nothing is known of the state that a defect has left, so the process ends at once: what it has armed takes the change
 * back. Also for a defect, the last event says how it ended.
 */
function fail(error: unknown): void {
  const failure = printable(toFailure(error))
  const event: HelperEvent = { event: 'failed', failure }
  const code = exitCodeOf(failure)
  try {
    process.stdout.write(`${JSON.stringify(event)}\n`, () => process.exit(code))
  } catch {
    process.exit(code)
  }
  end(code)
}

process.once('uncaughtException', fail)
main().then(end, fail)
