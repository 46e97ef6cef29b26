import { z } from 'zod'
import { FAILURE_CODES } from '../failure'
import { hostAddition, recordedAddition } from './host-addition'
import { linkName, transactionId } from './names'
import { text } from '../phrases/schema'

export { linkName, transactionId } from './names'

/**
 * The contract with the root helper: one verb as its argument, one request as the first line of its standard
 * input, JSON lines on its standard output. Standard input stays open; its end before the commit means roll back.
 */
export const HELPER_VERBS = ['apply', 'undo', 'rollback', 'status', 'add', 'remove', 'restore'] as const
export type HelperVerb = (typeof HELPER_VERBS)[number]

export const PROTOCOL_VERSION = 1
/** Bytes; more is refused unread. */
export const MAX_REQUEST_BYTES = 16 * 1024
/** Seconds from arming to the automatic rollback. */
export const ARMED_SECONDS = { least: 10, usual: 60, most: 600 } as const

export const hostHash = z.string().regex(/^[0-9a-f]{64}$/)

const armed = {
  version: z.literal(PROTOCOL_VERSION),
  /** `ask`: after verification wait for `keep`, else roll back. */
  confirm: z.enum(['auto', 'ask']),
  timeoutSeconds: z.number().int().min(ARMED_SECONDS.least).max(ARMED_SECONDS.most),
}

export const hostIntent = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('create-bridge'), nic: linkName, bridge: linkName }),
])

export const applyRequest = z.strictObject({ ...armed, intent: hostIntent, hostHash })
export const undoRequest = z.strictObject({ ...armed, transaction: transactionId })
export const rollbackRequest = z.strictObject({
  version: z.literal(PROTOCOL_VERSION),
  transaction: transactionId.exactOptional(),
  /** The computer is starting and no network manager runs yet: only files are put back. */
  boot: z.literal(true).exactOptional(),
  /** The router may have answered since the transaction was rolled back: only what the link has lived on meanwhile goes. */
  leased: z.literal(true).exactOptional(),
})
export const statusRequest = z.strictObject({ version: z.literal(PROTOCOL_VERSION) })
/** Adds one small thing to the host; the same one twice is one. */
export const addRequest = z.strictObject({ version: z.literal(PROTOCOL_VERSION), addition: hostAddition })
/** Takes one away again, by its id. */
export const removeRequest = z.strictObject({ version: z.literal(PROTOCOL_VERSION), addition: transactionId })
/** Puts those back that a restart of the computer, or of libvirt, has taken away. */
export const restoreRequest = z.strictObject({ version: z.literal(PROTOCOL_VERSION) })

export type ApplyRequest = z.infer<typeof applyRequest>
export type UndoRequest = z.infer<typeof undoRequest>
export type RollbackRequest = z.infer<typeof rollbackRequest>
export type StatusRequest = z.infer<typeof statusRequest>
export type AddRequest = z.infer<typeof addRequest>
export type RemoveRequest = z.infer<typeof removeRequest>

/** Later lines on standard input, between `ready` and the end. */
export const controlLine = z.strictObject({ control: z.enum(['keep', 'revert']) })
export type ControlLine = z.infer<typeof controlLine>

export const failure = z.strictObject({
  code: z.enum(FAILURE_CODES),
  message: text,
  hint: text.exactOptional(),
  detail: z.string().exactOptional(),
})

/** The steps of a transaction, in their order. */
export const STEP_NAMES = [
  'look',
  'snapshot',
  'arm',
  'apply',
  'verify',
  'confirm',
  'commit',
  'roll-back',
] as const
export const stepName = z.enum(STEP_NAMES)
export type StepName = z.infer<typeof stepName>

export const proof = z.strictObject({ name: text, ok: z.boolean(), detail: text })

export const transactionSummary = z.strictObject({
  id: transactionId,
  intent: hostIntent,
  startedAt: z.number(),
  state: z.enum(['armed', 'committed', 'undoing', 'rolled-back', 'rollback-failed', 'undone']),
  failure: failure.nullable(),
  added: z.array(z.string()).readonly(),
})

export const helperEvent = z.discriminatedUnion('event', [
  /** The request is understood, the lock is held. */
  z.strictObject({ event: z.literal('ready'), transaction: transactionId, steps: z.array(stepName) }),
  z.strictObject({
    event: z.literal('step'),
    step: stepName,
    state: z.enum(['running', 'done', 'failed']),
    detail: text.nullable(),
  }),
  z.strictObject({ event: z.literal('verified'), checks: z.array(proof) }),
  z.strictObject({ event: z.literal('confirm-needed'), seconds: z.number() }),
  /** `gapMs`: how long the gateway did not answer during the change, where it was measured. */
  z.strictObject({ event: z.literal('committed'), transaction: transactionId, gapMs: z.number().nullable() }),
  z.strictObject({ event: z.literal('rolled-back'), transaction: transactionId, failure }),
  z.strictObject({ event: z.literal('failed'), failure }),
  z.strictObject({ event: z.literal('status'), transactions: z.array(transactionSummary) }),
  /** `add`, `remove` and `restore` have done what they were asked for; those that are in force, newest first. */
  z.strictObject({ event: z.literal('additions'), additions: z.array(recordedAddition) }),
])
export type HelperEvent = z.infer<typeof helperEvent>

/** Where transactions are recorded: `ID/summary.json` and `ID/before.json` for everybody, `ID/snapshot/` for root alone. */
export const TRANSACTIONS_DIR = '/var/lib/patchbay/transactions'

/** Where host additions are recorded: `ID.json` for everybody, `private/` for root alone. */
export const ADDITIONS_DIR = '/var/lib/patchbay/additions'
