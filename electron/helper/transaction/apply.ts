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
import type { Channel } from '../protocol/channel'
import { refuseTakenElsewhere } from '../kernel/taken-elsewhere'
import { saveAfter } from '../store/file-set'
import { gatewayAnswers } from '../kernel/gateway'
import { type Journal, newTransactionId, openJournal } from '../store/journal'
import { foreignPart } from '../kernel/carried'
import { readLinkState } from '../kernel/link-state'
import { prepareNets } from '../safety-nets/nets'
import { changeOf, type TransactionRecord, writeRecord } from '../store/record'
import { step } from '../protocol/step'
import type { Matter } from './sides'
import { takeDigest, takeSnapshot } from '../store/snapshot'
import { type Direction, transact } from './transact'
import { expectationOf, gatewaysOf } from '../change/proofs'
import { say } from '../../../shared/phrases/phrase'

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
    const journal = await begin(request, channel, id, preparation)
    const { backend, record } = preparation
    const matter = { backend, change: changeOf(journal, record), before: record.before }
    return await transact(channel, { journal, record, matter, ...request }, making)
  } finally {
    preparation.backend.close()
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
  message: say('network-on-changed-since-plan', { nic }),
  hint: say('look-at-plan-again-confirm'),
})

function gatewayNote(gateways: readonly string[], answering: readonly string[]): string {
  const silent = gateways.filter((gateway) => !answering.includes(gateway))
  if (gateways.length === 0) return 'there is no gateway to check'
  if (silent.length === 0) return `the gateway ${answering.join(', ')} answers`
  return `the gateway ${silent.join(', ')} does not answer even now, so it can’t be checked`
}

/** The snapshot. When it fails, nothing is recorded. */
async function begin(
  request: ApplyRequest,
  channel: Channel,
  id: string,
  { host, backend, prepared, record }: Preparation,
): Promise<Journal> {
  const journal = await openJournal(id, request.intent)
  try {
    await step(channel, 'snapshot', async () => {
      const count = await takeSnapshot(journal.snapshotFolder, backend.configuration, prepared.files)
      await saveAfter(journal.snapshotFolder, prepared.files)
      await writeRecord(journal, record)
      await journal.publish(await takeDigest(host, backend.configuration, record.files))
      return { value: undefined, detail: `${count} files` }
    })
    return journal
  } catch (error) {
    await journal.discard()
    throw error
  }
}

const making: Direction = {
  to: 'bridge',
  states: { underWay: 'armed', end: 'committed' },
  words: {
    applied: ({ bridge, nic }) => `${bridge} with ${nic}`,
    kept: ({ files }) => files.paths.join(', ') || 'until the next restart',
  },
  keep: {
    when: 'armed',
    how: async ({ backend, change }) => {
      await backend.keep('bridge', change)
      await change.files.keepManagersFiles()
    },
  },
  added: filesAdded,
  neverBegan: (journal) => journal.discard(),
  takenBack: (journal, failure) => journal.setState('rolled-back', failure, []),
  stuck: (journal, failure) => journal.setState('rollback-failed', failure, []),
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
