import { PatchbayError } from '../../shared/failure'
import type { AdditionWish } from '../../shared/ipc-additions'
import type {
  NetworkChange,
  NetworkChangeEffect,
  NetworkPreview,
  NetworkWish,
} from '../../shared/network-wish'
import type { NetworkAction, Operation } from '../../shared/operation'
import type { PlanOutcome } from '../../shared/plan'
import type { ReachAnswer } from '../../shared/probe'
import type { SnapshotComparison } from '../../shared/snapshot'
import { readDoctorFacts } from '../doctor/read/facts'
import { readOpenFiles } from '../host/open-files'
import { planBridgeHere } from '../host/plan-bridge'
import { readDigest } from '../host/transactions'
import type { Libvirt } from '../libvirt/libvirt'
import { isRemote } from '../libvirt/uri'
import { switchNic } from '../machines/switch-nic'
import { openWorld, type OpenedWorld, type OpenWorldOptions, type Sources } from '../world/open-world'
import { thisComputer } from '../world/sources'
import type { WorldStore } from '../world/store'
import { beginAdd, beginRemove } from './change-additions'
import { beginChangeNetwork, planNetworkChange } from './change-network'
import type { ConnectRequest } from './connect'
import { beginCreateNetwork, previewNetwork } from './create-network'
import { beginDeleteNetwork, type DeleteNetworkRequest } from './delete-network'
import { Doctor, type ReadDoctorFacts } from './doctor'
import { elevate, helperCommand } from './elevation'
import { FixRecords } from './fix-records'
import { runHelper } from './helper-process'
import {
  type Armed,
  HostChanges,
  type CreateBridgeRequest,
  type RunHelper,
  type UndoBridgeRequest,
} from './host-changes'
import { HostAdditions } from './host-additions'
import { changeNetwork } from './network-action'
import { ended } from './operations'
import { answerReach, reachSources, type ReachRequest } from './reach'
import { Snapshots, type SnapshotSources } from './snapshots'
import type { Switch } from './switch'
import { Switching } from './switching'

export interface ServicesOptions {
  /** `qemu:///system` or another libvirt. */
  uri: string
  /** Whether ssh to another computer's libvirt may ask on the terminal; false unless told. */
  mayAsk?: boolean
  /** Absolute path of the bundled helper. */
  helper: string
  /** What to look at; everything unless told. */
  look?: Partial<OpenWorldOptions['look']>
  /** False for a single look at how things are; true unless told. */
  follow?: boolean
  /** Told in words of what could not be read while following. */
  onTrouble?: (message: string) => void
  /** Where the World comes from and what changes things; this computer unless told. */
  parts?: Parts
}

export interface Parts {
  sources: Sources
  snapshots: SnapshotSources
  switchNic: Switch
  planBridge: (request: { nic: string | null; bridge: string | null }) => Promise<PlanOutcome>
  runHelper: (file: string) => RunHelper
  readDoctorFacts: ReadDoctorFacts
  /** Where fixes in libvirt are recorded. */
  fixRecords: FixRecords
}

const thisComputersParts = (mayAsk: boolean): Parts => ({
  sources: thisComputer(mayAsk),
  snapshots: { readDigest: (transaction) => readDigest(transaction), readOpenFiles },
  switchNic,
  planBridge: ({ nic, bridge }) => planBridgeHere({ nic: nic ?? undefined, bridge: bridge ?? undefined }),
  runHelper: (file) => (request) => runHelper(elevate(helperCommand(file), request.verb), request),
  readDoctorFacts,
  fixRecords: new FixRecords(),
})

/**
 * The use cases, for the window, the tray and the command line alike. What takes time answers with the id of an
 * operation that the World shows; what can't be done is thrown as a `PatchbayError` before anything is changed.
 */
export interface Services {
  readonly world: WorldStore
  /** Plugs a machine's NIC into something else. @throws PatchbayError `not-found`, `usage`, `refused`, … */
  connect: (request: ConnectRequest) => string
  /** The same for several at once: all are begun, or none. */
  connectAll: (requests: readonly ConnectRequest[]) => string[]
  actOnNetwork: (request: { network: string; action: NetworkAction }) => string
  /** What a libvirt network would be like. @throws PatchbayError `usage`, `refused`, with the field */
  previewNetwork: (wish: NetworkWish) => NetworkPreview
  /** Makes a libvirt network. @throws PatchbayError `usage`, `refused`, with the field */
  createNetwork: (wish: NetworkWish) => string
  /** Works out what a change of a libvirt network comes to, and what of it waits for the network's next start. */
  planNetworkChange: (change: NetworkChange) => Promise<NetworkChangeEffect>
  /** Changes a libvirt network. @throws PatchbayError `usage`, `refused`, `not-found`, with the field */
  changeNetwork: (change: NetworkChange) => Promise<string>
  /** Deletes a libvirt network, machines moved first where that was asked for. @throws PatchbayError `refused`, … */
  deleteNetwork: (request: DeleteNetworkRequest) => string
  /** Who reaches whom and why, tried for real when asked; needs no root. @throws PatchbayError `not-found` */
  reach: (request: ReachRequest) => Promise<ReachAnswer>
  /** Works out what a bridge would change; null for the uplink's NIC and the usual name. */
  planBridge: (request: { nic: string | null; bridge: string | null }) => Promise<PlanOutcome>
  createBridge: (request: CreateBridgeRequest) => string
  undoBridge: (request: UndoBridgeRequest) => string
  /** How the host differs from what it was before a change; needs no password. @throws PatchbayError `not-found` */
  compareSnapshot: (request: { transaction: string }) => Promise<SnapshotComparison>
  /**
   * Brings the network back to what it was before a change: undoes those that build on it, newest first, then the change.
   * @throws PatchbayError `not-found`, `refused`, `busy`, `usage`
   */
  restoreSnapshot: (request: { transaction: string } & Armed) => Promise<string>
  /** Small things beside the network's configuration. @throws PatchbayError `refused` for another computer's libvirt */
  additions: () => HostAdditions
  /** Has the helper add something to this computer. @throws PatchbayError `usage` with the field, `refused` */
  addToHost: (wish: AdditionWish) => string
  /** Has the helper take something away that it has added. @throws PatchbayError `not-found`, `refused` */
  removeFromHost: (request: { addition: string }) => string
  /** What is wrong here, and what can be done about it. @throws PatchbayError `refused` for another computer's libvirt */
  doctor: () => Doctor
  /** Answers "Keep these settings?". */
  keep: (request: { operation: string }) => null
  /** Has a change of the host rolled back, as long as it is not made to last. */
  revert: (request: { operation: string }) => null
  /** Resolves when the operation has ended. */
  ended: (operation: string) => Promise<Operation>
  retryLibvirt: () => null
  /** Ends everything; a change of the host under way is rolled back. */
  close: () => Promise<void>
}

