import type { ApplyRequest, HelperEvent, StepName } from '../../shared/helper-protocol'
import { type Failure, PatchbayError } from '../../shared/failure'
import type { BridgePlan } from '../../shared/plan'
import { PROFILES_DIR } from '../host/profiles'
import type { HostFacts } from '../host/facts'
import { lookAtHost } from '../host/look'
import { planBridge } from '../host/plan-bridge'
import type { Armed, Backend } from './backends/backend'
import type { Channel } from './channel'
import { gatewayAnswers } from './gateway'
import { measureGap } from './gap'
import { type Journal, newTransactionId, openJournal, type TransactionRecord, writeRecord } from './journal'
import { step } from './session'
import { currentFiles, differences, type SavedFile, takeSnapshot } from './snapshot'
import { confirmStep, endingOf, rollBack, type Schedule, scheduleFor, verifyStep } from './transaction'
import { bridgeChecks, type Check, expectationOf, gatewaysOf, restoredChecks } from './verify'

/** What is known before anything changes. */
interface Preparation {
  request: ApplyRequest
  channel: Channel
  backend: Backend
  facts: HostFacts
  plan: BridgePlan
  record: TransactionRecord
}

/**
 * Makes the bridge as one transaction. Returns the last event: `committed`, `rolled-back`, or `failed`.
 * Throws a `PatchbayError` when it is refused before anything was changed.
 */
export async function apply(request: ApplyRequest, channel: Channel, backend: Backend): Promise<HelperEvent> {
  const id = newTransactionId()
  channel.emit({ event: 'ready', transaction: id, steps: stepsOf(request) })
  const preparation = await look(request, channel, backend)
  channel.abandoned.throwIfAborted()
  const schedule = scheduleFor(request.timeoutSeconds)
  const { journal, saved, armed } = await begin(preparation, id)
  try {
    return await change(preparation, journal, armed, schedule)
  } catch (cause) {
    const failure = await takeBack(preparation, armed, saved, cause)
    await journal.setState(failure.code === 'rolled-back' ? 'rolled-back' : 'rollback-failed', failure, [])
    return endingOf(id, failure)
  }
}

interface Begun {
  journal: Journal
  saved: SavedFile[]
  armed: Armed
}

/** Snapshot and arming. When either fails, nothing has changed, and nothing is recorded. */
async function begin(preparation: Preparation, id: string): Promise<Begun> {
  const journal = await openJournal(id, preparation.request.intent, preparation.record)
  try {
    const saved = await snapshot(preparation, journal)
    return { journal, saved, armed: await arm(preparation, journal) }
  } catch (error) {
    await journal.discard()
    throw error
  }
}

function stepsOf({ confirm }: ApplyRequest): StepName[] {
  return [
    'look',
    'snapshot',
    'arm',
    'apply',
    'verify',
    ...(confirm === 'ask' ? ['confirm' as const] : []),
    'commit',
  ]
}

function look(request: ApplyRequest, channel: Channel, backend: Backend): Promise<Preparation> {
  return step(channel, 'look', async () => {
    const facts = await lookAtHost()
    const { nic } = request.intent
    const outcome = planBridge(facts, request.intent)
    if (outcome.kind === 'refused') throw new PatchbayError(outcome.failure)
    const { plan } = outcome
    if (plan.hostHash !== request.hostHash) throw new PatchbayError(hostChanged(nic))
    const gateways = gatewaysOf(facts, nic)
    const answers = await Promise.all(
      gateways.map((gateway) => gatewayAnswers(nic, gateway, channel.abandoned)),
    )
    const answering = gateways.filter((_, index) => answers[index])
    const record: TransactionRecord = {
      backend: backend.name,
      change: backend.recordOf(facts, plan),
      armed: null,
      before: expectationOf(facts, nic, answering),
    }
    return {
      value: { request, channel, backend, facts, plan, record },
      detail: gatewayNote(gateways, answering),
    }
  })
}

const hostChanged = (nic: string): Failure => ({
  code: 'host-changed',
  message: `The network on ${nic} has changed since the plan was shown`,
  hint: 'Look at the plan again, and confirm it anew.',
})

function gatewayNote(gateways: readonly string[], answering: readonly string[]): string {
  const silent = gateways.filter((gateway) => !answering.includes(gateway))
  if (gateways.length === 0) return 'there is no gateway to check'
  if (silent.length === 0) return `the gateway ${answering.join(', ')} answers`
  return `the gateway ${silent.join(', ')} does not answer even now, so it can’t be checked`
}

function snapshot({ channel, backend }: Preparation, journal: Journal): Promise<SavedFile[]> {
  return step(channel, 'snapshot', async () => {
    const files = await takeSnapshot(journal.snapshotFolder, backend.configuration)
    return { value: files, detail: `${files.length} files` }
  })
}

function arm({ channel, backend, record, request }: Preparation, journal: Journal): Promise<Armed> {
  return step(channel, 'arm', async () => {
    const seconds = request.timeoutSeconds
    const armed = await backend.arm([record.change.nic], seconds)
    try {
      await writeRecord(journal, { ...record, armed: armed.token })
    } catch (error) {
      await armed.disarm()
      throw error
    }
    return { value: armed, detail: `taken back by itself after ${seconds} s` }
  })
}

async function change(
  { request, channel, backend, facts, record }: Preparation,
  journal: Journal,
  armed: Armed,
  schedule: Schedule,
): Promise<HelperEvent> {
  const { change: wanted, before } = record
  const signal = channel.abandoned
  const endOfGap = measureGap(before.gateways[0] ?? null)
  try {
    await step(channel, 'apply', async () => {
      const context = { signal, deadline: schedule.tryUntil }
      await backend.createBridge(wanted, facts, context)
      signal.throwIfAborted()
      return { value: undefined, detail: `${wanted.bridge} with ${wanted.nic}` }
    })
    const judge = (now: HostFacts): Check[] => bridgeChecks(now, wanted, before)
    const verification = { judge, link: wanted.bridge, gateways: before.gateways }
    await verifyStep(channel, verification, schedule.tryUntil)
  } catch (error) {
    endOfGap()
    throw error
  }
  const gapMs = endOfGap()
  if (request.confirm === 'ask') await confirmStep(channel, schedule)
  await step(channel, 'commit', async () => {
    const added = await backend.keepBridge(wanted)
    signal.throwIfAborted()
    await armed.disarm()
    await journal.setState('committed', null, added)
    return { value: undefined, detail: added.join(', ') }
  })
  return { event: 'committed', transaction: journal.id, gapMs }
}

function takeBack(
  { channel, backend, record }: Preparation,
  armed: Armed,
  saved: readonly SavedFile[],
  cause: unknown,
): Promise<Failure> {
  const { change: undone, before } = record
  let changed: string[] = []
  return rollBack(channel, cause, {
    armed,
    async restore(deadline) {
      await backend.forgetBridge(undone)
      await backend.settle(undone, 'nic', undone.lease, deadline)
      const own = (file: SavedFile): boolean => file.path.startsWith(`${PROFILES_DIR}/`)
      changed = differences(saved.filter(own), (await currentFiles([PROFILES_DIR])).filter(own))
    },
    verification: {
      link: undone.nic,
      judge: (now) => [
        ...restoredChecks(now, undone, before),
        {
          name: 'configuration files',
          ok: changed.length === 0,
          detail: changed.length === 0 ? 'unchanged' : `changed: ${changed.join(', ')}`,
        },
      ],
    },
  })
}
