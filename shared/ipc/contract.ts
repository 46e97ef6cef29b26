import { z } from 'zod'
import { CHECK_IDS, type DoctorReport } from '../doctor/doctor'
import { linkName, transactionId } from '../helper/protocol'
import { additionWish } from './additions'
import { networkChange, networkWish } from './networks'
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

/** Request schema of every channel. */
export const requests = {
  'world:get': nothing,
  'machine:connect': connect,
  /** All are begun, or none. */
  'machine:connect-all': z.array(connect).min(1).max(1000).readonly(),
  'machine:replug': z.strictObject({ machine: z.uuid(), mac }),
  'network:act': z.strictObject({
    network: name,
    action: z.enum(['start', 'stop', 'restart', 'autostart-on', 'autostart-off']),
    moveTo: target.nullable(),
  }),
  'network:preview': networkWish,
  'network:create': networkWish,
  'network:plan-change': networkChange,
  'network:change': networkChange,
  'network:delete': z.strictObject({ network: name, moveTo: target.nullable() }),
  'reach:try': z.strictObject({ from: name, to: name }),
  'addition:add': additionWish,
  'addition:remove': z.strictObject({ addition: transactionId }),
  'doctor:report': nothing,
  'doctor:fix': doctorWish,
  'doctor:undo': doctorWish,
  'bridge:plan': z.strictObject({ nic: linkName.nullable(), bridge: linkName.nullable() }),
  'bridge:create': z.strictObject({
    nic: linkName,
    bridge: linkName,
    hostHash: z.string().regex(/^[0-9a-f]{64}$/),
    confirm: z.enum(['auto', 'ask']),
  }),
  'snapshot:compare': z.strictObject({ transaction: transactionId }),
  'snapshot:restore': z.strictObject({ transaction: transactionId, moveTo: target.nullable() }),
  'operation:keep': z.strictObject({ operation: name }),
  'operation:revert': z.strictObject({ operation: name }),
  'libvirt:retry': nothing,
} as const

export type Channel = keyof typeof requests
export type Request<C extends Channel> = z.infer<(typeof requests)[C]>

/** What each channel answers. Long work answers with the id of its operation, to be followed in the World. */
export interface Responses {
  'world:get': World
  'machine:connect': string
  'machine:connect-all': readonly string[]
  'machine:replug': string
  'network:act': string
  'network:preview': NetworkPreview
  'network:create': string
  'network:plan-change': NetworkChangeEffect
  'network:change': string
  'network:delete': string
  'reach:try': ReachAnswer
  'addition:add': string
  'addition:remove': string
  'doctor:report': DoctorReport
  'doctor:fix': string
  'doctor:undo': string
  'bridge:plan': PlanOutcome
  'bridge:create': string
  'snapshot:compare': SnapshotComparison
  'snapshot:restore': string
  'operation:keep': null
  'operation:revert': null
  'libvirt:retry': null
}

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

/** The only push channel. */
export const WORLD_PATCH = 'world:patch'
/** The tray or a second start asks the window to show something. */
export const SHOW = 'show'
export type Show =
  | { view: 'machine'; machine: string }
  | { view: 'bridge' }
  /** What undoing a host change means, before anything is undone. */
  | { view: 'undo'; transaction: string }
  | { view: 'patchbay' }

/** What the preload script puts on `window.patchbay`. */
export interface PatchbayApi {
  getWorld: () => Promise<Result<World>>
  connect: (request: Request<'machine:connect'>) => Promise<Result<string>>
  connectAll: (request: Request<'machine:connect-all'>) => Promise<Result<readonly string[]>>
  replug: (request: Request<'machine:replug'>) => Promise<Result<string>>
  actOnNetwork: (request: Request<'network:act'>) => Promise<Result<string>>
  previewNetwork: (request: Request<'network:preview'>) => Promise<Result<NetworkPreview>>
  createNetwork: (request: Request<'network:create'>) => Promise<Result<string>>
  planNetworkChange: (request: Request<'network:plan-change'>) => Promise<Result<NetworkChangeEffect>>
  changeNetwork: (request: Request<'network:change'>) => Promise<Result<string>>
  deleteNetwork: (request: Request<'network:delete'>) => Promise<Result<string>>
  tryReach: (request: Request<'reach:try'>) => Promise<Result<ReachAnswer>>
  addToHost: (request: Request<'addition:add'>) => Promise<Result<string>>
  removeFromHost: (request: Request<'addition:remove'>) => Promise<Result<string>>
  examine: () => Promise<Result<DoctorReport>>
  fix: (request: Request<'doctor:fix'>) => Promise<Result<string>>
  undoFix: (request: Request<'doctor:undo'>) => Promise<Result<string>>
  planBridge: (request: Request<'bridge:plan'>) => Promise<Result<PlanOutcome>>
  createBridge: (request: Request<'bridge:create'>) => Promise<Result<string>>
  compareSnapshot: (request: Request<'snapshot:compare'>) => Promise<Result<SnapshotComparison>>
  restoreSnapshot: (request: Request<'snapshot:restore'>) => Promise<Result<string>>
  keep: (request: Request<'operation:keep'>) => Promise<Result<null>>
  revert: (request: Request<'operation:revert'>) => Promise<Result<null>>
  retryLibvirt: () => Promise<Result<null>>
  /** Calls the listener with each patch, in order; returns the function that ends it. */
  onWorldPatch: (listener: (patch: WorldPatch) => void) => () => void
  onShow: (listener: (show: Show) => void) => () => void
}
