import { PatchbayError, toFailure } from '../../shared/failure'
import {
  isEnded,
  type Operation,
  type OperationResult,
  type OperationStep,
} from '../../shared/world/operation'
import type { Machine } from '../../shared/world/world'
import type { Services } from '../services/services'
import type { Answer, Io } from './command'
import { said } from './language'
import { type Text, say } from '../../shared/phrases/phrase'

/**
 * Follows an operation to its end: steps to standard error, Ctrl-C has it reverted where that is possible.
 * @throws PatchbayError what the operation failed with
 */
export async function followToEnd(
  services: Services,
  id: string,
  io: Io,
  onChange: (operation: Operation) => void = () => undefined,
  label = '',
): Promise<Answer> {
  const told = new Set<string>()
  const sayOnce = (line: string, key = line): void => {
    if (!told.has(key)) io.say(`${label}${line}`)
    told.add(key)
  }
  const show = (): void => {
    const operation = services.world.current.operations.find((one) => one.id === id)
    if (operation === undefined) return
    for (const note of operation.notes ?? []) sayOnce(`! ${said(note)}`)
    for (const step of operation.steps) {
      if (step.state !== 'waiting' && step.state !== 'left-out')
        sayOnce(lineOf(step), `${said(step.name)} ${step.state}`)
    }
    onChange(operation)
  }
  const unsubscribe = services.world.subscribe(show)
  try {
    show()
    return answerOf(await services.ended(id), services.world.current.machines)
  } finally {
    unsubscribe()
  }
}

/**
 * Follows several operations to their ends.
 * @throws PatchbayError `partly-done` when some of them failed
 */
export async function followAll(services: Services, ids: readonly string[], io: Io): Promise<Answer> {
  const titles = ids.map((id) =>
    said(services.world.current.operations.find((one) => one.id === id)?.title ?? id),
  )
  const ends = await Promise.allSettled(
    ids.map((id, i) => followToEnd(services, id, io, undefined, `${titles[i] ?? id}: `)),
  )
  const answers = ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []))
  const failures = ends.flatMap((end, i) =>
    end.status === 'rejected' ? [`${titles[i] ?? ''}: ${said(toFailure(end.reason).message)}`] : [],
  )
  if (failures.length === 0) {
    return {
      document: { switches: answers.map(({ document }) => document) },
      text: answers.map(({ text }) => text).join('\n'),
    }
  }
  throw new PatchbayError({
    code: 'partly-done',
    message: [...answers.map(({ text }) => text), ...failures].join('\n'),
    hint: say('those-that-failed'),
  })
}

function lineOf({ name, state, detail }: OperationStep): string {
  const mark = { waiting: ' ', running: '…', done: '✓', failed: '✗', 'left-out': '–' }[state]
  return `${mark} ${said(name)}${detail === null ? '' : ` (${said(detail)})`}`
}

/** @throws PatchbayError for a failed operation */
function answerOf({ status, title, subject, notes }: Operation, machines: readonly Machine[]): Answer {
  if (status.state === 'failed') throw new PatchbayError(status.failure)
  if (status.state !== 'done')
    throw new PatchbayError({ code: 'internal', message: say('not-ended', { title }) })
  const { summary, result }: { summary: Text; result: OperationResult } = status
  const offer = offerOf(subject, result, machines)
  return {
    document: { subject, summary, result, ...(notes && { notes }), ...(offer !== null && { offer }) },
    text: offer === null ? said(summary) : said(say('pull-again', { summary, command: offer })),
  }
}

/** The command that pulls the cable once more, where no address was seen. */
function offerOf(
  subject: Operation['subject'],
  result: OperationResult,
  machines: readonly Machine[],
): string | null {
  const plugged = subject.kind === 'connect' || subject.kind === 'replug'
  const inVain = (result.kind === 'connected' || result.kind === 'replugged') && result.inVain === true
  const machine = plugged ? machines.find(({ id }) => id === subject.machine) : undefined
  if (machine === undefined || !plugged || !inVain) return null
  const which = machine.nics.length > 1 ? ` --nic ${subject.mac}` : ''
  return `patchbay connect ${machine.name} --replug${which}`
}

/** True while the operation can still be reverted by its helper. */
export const isUnderWay = (services: Services, id: string): boolean =>
  services.world.current.operations.some((one) => one.id === id && !isEnded(one))
