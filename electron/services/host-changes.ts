import { type Failure, PatchbayError, toFailure } from '../../shared/failure'
import { cablesOn, linksBelow } from '../../shared/world/cables'
import { isEnded, type OperationSubject } from '../../shared/world/operation'
import type { Target } from '../../shared/world/target'
import type { TransactionSummary } from '../../shared/helper/transaction'
import type { Attachment } from '../../shared/world/world'
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
import { planWay, type ConnectAll, type Way } from './make-way'
import { begin, type Outcome, type Progress } from './operations'
import { say, type Text } from '../../shared/phrases/phrase'

export type RunHelper = (request: HelperRequest) => HelperRun

export interface CreateBridgeRequest extends Armed {
  nic: string
  bridge: string
  /** Of the plan the user saw. */
  hostHash: string
  confirm: 'auto' | 'ask'
}

/** By the change that made it, or by its name. */
export type UndoBridgeRequest = ({ transaction: string } | { bridge: string }) & UndoOptions

export interface UndoOptions extends Armed {
  /** Where to plug in first what is on the bridges; without it they are refused to be undone while a machine runs on them. */
  moveTo?: Target | null
}

export interface Armed {
  /** From arming to the automatic rollback. */
  timeoutSeconds?: number
}

/** One run of the root helper, which is one transaction. */
interface Run {
  request: Omit<HelperRequest, 'onEvent'>
  titles: Titles
}

/** An operation under way: its run at the moment, if the helper is at work, and whether it is to be the last one. */
interface Work {
  run: HelperRun | null
  isStopped: boolean
}

/** Changes of the host's network, by the root helper. */
export class HostChanges {
  readonly #opened: OpenedHere
  readonly #runHelper: RunHelper
  readonly #connectAll: ConnectAll
  readonly #works = new Map<string, Work>()

  /** @param connectAll moves machines that are in the way of an undo */
  constructor(opened: OpenedHere, runHelper: RunHelper, connectAll: ConnectAll) {
    this.#opened = opened
    this.#runHelper = runHelper
    this.#connectAll = connectAll
  }

  /** Starts making a bridge; answers with the id of its operation. @throws PatchbayError `usage`, `busy` */
  createBridge({ nic, bridge, hostHash, confirm, timeoutSeconds }: CreateBridgeRequest): string {
    const armed = armedFields(confirm, timeoutSeconds)
    refuseSecondChange(this.#world)
    const intent = { kind: 'create-bridge', nic, bridge }
    const request = { verb: 'apply', request: { ...armed, intent, hostHash } } as const
    return this.#change({ kind: 'bridge-create', nic, bridge }, say('make-bridge-2', { bridge, nic }), [
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
  undoAll(changes: readonly TransactionSummary[], { timeoutSeconds, moveTo = null }: UndoOptions): string {
    const armed = armedFields('auto', timeoutSeconds)
    refuseSecondChange(this.#world)
    const bridges = changes.map(({ intent }) => intent.bridge)
    const way = this.#wayFor(bridges, moveTo)
    if (way === null) refuseBridgeInUse(this.#world, bridges)
    const last = changes.at(-1)
    if (last === undefined) throw new RangeError('there is nothing to undo')
    const titles = titlesOf('bridge-undo')
    const runs = changes.map(({ id, intent }): Run => ({
      request: { verb: 'undo', request: { ...armed, transaction: id } },
      titles:
        changes.length === 1
          ? titles
          : (step) => say('for-one-bridge', { bridge: intent.bridge, step: titles(step) }),
    }))
    const subject = { kind: 'bridge-undo', transaction: last.id, bridge: last.intent.bridge } as const
    const title = say('undo-the-bridges', { bridges })
    return this.#change(subject, title, runs, way)
  }

  /** Answers "Keep these settings?" with yes. @throws PatchbayError `not-found`, `refused` */
  keep(operation: string): null {
    this.#workOf(operation).run?.control({ control: 'keep' })
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
    await Promise.all(works.flatMap(({ run }) => (run === null ? [] : run.ended)))
  }

  get #world() {
    return this.#opened.store.current
  }

  #wayFor(bridges: readonly string[], to: Target | null): Way | null {
    const { store } = this.#opened
    const cables = cablesOn(bridges, store.current)
    if (to === null || cables.length === 0) return null
    const isInTheWay = (attachment: Attachment): boolean =>
      linksBelow(attachment, store.current.networks).some((link) => bridges.includes(link))
    const check = (): void => refuseBridgeInUse(this.#world, bridges)
    return planWay(store, this.#connectAll, cables, { to, isInTheWay, check })
  }

  #change(subject: OperationSubject, title: Text, runs: readonly Run[], way: Way | null = null): string {
    const ask = runs.slice(0, 1).map(({ titles }) => titles('ask'))
    const steps = way === null ? ask : [way.title, ...ask]
    return begin(this.#opened.store, { subject, title, steps }, (progress) => {
      this.#works.set(progress.id, { run: null, isStopped: false })
      const work =
        way === null
          ? this.#perform(subject, runs, progress)
          : this.#performAfter(way, subject, runs, progress)
      return work.finally(() => this.#works.delete(progress.id))
    })
  }

  /** Moves what is in the way first. All in one: when the change does not come about, the machines go back. */
  async #performAfter(
    way: Way,
    subject: OperationSubject,
    runs: readonly Run[],
    progress: Progress,
  ): Promise<Outcome> {
    await progress.during(way.title, way.make)
    try {
      return await this.#perform(subject, runs, progress)
    } catch (thrown) {
      throw new PatchbayError(await way.giveBack(toFailure(thrown)), { cause: thrown })
    }
  }

  /** One run after the other; the outcome is the last one's. */
  async #perform(subject: OperationSubject, runs: readonly Run[], progress: Progress): Promise<Outcome> {
    const outcomes: Outcome[] = []
    try {
      for (const run of runs) outcomes.push(await this.#runOnce(subject, run, progress))
    } catch (thrown) {
      throw outcomes.length === 0 ? thrown : partlyDone(toFailure(thrown), outcomes)
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
        ? { code: 'refused', message: say('change-already-ended') }
        : { code: 'not-found', message: say('no-such-change-under-way') },
    )
  }
}

/** What is not committed is rolled back, and nothing more is begun. */
function stop(work: Work): void {
  work.isStopped = true
  work.run?.hangUp()
}

const stopped = (): PatchbayError =>
  new PatchbayError({ code: 'rolled-back', message: say('stopped-before-began') })

/** What was undone before the failure stays undone. */
function partlyDone({ message, hint, detail }: Failure, { length }: readonly Outcome[]): PatchbayError {
  return new PatchbayError({
    code: 'partly-done',
    message: say('sentences', { all: [say('later-undone-this-not', { count: length }), message] }),
    ...(hint === undefined ? {} : { hint }),
    ...(detail === undefined ? {} : { detail }),
  })
}
