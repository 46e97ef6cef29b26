import type { Readable, Writable } from 'node:stream'
import type { z } from 'zod'
import {
  addRequest,
  ADDITIONS_DIR,
  applyRequest,
  HELPER_VERBS,
  type HelperEvent,
  type HelperVerb,
  removeRequest,
  restoreRequest,
  rollbackRequest,
  statusRequest,
  TRANSACTIONS_DIR,
  undoRequest,
} from '../../shared/helper/protocol'
import { exitCodeOf, PatchbayError, toFailure } from '../../shared/failure'
import { readTransactions } from '../host/records/transactions'
import { add, remove, restore } from './additions/additions'
import { apply } from './transaction/apply'
import { type Channel, openChannel } from './protocol/channel'
import { refuseUnlessAlone } from './root-files/folder'
import { takeLock } from './root-files/lock'
import { makeUnitsSafe, makingUnitsSafe } from './safety-nets/older-units'
import { printable } from './protocol/printable'
import { recover, settleLeftovers } from './transaction/recover'
import { undo } from './transaction/undo'
import { say } from '../../shared/phrases/phrase'

/**
 * Serves one request on two streams, and returns the exit code. The last event that it emits tells how it ended, whatever
 * happened; `signals` are those that mean "roll back now". It takes its process for what main.ts has made of it.
 */
export async function serve(
  words: readonly string[],
  input: Readable,
  output: Writable,
  signals: readonly NodeJS.Signals[] = [],
): Promise<number> {
  const channel = openChannel(input, output, signals)
  let ending: HelperEvent
  try {
    refuseUnlessRoot()
    ending = await run(parseVerb(words), await channel.request(), channel)
  } catch (error) {
    ending = { event: 'failed', failure: toFailure(error) }
  }
  channel.emit('failure' in ending ? { ...ending, failure: printable(ending.failure) } : ending)
  channel.close()
  return exitCodeFor(ending, words[0])
}

function refuseUnlessRoot(): void {
  if (process.getuid?.() === 0) return
  throw new PatchbayError({
    code: 'not-permitted',
    message: say('helper-changes-host-network-must'),
    hint: say('let-patchbay-start-asks'),
  })
}

function parseVerb([verb, ...more]: readonly string[]): HelperVerb {
  const known = HELPER_VERBS.find((one) => one === verb)
  if (known !== undefined && more.length === 0) return known
  throw new PatchbayError({
    code: 'usage',
    message: say('helper-takes-exactly-verb'),
    hint: say('one-of', { verbs: HELPER_VERBS.join(', ') }),
  })
}

async function run(verb: HelperVerb, request: unknown, channel: Channel): Promise<HelperEvent> {
  switch (verb) {
    case 'apply': {
      const wanted = parse(applyRequest, request)
      channel.abandoned.throwIfAborted()
      return alone(0, async () => {
        await makeUnitsSafe()
        await settleLeftovers(channel)
        return apply(wanted, channel)
      })
    }
    case 'undo': {
      const wanted = parse(undoRequest, request)
      channel.abandoned.throwIfAborted()
      return alone(0, async () => {
        await makeUnitsSafe()
        await settleLeftovers(channel)
        return undo(wanted, channel)
      })
    }
    case 'rollback': {
      // Also with nobody listening any more, and after whoever holds the lock: it is the last resort.
      const wanted = parse(rollbackRequest, request)
      return alone(PATIENCE_S, () =>
        wanted.boot === true ? recover(wanted, channel) : makingUnitsSafe(recover(wanted, channel)),
      )
    }
    case 'add': {
      const wanted = parse(addRequest, request)
      channel.abandoned.throwIfAborted()
      return alone(0, async () => {
        await makeUnitsSafe()
        return add(wanted, channel)
      })
    }
    case 'remove': {
      const wanted = parse(removeRequest, request)
      channel.abandoned.throwIfAborted()
      return alone(0, () => makingUnitsSafe(remove(wanted, channel)))
    }
    case 'restore':
      parse(restoreRequest, request)
      return alone(PATIENCE_S, () => makingUnitsSafe(restore()))
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
    await refuseUnlessAlone(TRANSACTIONS_DIR)
    await refuseUnlessAlone(ADDITIONS_DIR)
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