/** Opens the World and the use cases over it. @throws PatchbayError when the host itself can't be looked at */
export async function openServices(options: ServicesOptions): Promise<Services> {
  const { uri, helper, look, follow = true, mayAsk = false } = options
  const parts = options.parts ?? thisComputersParts(mayAsk)
  const onTrouble = options.onTrouble ?? printTrouble
  const everything = { libvirt: true, host: true, records: true }
  const opened = await openWorld({
    uri,
    sources: parts.sources,
    look: { ...everything, ...look },
    follow,
    onTrouble,
  })
  return servicesOver(opened, { uri, helper, parts })
}

function servicesOver(
  opened: OpenedWorld,
  { uri, helper, parts }: { uri: string; helper: string; parts: Parts },
): Services {
  const { store, libvirt } = opened
  const switching = new Switching(opened, parts.switchNic)
  const changes = new HostChanges(opened, parts.runHelper(helper))
  const snapshots = new Snapshots(opened, parts.snapshots)
  const additions = new HostAdditions(parts.runHelper(helper))
  const additionsHere = (): HostAdditions => {
    refuseElsewhere(uri)
    return additions
  }
  const means = {
    opened,
    libvirt: () => libvirtOf(opened),
    additions: additionsHere,
    records: parts.fixRecords,
  }
  const doctor = new Doctor(means, parts.readDoctorFacts)
  return {
    world: store,
    connect: (request) => first(switching.connect(libvirtOf(opened), [request])),
    connectAll: (requests) => switching.connect(libvirtOf(opened), requests),
    actOnNetwork: (request) => changeNetwork(opened, libvirtOf(opened), request),
    previewNetwork: (wish) => previewNetwork(opened, wish),
    createNetwork: (wish) => beginCreateNetwork(opened, libvirtOf(opened), wish),
    planNetworkChange: async (change) => planNetworkChange(opened, libvirtOf(opened), change),
    changeNetwork: async (change) => beginChangeNetwork(opened, libvirtOf(opened), change),
    deleteNetwork: (request) =>
      beginDeleteNetwork(opened, libvirtOf(opened), (...args) => switching.connect(...args), request),
    reach: (request) =>
      answerReach(store.current, request, isRemote(uri) ? null : reachSources(() => libvirtOf(opened))),
    planBridge: async (request) => {
      refuseElsewhere(uri)
      return parts.planBridge(request)
    },
    createBridge: (request) => {
      refuseElsewhere(uri)
      return changes.createBridge(request)
    },
    undoBridge: (request) => changes.undoBridge(request),
    compareSnapshot: ({ transaction }) => snapshots.compare(transaction),
    restoreSnapshot: async (request) => changes.undoAll(await snapshots.toUndo(request.transaction), request),
    additions: additionsHere,
    addToHost: (wish) => beginAdd(opened, additionsHere(), wish),
    removeFromHost: ({ addition }) => beginRemove(opened, additionsHere(), addition),
    doctor: () => {
      refuseElsewhere(uri)
      return doctor
    },
    keep: ({ operation }) => changes.keep(operation),
    revert: ({ operation }) => changes.revert(operation),
    ended: (operation) => ended(store, operation),
    retryLibvirt: () => {
      libvirt.retry()
      return null
    },
    close: async () => {
      await changes.close()
      await store.close()
    },
  }
}

function first([id]: readonly string[]): string {
  if (id === undefined) throw new RangeError('no switch was begun')
  return id
}

/** A change of this computer is of no use to machines on another. @throws PatchbayError `refused` */
function refuseElsewhere(uri: string): void {
  if (!isRemote(uri)) return
  throw new PatchbayError({
    code: 'refused',
    message: `This computer would be changed, and the machines of ${uri} are on another.`,
    hint: 'Run Patchbay over there; for this computer add --connect qemu:///system.',
  })
}

/** @throws PatchbayError saying why libvirt is away */
function libvirtOf({ libvirt: { session }, store }: OpenedWorld): Libvirt {
  if (session !== null) return session.libvirt
  const status = store.current.libvirt
  throw new PatchbayError(
    status.state === 'offline'
      ? status.failure
      : {
          code: 'libvirt-unreachable',
          message: 'The connection to libvirt is not there yet.',
          hint: 'Try again.',
        },
  )
}

function printTrouble(message: string): void {
  console.error(`patchbay: ${message}`)
}
