import type { ApplyRequest, HelperEvent, StepName } from '../../../shared/helper/protocol'
import { type Failure, PatchbayError } from '../../../shared/failure'
import type { BridgePlan } from '../../../shared/helper/plan'
import type { Host } from '../../../shared/world/host'
import { type HostFacts, hostOf } from '../../host/facts'
import { lookAtHost } from '../../host/look'
import { ownershipOf } from '../../host/ownership/ownership'
import { planBridge } from '../../host/bridge/plan-bridge'
import { readTransactions } from '../../host/records/transactions'
import type { Backend, Prepared } from '../backends/backend'
import { openBackend } from '../backends/open'
import { carryAlong, notCarried } from './carry'
import type { Channel } from '../protocol/channel'
import { refuseTakenElsewhere } from '../kernel/taken-elsewhere'
import { saveAfter } from '../store/file-set'
import { gatewayAnswers } from '../kernel/gateway'
import { measureGap } from '../kernel/outage'
import { type Journal, newTransactionId, openJournal } from '../store/journal'
import { foreignPart } from '../kernel/carried'
import { readLinkState } from '../kernel/link-state'
import { endLeaseWatches } from '../safety-nets/lease-watch'
import { armNets, disarmAll, prepareNets, type SafetyNets } from '../safety-nets/nets'
import { changeOf, type TransactionRecord, writeRecord } from '../store/record'
import { step } from '../protocol/step'
import { type Matter, sideChecks } from './sides'
import { takeDigest, takeSnapshot } from '../store/snapshot'
import { confirmStep, endingOf, rollBack, type Schedule, scheduleFor, verifyStep } from './stages'
import { type Check, expectationOf, gatewaysOf } from '../change/verify'

/** What is known before anything changes. */
interface Preparation {
  host: Host
  backend: Backend
  prepared: Prepared
  record: TransactionRecord
}

/**
 * Makes the bridge as one transaction. Returns the last event: `committed`, `rolled-back`, or `failed`.
 * Throws a `PatchbayError` when it is refused before anything was changed.
 */
export async function apply(request: ApplyRequest, channel: Channel): Promise<HelperEvent> {
  const id = newTransactionId((await readTransactions())[0]?.id)
  channel.emit({ event: 'ready', transaction: id, steps: stepsOf(request) })
  const preparation = await look(request, channel)
  try {
    channel.abandoned.throwIfAborted()
    return await transact(request, channel, id, preparation)
  } finally {
    preparation.backend.close()
  }
}

