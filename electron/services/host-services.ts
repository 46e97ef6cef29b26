import { PatchbayError } from '../../shared/failure'
import type { PlanOutcome } from '../../shared/helper/plan'
import type { SnapshotComparison } from '../../shared/snapshot/snapshot'
import type { TransactionSummary } from '../../shared/helper/transaction'
import type { Libvirt } from '../libvirt/libvirt'
import type { OpenedHere, OpenedWorld } from '../world/open-world'
import { beginAdd, beginRemove, type AddRequest } from './change-additions'
import { Doctor, type ReadDoctorFacts } from './doctor'
import type { FixRecords } from './fix-records'
import { HostAdditions } from './host-additions'
import {
  HostChanges,
  type CreateBridgeRequest,
  type RunHelper,
  type UndoBridgeRequest,
  type UndoOptions,
} from './host-changes'
import type { ConnectAll } from './make-way'
import { Snapshots, type SnapshotSources } from './snapshots'
import { say } from '../../shared/phrases/phrase'

/** What looks at and changes this computer; a test brings its own. */
export interface HostParts {
  snapshots: SnapshotSources
  planBridge: (request: { nic: string | null; bridge: string | null }) => Promise<PlanOutcome>
  runHelper: (file: string) => RunHelper
  readDoctorFacts: ReadDoctorFacts
  /** Where fixes in libvirt are recorded. */
  fixRecords: FixRecords
}

/**
 * The use cases that look at or change the computer Patchbay runs on. They exist only beside its own World: with another
 * computer's libvirt each of them is refused, whatever it is, before anything is looked at.
 */
export interface HostServices {
  /** Changes of this host's network, newest first. */
  changes: () => readonly TransactionSummary[]
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
  restoreSnapshot: (request: { transaction: string } & UndoOptions) => Promise<string>
  /** Small things beside the network's configuration. */
  additions: () => HostAdditions
  /** Has the helper add something to this computer. @throws PatchbayError `usage` with the field, `refused` */
  addToHost: (request: AddRequest) => string
  /** Has the helper take something away that it has added. @throws PatchbayError `not-found`, `refused` */
  removeFromHost: (request: { addition: string }) => Promise<string>
  /** What is wrong here, and what can be done about it. */
  doctor: () => Doctor
  /** Answers "Keep these settings?". */
  keep: (request: { operation: string }) => null
  /** Has a change of the host rolled back, as long as it is not made to last. */
  revert: (request: { operation: string }) => null
}

export interface HostServicesOptions {
  /** Absolute path of the bundled helper. */
  helper: string
  parts: HostParts
  /** @throws PatchbayError saying why libvirt is away */
  libvirt: () => Libvirt
  /** Moves machines that are in the way of an undo. */
  connectAll: ConnectAll
}

/** The use cases of a host, and the function that ends them: a change under way is rolled back. */
export function hostServices(
  opened: OpenedWorld,
  options: HostServicesOptions,
): { services: HostServices; close: () => Promise<void> } {
  return opened.computer === 'this' ? servicesHere(opened, options) : servicesElsewhere(opened.name)
}

function servicesHere(
  opened: OpenedHere,
  { helper, parts, libvirt, connectAll }: HostServicesOptions,
): ReturnType<typeof hostServices> {
  const runHelper = parts.runHelper(helper)
  const changes = new HostChanges(opened, runHelper, connectAll)
  const snapshots = new Snapshots(opened, parts.snapshots)
  const additions = new HostAdditions(runHelper)
  const doctor = new Doctor({ opened, libvirt, additions, records: parts.fixRecords }, parts.readDoctorFacts)
  const services: HostServices = {
    changes: () => opened.store.current.transactions,
    planBridge: (request) => parts.planBridge(request),
    createBridge: (request) => changes.createBridge(request),
    undoBridge: (request) => changes.undoBridge(request),
    compareSnapshot: ({ transaction }) => snapshots.compare(transaction),
    restoreSnapshot: async (request) => changes.undoAll(await snapshots.toUndo(request.transaction), request),
    additions: () => additions,
    addToHost: (request) => beginAdd(opened, additions, request),
    removeFromHost: ({ addition }) => beginRemove(opened, additions, addition),
    doctor: () => doctor,
    keep: ({ operation }) => changes.keep(operation),
    revert: ({ operation }) => changes.revert(operation),
  }
  return { services, close: () => changes.close() }
}

/** A use case that is new is refused here as well, or this does not compile. */
function servicesElsewhere(name: string): ReturnType<typeof hostServices> {
  const refuse = (): never => {
    throw elsewhere(name)
  }
  const refuseLater = (): Promise<never> => Promise.reject(elsewhere(name))
  const services: HostServices = {
    changes: refuse,
    planBridge: refuseLater,
    createBridge: refuse,
    undoBridge: refuse,
    compareSnapshot: refuseLater,
    restoreSnapshot: refuseLater,
    additions: refuse,
    addToHost: refuse,
    removeFromHost: refuseLater,
    doctor: refuse,
    keep: refuse,
    revert: refuse,
  }
  return { services, close: () => Promise.resolve() }
}

const elsewhere = (name: string): PatchbayError =>
  new PatchbayError({
    code: 'refused',
    message: say('about-computer-patchbay-runs', { name }),
    hint: say('run-patchbay-over'),
    shellHint: say('run-patchbay-over-for-computer'),
  })
