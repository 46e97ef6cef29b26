import { isEnded, type Operation } from '../../shared/world/operation'
import { type Text } from '../../shared/phrases/phrase'

/** The operations that have ended between two looks at the World, in their order. */
export function endedSince(before: readonly Operation[], after: readonly Operation[]): readonly Operation[] {
  if (before === after) return []
  const open = new Set(before.filter((operation) => !isEnded(operation)).map(({ id }) => id))
  return after.filter((operation) => open.has(operation.id) && isEnded(operation))
}

/** The sentence that tells how an operation ended; null while it runs. */
export function endingOf({ status }: Operation): Text | null {
  switch (status.state) {
    case 'done':
      return status.summary
    case 'failed':
      return status.failure.message
    case 'running':
    case 'confirm':
      return null
  }
}

/** A change of the host that is under way: ending the app would roll it back. */
export const hostChangeUnderWay = (operations: readonly Operation[]): Operation | null =>
  operations.find(
    (operation) =>
      !isEnded(operation) &&
      (operation.subject.kind === 'bridge-create' || operation.subject.kind === 'bridge-undo'),
  ) ?? null