async function transact(
  request: ApplyRequest,
  channel: Channel,
  id: string,
  preparation: Preparation,
): Promise<HelperEvent> {
  const schedule = scheduleFor(request.timeoutSeconds)
  const { journal, nets, matter } = await begin(request, channel, id, preparation)
  try {
    return await change(request, channel, journal, { nets, matter }, schedule)
  } catch (cause) {
    const failure = await rollBack(channel, cause, { armed: nets.armed, side: 'nic', matter })
    if (failure.code === 'rolled-back') {
      await journal.setState('rolled-back', failure, [])
      await disarmAll(nets)
    } else {
      // The timer tries again.
      await journal.setState('rollback-failed', failure, [])
    }
    return endingOf(id, failure)
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

function look(request: ApplyRequest, channel: Channel): Promise<Preparation> {
  return step(channel, 'look', async () => {
    const facts = await lookAtHost()
    const { nic } = request.intent
    const outcome = planBridge(facts, request.intent)
    if (outcome.kind === 'refused') throw new PatchbayError(outcome.failure)
    const { plan } = outcome
    if (plan.hostHash !== request.hostHash) throw new PatchbayError(hostChanged(nic))
    const card = facts.host.links.find(({ name }) => name === nic)
    if (card) await refuseTakenElsewhere(card)
    const backend = await openBackend(plan.backend)
    try {
      const gateways = gatewaysOf(facts, nic)
      const answers = await Promise.all(
        gateways.map((gateway) => gatewayAnswers(nic, gateway, channel.abandoned)),
      )
      const answering = gateways.filter((_, index) => answers[index])
      const prepared = await backend.prepare(facts, plan)
      const record = await recordOf(plan, prepared, facts, answering)
      await prepareNets()
      return {
        value: { host: hostOf(facts), backend, prepared, record },
        detail: gatewayNote(gateways, answering),
      }
    } catch (error) {
      backend.close()
      throw error
    }
  })
}

async function recordOf(
  plan: BridgePlan,
  { own, files, lease }: Prepared,
  facts: HostFacts,
  answering: readonly string[],
): Promise<TransactionRecord> {
  const { nic, bridge, backend } = plan
  const kernel = await readLinkState(nic)
  return {
    version: 2,
    ...{ backend, nic, bridge, mac: plan.moves.mac, lease },
    kernel,
    carried: foreignPart(kernel, ownershipOf(facts, nic)),
    files: files.map(({ path }) => path),
    managersFiles: files.filter(({ after }) => after.by === 'manager').map(({ path }) => path),
    own,
    armed: null,
    before: expectationOf(facts, nic, answering),
  }
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

interface Begun {
  journal: Journal
  nets: SafetyNets
  matter: Matter
}

/** Snapshot and arming. When either fails, nothing has changed, and nothing is recorded. */
async function begin(
  request: ApplyRequest,
  channel: Channel,
  id: string,
  { host, backend, prepared, record }: Preparation,
): Promise<Begun> {
  const journal = await openJournal(id, request.intent)
  try {
    await step(channel, 'snapshot', async () => {
      const count = await takeSnapshot(journal.snapshotFolder, backend.configuration, prepared.files)
      await saveAfter(journal.snapshotFolder, prepared.files)
      await writeRecord(journal, record)
      await journal.publish(await takeDigest(host, backend.configuration, record.files))
      return { value: undefined, detail: `${count} files` }
    })
    const matter = { backend, change: changeOf(journal, record), before: record.before }
    const seconds = request.timeoutSeconds
    const nets = await step(channel, 'arm', async () => {
      const armed = await armNets(backend, matter.change, seconds)
      try {
        // Only now: whoever dies before has changed nothing, and whoever dies later is cleaned up after.
        await journal.setState('armed')
        await writeRecord(journal, { ...record, armed: armed.armed?.token ?? null })
      } catch (error) {
        await disarmAll(armed)
        throw error
      }
      return { value: armed, detail: `taken back by itself after ${seconds} s` }
    })
    return { journal, nets, matter }
  } catch (error) {
    await journal.discard()
    throw error
  }
}

async function change(
  request: ApplyRequest,
  channel: Channel,
  journal: Journal,
  { nets, matter }: Pick<Begun, 'nets' | 'matter'>,
  schedule: Schedule,
): Promise<HelperEvent> {
  const { backend, change: wanted, before } = matter
  const signal = channel.abandoned
  const endOfGap = measureGap(before.gateways[0] ?? null)
  try {
    await step(channel, 'apply', async () => {
      await endLeaseWatches()
      await backend.apply('bridge', wanted, { signal, deadline: schedule.tryUntil })
      await carryAlong('bridge', wanted)
      signal.throwIfAborted()
      return { value: undefined, detail: `${wanted.bridge} with ${wanted.nic}` }
    })
    const judge = (now: HostFacts): Promise<Check[]> => sideChecks('bridge', matter, now, false)
    const verification = { judge, link: wanted.bridge, gateways: before.gateways }
    await verifyStep(channel, verification, schedule.tryUntil)
  } catch (error) {
    endOfGap()
    throw error
  }
  const gapMs = endOfGap()
  if (request.confirm === 'ask') await confirmStep(channel, schedule)
  await step(channel, 'commit', async () => {
    // Once more: by now the manager has come to rest.
    const lost = await carryAlong('bridge', wanted)
    await backend.keep('bridge', wanted)
    await wanted.files.keepManagersFiles()
    signal.throwIfAborted()
    await nets.disarmManager()
    await journal.setState('committed', null, await filesAdded(matter))
    await nets.disarm()
    const kept = wanted.files.paths.join(', ') || 'until the next restart'
    return { value: undefined, detail: `${kept}${notCarried(lost)}` }
  })
  return { event: 'committed', transaction: journal.id, gapMs }
}

/** The files that are there on the bridge's side and were not before. */
async function filesAdded({ change: { files } }: Matter): Promise<string[]> {
  const added = await Promise.all(
    files.paths.map(async (path) => {
      const [before, after] = await Promise.all([files.copyOf('nic', path), files.copyOf('bridge', path)])
      return before === null && after !== null ? path : null
    }),
  )
  return added.filter((path) => path !== null)
}
