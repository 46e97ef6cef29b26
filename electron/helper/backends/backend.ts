import type { BackendName, BridgePlan } from '../../../shared/helper/plan'
import type { HostFacts } from '../../host/facts'
import type { Change, Lease, PlannedFile, Side } from '../change/change'
import type { Proof } from '../change/proofs'
import type { Armed } from '../safety-nets/nets'

/**
 * One way of managing the host's network, in its manager's own terms. The transaction around it (order, snapshot,
 * safety nets, verification, journal) is the same for all. Making a bridge is `apply('bridge')` and `keep('bridge')`; undoing
 * it is `apply('nic')` and `keep('nic')`; taking either back is `recover` and `keep` of the side it came from.
 */
export interface Backend {
  readonly name: BackendName
  /** Folders and files that make up this manager's configuration; the snapshot copies them. */
  readonly configuration: readonly string[]
  /** What going to either side will need to know. Changes nothing; all of it is on disk before anything is changed. */
  prepare(facts: HostFacts, plan: BridgePlan): Promise<Prepared>
  /**
   * The manager's own safety net, which takes the change back by itself after `seconds`; null when it has none. Armed
   * in addition to the timer of the service manager. Throws a `PatchbayError` `busy` when somebody else holds one.
   */
  arm(links: readonly string[], seconds: number): Promise<Armed | null>
  /** The net that a dead helper left behind, or null when it has acted already. */
  findArmed(token: string): Promise<Armed | null>
  /**
   * Called before an undo is armed: takes what the user has written into the files since into both sides. Throws a
   * `PatchbayError` `refused` when that can't be told from our own lines. Not there where our files are ours alone.
   */
  beforeUndo?(change: Change): Promise<void>
  /**
   * Brings the network to `side`; rejects when the manager refuses, when `context.signal` aborts or its time is up.
   * Nothing of it goes on behind the caller's back then: the rollback that follows would be undone by a belated step.
   * When it resolves, the manager is done: addresses that come by DHCP are confirmed by the router.
   */
  apply(side: Side, change: Change, context: ApplyContext): Promise<void>
  /**
   * Brings the network back to `side` from whatever state an interrupted change has left: any step may be done, undone or
   * half done, the router may be silent, the cable out, the manager may be starting. Without DHCP the link keeps what is left of its
   * lease, and its client goes on asking. Idempotent. May throw while the manager is down, and is called again then; resolves by `deadline`.
   */
  recover(side: Side, change: Change, deadline: number): Promise<void>
  /**
   * Called when the manager may have got a lease since `recover` had to do without the router's word: takes away what stood in
   * for it. False when there is none yet. Not there where nothing does.
   */
  leaseCame?(side: Side, change: Change): Promise<boolean>
  /** Makes `side` last over a reboot, and forgets the other one. Idempotent. */
  keep(side: Side, change: Change): Promise<void>
  /** Called once an undo has come to its end, and nothing leads back to the bridge: removes what only that way needed. */
  afterUndo?(change: Change): Promise<void>
  /** The names of the checks that this manager can meet on a link only once that has a carrier. */
  readonly needCarrier: readonly string[]
  /** What only this manager can tell: whether it agrees that `side` is in force. Pure. */
  checks(side: Side, facts: HostFacts, change: Change): Proof[]
  close(): void
}

/** What a backend works out before the change. */
export interface Prepared {
  /** Plain data of the backend's own, which survives as JSON; handed back in `Change.own`. */
  own: unknown
  /** Every file that the change adds, replaces or removes. */
  files: readonly PlannedFile[]
  /** What the NIC has by DHCP. */
  lease: Lease | null
}

export interface ApplyContext {
  /** Aborts when the caller is gone. */
  signal: AbortSignal
  /** On the clock of `performance.now()`. */
  deadline: number
}

/** For a backend without a net of its own, whose files are the file set's, and that holds no connection. */
export const keepsNothing = {
  arm: () => Promise.resolve(null),
  findArmed: () => Promise.resolve(null),
  keep: () => Promise.resolve(),
  needCarrier: [],
  checks: () => [],
  close: () => undefined,
} satisfies Partial<Backend>
