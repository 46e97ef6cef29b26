import type { z } from 'zod'
import {
  applyRequest,
  HELPER_VERBS,
  type HelperEvent,
  type HelperVerb,
  rollbackRequest,
  statusRequest,
  undoRequest,
} from '../../shared/helper-protocol'
import { exitCodeOf, PatchbayError, toFailure } from '../../shared/failure'
import { readTransactions } from '../host/transactions'
import { apply } from './apply'
import { type Channel, openChannel } from './channel'
import { takeLock } from './lock'
import { recover, settleLeftovers } from './recover'
import { undo } from './undo'

/** The root helper: one verb, one request, one change. Its protocol is stated in shared/helper-protocol.ts. */
async function main(): Promise<number> {
  cleanEnvironment()
  const channel = openChannel(process.stdin, process.stdout, ['SIGTERM', 'SIGINT', 'SIGHUP'])
  const verb = process.argv[2]
  let ending: HelperEvent
  try {
    refuseUnlessRoot()
    ending = await run(parseVerb(verb), await channel.request(), channel)
  } catch (error) {
    ending = { event: 'failed', failure: toFailure(error) }
  }
  channel.emit(ending)
  channel.close()
  return exitCodeFor(ending, verb)
}

/** Nothing of the caller's environment, folder or file mode has a say in what root does. */
function cleanEnvironment(): void {
  for (const name of Object.keys(process.env)) Reflect.deleteProperty(process.env, name)
  process.env.PATH = '/usr/sbin:/usr/bin:/sbin:/bin'
  process.env.LC_ALL = 'C'
  process.chdir('/')
  process.umask(0o077)
}

function refuseUnlessRoot(): void {
  if (process.getuid?.() === 0) return
  throw new PatchbayError({
    code: 'not-permitted',
    message: 'The helper changes the host’s network, so it must be started as root',
    hint: 'Let Patchbay start it: it asks for the password.',
  })
}

function parseVerb(verb: string | undefined): HelperVerb {
  const known = HELPER_VERBS.find((one) => one === verb)
  if (known !== undefined && process.argv.length === 3) return known
  throw new PatchbayError({
    code: 'usage',
    message: 'The helper takes exactly one verb',
    hint: `One of: ${HELPER_VERBS.join(', ')}.`,
  })
}

async function run(verb: HelperVerb, request: unknown, channel: Channel): Promise<HelperEvent> {
  switch (verb) {
    case 'apply': {
      const wanted = parse(applyRequest, request)
      channel.abandoned.throwIfAborted()
      return alone(0, async () => {
        await settleLeftovers(channel)
        return apply(wanted, channel)
      })
    }
    case 'undo': {
      const wanted = parse(undoRequest, request)
      channel.abandoned.throwIfAborted()
      return alone(0, async () => {
        await settleLeftovers(channel)
        return undo(wanted, channel)
      })
    }
    case 'rollback': {
      // Also with nobody listening any more, and after whoever holds the lock: it is the last resort.
      const wanted = parse(rollbackRequest, request)
      return alone(PATIENCE_S, () => recover(wanted, channel))
    }
    case 'status':
      parse(statusRequest, request)
      return { event: 'status', transactions: await readTransactions() }
  }
}

function parse<T>(schema: z.ZodType<T>, request: unknown): T {
  const parsed = schema.safeParse(request)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const where = issue?.path.join('.') ?? ''
  throw new PatchbayError({
    code: 'usage',
    message: `The request makes no sense${where === '' ? '' : ` at “${where}”`}: ${issue?.message ?? ''}`,
  })
}

/** Longer than a rollback takes. Seconds. */
const PATIENCE_S = 25

/** Holds the lock for as long as `work` takes. */
async function alone(waitSeconds: number, work: () => Promise<HelperEvent>): Promise<HelperEvent> {
  const release = await takeLock(waitSeconds)
  try {
    return await work()
  } finally {
    release()
  }
}

/** As the command line's; for the verb `rollback`, rolled back is what was asked for. */
function exitCodeFor(ending: HelperEvent, verb: string | undefined): number {
  if (ending.event === 'failed') return exitCodeOf(ending.failure)
  return ending.event === 'rolled-back' && verb !== 'rollback' ? exitCodeOf(ending.failure) : 0
}

main().then(
  (code) => {
    process.exitCode = code
  },
  (error: unknown) => {
    process.stderr.write(`${String(error)}\n`)
    process.exitCode = 1
  },
)
