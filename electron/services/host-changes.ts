import { type Failure, PatchbayError, toFailure } from '../../shared/failure'
import { isEnded, type OperationSubject } from '../../shared/operation'
import type { TransactionSummary } from '../../shared/transaction'
import type { OpenedHere } from '../world/open-world'
import {
  armedFields,
  findTransaction,
  follow,
  outcomeOf,
  refuseBridgeInUse,
  refuseBuiltUpon,
  refuseSecondChange,
  titlesOf,
  type Titles,
} from './bridge'
import type { HelperRequest, HelperRun } from './helper-process'
import { begin, type Outcome, type Progress } from './operations'

export type RunHelper = (request: HelperRequest) => HelperRun

export interface CreateBridgeRequest extends Armed {
  nic: string
  bridge: string
  /** Of the plan the user saw. */
  hostHash: string
  confirm: 'auto' | 'ask'
}

/** By the change that made it, or by its name. */
export type UndoBridgeRequest = ({ transaction: string } | { bridge: string }) & Armed

export interface Armed {
  /** From arming to the automatic rollback. */
  timeoutSeconds?: number
}

/** One run of the root helper, which is one transaction. */
interface Run {
  request: Omit<HelperRequest, 'onEvent'>
  titles: Titles
}

/** An operation under way: its run at the moment, and whether it is to be the last one. */
interface Work {
  run: HelperRun
  isStopped: boolean
}

/** Changes of the host's network, by the root helper. */
export class HostChanges {
  readonly #opened: OpenedHere
  readonly #runHelper: RunHelper
  readonly #works = new Map<string, Work>()

  constructor(opened: OpenedHere, runHelper: RunHelper) {
    this.#opened = opened
    this.#runHelper = runHelper
  }

  /** Starts making a bridge; answers with the id of its operation. @throws PatchbayError `usage`, `busy` */
  createBridge({ nic, bridge, hostHash, confirm, timeoutSeconds }: CreateBridgeRequest): string {
    const armed = armedFields(confirm, timeoutSeconds)
    refuseSecondChange(this.#world)
    const intent = { kind: 'create-bridge', nic, bridge }
    const request = { verb: 'apply', request: { ...armed, intent, hostHash } } as const
    return this.#change({ kind: 'bridge-create', nic, bridge }, `Make the bridge ${bridge} from ${nic}`, [
      { request, titles: titlesOf('bridge-create') },
    ])
  }

  /** Starts undoing a bridge. @throws PatchbayError `usage`, `not-found`, `refused`, `busy` */
  undoBridge(request: UndoBridgeRequest): string {
    const found = findTransaction(this.#world, request)
    refuseBuiltUpon(this.#world, found)
    return this.undoAll([found], request)
  }

  /** Starts undoing changes in this order, the last of which is the one that is meant. @throws PatchbayError `usage`, `refused`, `busy` */
  undoAll(changes: readonly TransactionSummary[], { timeoutSeconds }: Armed): string {
    const armed = armedFields('auto', timeoutSeconds)
    refuseSecondChange(this.#world)
    for (const { intent } of changes) refuseBridgeInUse(this.#world, intent.bridge)
    const last = changes.at(-1)
    if (last === undefined) throw new RangeError('there is nothing to undo')
    const titles = titlesOf('bridge-undo')
    const runs = changes.map(({ id, intent }): Run => ({
      request: { verb: 'undo', request: { ...armed, transaction: id } },
      titles: changes.length === 1 ? titles : (step) => `${intent.bridge}: ${titles(step)}`,
    }))
    const bridges = changes.map(({ intent }) => intent.bridge)
    const subject = { kind: 'bridge-undo', transaction: last.id, bridge: last.intent.bridge } as const
    const title = `Undo the bridge ${bridges.join(', then ')}`
    return this.#change(subject, title, runs)
  }

  /** Answers "Keep these settings?" with yes. @throws PatchbayError `not-found`, `refused` */
  keep(operation: string): null {
    this.#workOf(operation).run.control({ control: 'keep' })
    return null
  }

  /** Has a change rolled back that is not committed yet. @throws PatchbayError `not-found`, `refused` */
  revert(operation: string): null {
    stop(this.#workOf(operation))
    return null
  }

  /** Has every change rolled back that is under way; resolves when that is done. */
  async close(): Promise<void> {
    const works = [...this.#works.values()]
    works.forEach(stop)
    await Promise.all(works.map(({ run }) => run.ended))
  }

  get #world() {
    return this.#opened.store.current
  }

  #change(subject: OperationSubject, title: string, runs: readonly Run[]): string {
    const steps = runs.slice(0, 1).map(({ titles }) => titles('ask'))
    return begin(this.#opened.store, { subject, title, steps }, (progress) =>
      this.#perform(subject, runs, progress),
    )
  }

  /** One run after the other; the outcome is the last one's. */
  async #perform(subject: OperationSubject, runs: readonly Run[], progress: Progress): Promise<Outcome> {
    const outcomes: Outcome[] = []
    try {
      for (const run of runs) outcomes.push(await this.#runOnce(subject, run, progress))
    } catch (thrown) {
      throw outcomes.length === 0 ? thrown : partlyDone(toFailure(thrown), outcomes)
    } finally {
      this.#works.delete(progress.id)
    }
    const outcome = outcomes.at(-1)
    if (outcome === undefined) throw new RangeError('there is nothing to do')
    return outcome
  }

  async #runOnce(subject: OperationSubject, { request, titles }: Run, progress: Progress): Promise<Outcome> {
    if (this.#works.get(progress.id)?.isStopped === true) throw stopped()
    progress.step(titles('ask'), 'running')
    const run = this.#runHelper({ ...request, onEvent: (event) => follow(progress, titles, event) })
    this.#works.set(progress.id, { run, isStopped: false })
    const end = await run.ended
    // The World shows the host as it is now before the operation ends; how it ended does not hang on that.
    await Promise.allSettled([this.#opened.refreshHost(), this.#opened.refreshRecords()])
    return outcomeOf(end, subject)
  }

  #workOf(id: string): Work {
    const work = this.#works.get(id)
    if (work !== undefined) return work
    const known = this.#world.operations.find((operation) => operation.id === id)
    throw new PatchbayError(
      known !== undefined && isEnded(known)
        ? { code: 'refused', message: 'That change has already ended.' }
        : { code: 'not-found', message: 'There is no such change under way.' },
    )
  }
}

/** What is not committed is rolled back, and nothing more is begun. */
function stop(work: Work): void {
  work.isStopped = true
  work.run.hangUp()
}

const stopped = (): PatchbayError =>
  new PatchbayError({ code: 'rolled-back', message: 'It was stopped before it began.' })

/** What was undone before the failure stays undone. */
function partlyDone({ message, hint, detail }: Failure, { length }: readonly Outcome[]): PatchbayError {
  const done =
    length === 1
      ? 'The later change was undone and stays so'
      : `${length} later changes were undone and stay so`
  return new PatchbayError({
    code: 'partly-done',
    message: `${done}, this one was not. ${message}`,
    ...(hint === undefined ? {} : { hint }),
    ...(detail === undefined ? {} : { detail }),
  })
}
