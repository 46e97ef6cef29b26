import { PatchbayError } from '../../shared/failure'
import { isEnded, type OperationSubject } from '../../shared/operation'
import type { OpenedWorld } from '../world/open-world'
import {
  armedFields,
  ASKING,
  findTransaction,
  follow,
  outcomeOf,
  refuseBridgeInUse,
  refuseSecondChange,
} from './bridge'
import type { HelperRequest, HelperRun } from './helper-process'
import { begin, type Outcome, type Progress } from './operations'

export type RunHelper = (request: HelperRequest) => HelperRun

export interface CreateBridgeRequest {
  nic: string
  bridge: string
  /** Of the plan the user saw. */
  hostHash: string
  confirm: 'auto' | 'ask'
  /** From arming to the automatic rollback. */
  timeoutSeconds?: number
}

/** By the change that made it, or by its name. */
export type UndoBridgeRequest = { transaction: string } | { bridge: string }

/** Changes of the host's network, each one run of the root helper. */
export class HostChanges {
  readonly #opened: OpenedWorld
  readonly #runHelper: RunHelper
  readonly #runs = new Map<string, HelperRun>()

  constructor(opened: OpenedWorld, runHelper: RunHelper) {
    this.#opened = opened
    this.#runHelper = runHelper
  }

  /** Starts making a bridge; answers with the id of its operation. @throws PatchbayError `usage`, `busy` */
  createBridge({ nic, bridge, hostHash, confirm, timeoutSeconds }: CreateBridgeRequest): string {
    const armed = armedFields(confirm, timeoutSeconds)
    refuseSecondChange(this.#world)
    const intent = { kind: 'create-bridge', nic, bridge }
    return this.#change({ kind: 'bridge-create', nic, bridge }, `Make the bridge ${bridge} from ${nic}`, {
      verb: 'apply',
      request: { ...armed, intent, hostHash },
    })
  }

  /** Starts undoing a bridge. @throws PatchbayError `not-found`, `refused`, `busy` */
  undoBridge(request: UndoBridgeRequest): string {
    refuseSecondChange(this.#world)
    const { id, intent } = findTransaction(this.#world, request)
    const { bridge } = intent
    refuseBridgeInUse(this.#world, bridge)
    return this.#change({ kind: 'bridge-undo', transaction: id, bridge }, `Undo the bridge ${bridge}`, {
      verb: 'undo',
      request: { ...armedFields('auto'), transaction: id },
    })
  }

  /** Answers "Keep these settings?" with yes. @throws PatchbayError `not-found`, `refused` */
  keep(operation: string): null {
    this.#runOf(operation).control({ control: 'keep' })
    return null
  }

  /** Has a change rolled back that is not committed yet. @throws PatchbayError `not-found`, `refused` */
  revert(operation: string): null {
    this.#runOf(operation).hangUp()
    return null
  }

  /** Has every change rolled back that is under way; resolves when that is done. */
  async close(): Promise<void> {
    const runs = [...this.#runs.values()]
    for (const run of runs) run.hangUp()
    await Promise.all(runs.map((run) => run.ended))
  }

  get #world() {
    return this.#opened.store.current
  }

  #change(subject: OperationSubject, title: string, request: Omit<HelperRequest, 'onEvent'>): string {
    return begin(this.#opened.store, { subject, title, steps: [ASKING] }, (progress) =>
      this.#perform(subject, request, progress),
    )
  }

  async #perform(
    subject: OperationSubject,
    request: Omit<HelperRequest, 'onEvent'>,
    progress: Progress,
  ): Promise<Outcome> {
    progress.step(ASKING, 'running')
    const run = this.#runHelper({ ...request, onEvent: (event) => follow(progress, subject.kind, event) })
    this.#runs.set(progress.id, run)
    try {
      const end = await run.ended
      // The World shows the host as it is now before the operation ends; how it ended does not hang on that.
      await Promise.allSettled([this.#opened.refreshHost(), this.#opened.refreshTransactions()])
      return outcomeOf(end, subject)
    } finally {
      this.#runs.delete(progress.id)
    }
  }

  #runOf(id: string): HelperRun {
    const run = this.#runs.get(id)
    if (run !== undefined) return run
    const known = this.#world.operations.find((operation) => operation.id === id)
    throw new PatchbayError(
      known !== undefined && isEnded(known)
        ? { code: 'refused', message: 'That change has already ended.' }
        : { code: 'not-found', message: 'There is no such change under way.' },
    )
  }
}
