import { PatchbayError } from '../../shared/failure'
import { isEnded, type Operation, type OperationResult, type OperationStep } from '../../shared/operation'
import type { Services } from '../services/services'
import type { Answer, Io } from './command'

/**
 * Follows an operation to its end: steps to standard error, Ctrl-C has it reverted where that is possible.
 * @throws PatchbayError what the operation failed with
 */
export async function followToEnd(
  services: Services,
  id: string,
  io: Io,
  onChange: (operation: Operation) => void = () => undefined,
): Promise<Answer> {
  const told = new Set<string>()
  const show = (): void => {
    const operation = services.world.current.operations.find((one) => one.id === id)
    if (operation === undefined) return
    if (told.size === 0) for (const note of operation.notes ?? []) io.say(`! ${note}`)
    told.add('')
    for (const step of operation.steps) tellOnce(step, told, io)
    onChange(operation)
  }
  const unsubscribe = services.world.subscribe(show)
  try {
    show()
    return answerOf(await services.ended(id))
  } finally {
    unsubscribe()
  }
}

function tellOnce({ name, state, detail }: OperationStep, told: Set<string>, io: Io): void {
  if (state === 'waiting' || told.has(`${name} ${state}`)) return
  told.add(`${name} ${state}`)
  const more = detail === null ? '' : ` (${detail})`
  if (state === 'running') io.say(`… ${name}${more}`)
  else io.say(`${state === 'done' ? '✓' : '✗'} ${name}${more}`)
}

/** @throws PatchbayError for a failed operation */
function answerOf({ status, title, subject, notes }: Operation): Answer {
  if (status.state === 'failed') throw new PatchbayError(status.failure)
  if (status.state !== 'done')
    throw new PatchbayError({ code: 'internal', message: `${title} has not ended.` })
  const { summary, result }: { summary: string; result: OperationResult } = status
  return { document: { subject, summary, result, ...(notes && { notes }) }, text: summary }
}

/** True while the operation can still be reverted by its helper. */
export const isUnderWay = (services: Services, id: string): boolean =>
  services.world.current.operations.some((one) => one.id === id && !isEnded(one))
