import { z } from 'zod'
import { CHECK_IDS, type DoctorReport } from '../doctor/doctor'
import { linkName, transactionId } from '../helper/protocol'
import { additionWish } from './additions'
import type { Channel, FunctionName, functions } from './functions'
import { networkChange, networkChangeRequest, networkWish } from './networks'
import { placeDetails } from './places'
import type { NetworkChangeEffect, NetworkPreview } from '../world/network-wish'
import type { PlanOutcome } from '../helper/plan'
import type { ReachAnswer } from '../reach/probe'
import type { Result } from '../result'
import type { SnapshotComparison } from '../snapshot/snapshot'
import type { Attachment, LibvirtStatus, Machine, Network, World } from '../world/world'
import { MACVTAP_MODES } from '../world/world'

/**
 * The contract between the window and the main process. Each request has a schema that the main process checks
 * before anything else; the preload script exposes one named function per channel and nothing generic.
 */
const name = z.string().min(1).max(256)
const mac = z.string().regex(/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/)

const attachment = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('network'),
    network: name,
    portGroup: name.exactOptional(),
    ...placeDetails,
  }),
  z.strictObject({ type: z.literal('bridge'), bridge: name, ...placeDetails }),
  z.strictObject({
    type: z.literal('direct'),
    link: name,
    mode: z.enum(MACVTAP_MODES),
    ...placeDetails,
  }),
]) satisfies z.ZodType<Attachment>

export const target = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('lan') }),
  z.strictObject({ kind: z.literal('nat') }),
  z.strictObject({ kind: z.literal('attachment'), attachment }),
])

const connect = z.strictObject({ machine: z.uuid(), mac, to: target, live: z.boolean() })

const doctorWish = z.strictObject({ check: z.enum(CHECK_IDS), subject: name.nullable() })

const nothing = z.undefined()

/** One channel: what a request must look like, and the type of the answer. */
interface Row<Schema extends z.ZodType, Answer> {
  request: Schema
  /** For the compiler alone. */
  answer?: Answer
}

const answering =
  <Answer>() =>
  <Schema extends z.ZodType>(request: Schema): Row<Schema, Answer> => ({ request })

/**
 * Every channel in one row, from which API, preload and handlers follow. Long work answers with the id of its operation, to be
 * followed in the World.
 */
export const channels = {
  'world:get': answering<World>()(nothing),
  'machine:connect': answering<string>()(connect),
  /** All are begun, or none. */
  'machine:connect-all': answering<readonly string[]>()(z.array(connect).min(1).max(1000).readonly()),
  'machine:replug': answering<string>()(z.strictObject({ machine: z.uuid(), mac })),
  'network:act': answering<string>()(
    z.strictObject({
      network: name,
      action: z.enum(['start', 'stop', 'restart', 'autostart-on', 'autostart-off']),
      moveTo: target.nullable(),
    }),
  ),
  'network:preview': answering<NetworkPreview>()(networkWish),
  'network:create': answering<string>()(networkWish),
  'network:plan-change': answering<NetworkChangeEffect>()(networkChange),
  'network:change': answering<string>()(networkChangeRequest),
  'network:delete': answering<string>()(z.strictObject({ network: name, moveTo: target.nullable() })),
  'reach:try': answering<ReachAnswer>()(z.strictObject({ from: name, to: name })),
  'addition:add': answering<string>()(additionWish),
  'addition:remove': answering<string>()(z.strictObject({ addition: transactionId })),
  'doctor:report': answering<DoctorReport>()(nothing),
  'doctor:fix': answering<string>()(doctorWish),
  'doctor:undo': answering<string>()(doctorWish),
  'bridge:plan': answering<PlanOutcome>()(
    z.strictObject({ nic: linkName.nullable(), bridge: linkName.nullable() }),
  ),
  'bridge:create': answering<string>()(
    z.strictObject({
      nic: linkName,
      bridge: linkName,
      hostHash: z.string().regex(/^[0-9a-f]{64}$/),
      confirm: z.enum(['auto', 'ask']),
    }),
  ),
  'snapshot:compare': answering<SnapshotComparison>()(z.strictObject({ transaction: transactionId })),
  'snapshot:restore': answering<string>()(
    z.strictObject({ transaction: transactionId, moveTo: target.nullable() }),
  ),
  'operation:keep': answering<null>()(z.strictObject({ operation: name })),
  'operation:revert': answering<null>()(z.strictObject({ operation: name })),
  'libvirt:retry': answering<null>()(nothing),
} satisfies Record<Channel, Row<z.ZodType, unknown>>

type Channels = typeof channels
export type Request<C extends Channel> = z.infer<Channels[C]['request']>
/** What a channel answers. */
export type Answer<C extends Channel> = Channels[C] extends Row<z.ZodType, infer A> ? A : never

/** Sent to the window after each change; keys that are absent have not changed. */
export interface WorldPatch {
  libvirt?: LibvirtStatus
  host?: World['host']
  transactions?: World['transactions']
  additions?: World['additions']
  operations?: World['operations']
  networks?: ItemsPatch<Network>
  machines?: ItemsPatch<Machine>
}

/** Changes to a list keyed by `id`: `order` is there when items came, went or moved. */
export interface ItemsPatch<T> {
  put: readonly T[]
  order?: readonly string[]
}

/** What the tray or a second start asks the window to show. */
export type Show =
  | { view: 'machine'; machine: string }
  | { view: 'bridge' }
  /** What undoing a host change means, before anything is undone. */
  | { view: 'undo'; transaction: string }
  | { view: 'patchbay' }

/** A request that is nothing need not be stated. */
type Asking<C extends Channel> =
  undefined extends Request<C>
    ? () => Promise<Result<Answer<C>>>
    : (request: Request<C>) => Promise<Result<Answer<C>>>

/** One function for each channel. */
export type Functions = { [Name in FunctionName]: Asking<(typeof functions)[Name]> }

/** What the preload script puts on `window.patchbay`. */
export interface PatchbayApi extends Functions {
  /** Calls the listener with each patch, in order; returns the function that ends it. */
  onWorldPatch: (listener: (patch: WorldPatch) => void) => () => void
  onShow: (listener: (show: Show) => void) => () => void
}
