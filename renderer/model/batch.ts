import { isEnded, type Operation } from '../../shared/world/operation'
import {
  attachmentOf,
  sameAttachment,
  type Attachment,
  type Machine,
  type Nic,
} from '../../shared/world/world'
import { inWords } from '../text'

/** One machine of several that are moved together. */
export interface BatchMove {
  machine: string
  name: string
  mac: string
  before: Attachment
  to: Attachment
  /** The id of its operation. */
  operation: string
}

/** A machine that can be moved with others: with several cards it would not be clear which. */
export interface Movable {
  machine: Machine
  nic: Nic
  before: Attachment
}

export function movableOf(machine: Machine): Movable | null {
  const [nic, another] = machine.nics
  const before = nic === undefined ? null : attachmentOf(nic)
  if (nic === undefined || another !== undefined || before === null || before.type === 'other') return null
  return { machine, nic, before }
}

export interface BatchState {
  moving: number
  moved: readonly BatchMove[]
  failed: readonly { name: string; why: string }[]
}

/** How far they are: an operation tells while it is known, afterwards the cable itself. */
export function batchState(
  moves: readonly BatchMove[],
  operations: readonly Operation[],
  machine: (id: string) => Machine | null,
): BatchState {
  const byId = new Map(operations.map((operation) => [operation.id, operation]))
  const moved: BatchMove[] = []
  const failed: { name: string; why: string }[] = []
  for (const move of moves) {
    const operation = byId.get(move.operation)
    if (operation?.status.state === 'failed') {
      failed.push({ name: move.name, why: inWords(operation.status.failure.message) })
    } else if (operation === undefined ? isThere(move, machine(move.machine)) : isEnded(operation)) {
      moved.push(move)
    }
  }
  return { moving: moves.length - moved.length - failed.length, moved, failed }
}

function isThere({ mac, to }: BatchMove, machine: Machine | null): boolean {
  const nic = machine?.nics.find((one) => one.mac === mac)
  return nic !== undefined && sameAttachment(attachmentOf(nic), to)
}
