import { randomUUID } from 'node:crypto'
import { PatchbayError, toFailure, type Failure } from '../../shared/failure'
import {
  isEnded,
  type Operation,
  type OperationResult,
  type OperationStatus,
  type OperationStep,
  type OperationSubject,
} from '../../shared/world/operation'
import type { WorldStore } from '../world/store'
import { type Text, sameWords, say } from '../../shared/phrases/phrase'

export interface Beginning {
  subject: OperationSubject
  /** One sentence: "Move web01 to the LAN". */
  title: Text
  /** The steps known so far, in order. */
  steps: readonly Text[]
  /** What is worth knowing before it happens. */
  notes?: readonly Text[]
}

export interface Outcome {
  summary: Text
  result: OperationResult
}

/** One operation while it runs; every change is seen in the World at once. */
export class Progress {
  readonly #store: WorldStore
  #operation: Operation

  constructor(store: WorldStore, { subject, title, steps, notes = [] }: Beginning) {
    this.#store = store
    this.#operation = {
      id: randomUUID(),
      subject,
      title,
      ...(notes.length === 0 ? {} : { notes }),
      steps: steps.map((name) => ({ name, state: 'waiting', detail: null })),
      status: { state: 'running' },
      startedAt: Date.now(),
    }
    this.#show()
  }

  get id(): string {
    return this.#operation.id
  }

  /** Says how a step goes; one that was not announced is added at the end. */
  step(name: Text, state: OperationStep['state'], detail: Text | null = null): void {
    const { steps } = this.#operation
    const known = steps.find((step) => sameWords(step.name, name))
    const next: OperationStep = { name, state, detail: detail ?? known?.detail ?? null }
    this.#update({
      steps: known === undefined ? [...steps, next] : steps.map((step) => (step === known ? next : step)),
    })
  }

  /** Says whether Patchbay itself holds the NIC's link down now. */
  holdLink(isHeld: boolean): void {
    if ((this.#operation.holdsLink ?? false) !== isHeld) this.#update({ holdsLink: isHeld })
  }

  /** More steps became known. */
  announce(names: readonly Text[]): void {
    const { steps } = this.#operation
    const more = names.filter((name) => !steps.some((step) => sameWords(step.name, name)))
    this.#update({
      steps: [...steps, ...more.map((name): OperationStep => ({ name, state: 'waiting', detail: null }))],
    })
  }

  /** Runs one step; its detail is what the work answers. */
  async during(name: Text, work: () => Promise<Text | null>): Promise<void> {
    this.step(name, 'running')
    this.step(name, 'done', await work())
  }

  status(status: OperationStatus): void {
    this.#update({ status })
  }

  succeeded({ summary, result }: Outcome): void {
    const steps = this.#operation.steps.map(leftOut)
    this.#update({ steps, status: { state: 'done', endedAt: Date.now(), summary, result } })
  }

  failed(failure: Failure): void {
    const steps = this.#operation.steps.map((step) =>
      step.state === 'running'
        ? { ...step, state: 'failed' as const, detail: step.detail ?? failure.message }
        : leftOut(step),
    )
    const { holdsLink: _, ...rest } = this.#operation
    this.#operation = rest
    this.#update({ steps, status: { state: 'failed', endedAt: Date.now(), failure } })
  }

  #update(change: Partial<Operation>): void {
    this.#operation = { ...this.#operation, ...change }
    this.#show()
  }

  #show(): void {
    this.#store.dispatch({ type: 'operation', operation: this.#operation })
  }
}

/** A step that nobody came to is not waited for any longer. */
const leftOut = (step: OperationStep): OperationStep =>
  step.state === 'waiting' ? { ...step, state: 'left-out' } : step

/** Starts an operation and answers with its id at once; the World tells how it goes and ends. */
export function begin(
  store: WorldStore,
  beginning: Beginning,
  work: (progress: Progress) => Promise<Outcome>,
): string {
  const progress = new Progress(store, beginning)
  void work(progress).then(
    (outcome) => progress.succeeded(outcome),
    (thrown: unknown) => progress.failed(toFailure(thrown)),
  )
  return progress.id
}

/** Resolves with the operation when it has ended. @throws PatchbayError `not-found` */
export async function ended(store: WorldStore, id: string): Promise<Operation> {
  if (!store.current.operations.some((operation) => operation.id === id)) {
    throw new PatchbayError({
      code: 'not-found',
      message: say('no-such-operation-or-ended'),
    })
  }
  return store.until((world) =>
    world.operations.find((operation) => operation.id === id && isEnded(operation)),
  )
}
