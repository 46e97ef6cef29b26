import type { HostFacts } from '../../host/facts'
import type { BridgePlan } from '../../../shared/plan'
import type { FileCopy } from '../files'

/**
 * One way of managing the host's network. A backend makes and removes the bridge in its manager's own terms; the
 * transaction around it (order, verification, journal) is the same for all.
 */
export interface Backend {
  readonly name: BackendName
  /** Folders and files that make up this manager's configuration; the snapshot copies them. */
  readonly configuration: readonly string[]
  /** What creating and removing the bridge will need to know; recorded on disk before anything changes. */
  recordOf(facts: HostFacts, plan: BridgePlan): BackendRecord
  /**
   * Arms a rollback of `links` that survives this process and happens by itself after `seconds`.
   * Throws a `PatchbayError` `busy` when another one is armed for them.
   */
  arm(links: readonly string[], seconds: number): Promise<Armed>
  /** The armed rollback that a dead helper left behind, or null when it has happened already. */
  findArmed(token: string): Promise<Armed | null>
  /**
   * Makes the bridge; rejects when the manager refuses, when `context.signal` aborts or its time is up. Nothing of it
   * goes on behind the caller's back then: the rollback that follows would be undone by a belated step.
   */
  createBridge(record: BackendRecord, facts: HostFacts, context: ApplyContext): Promise<void>
  /**
   * Brings the NIC back to its own profile and takes the bridge down; what was added may still exist. Should the profile
   * be gone, as NetworkManager's made-up ones are after a reboot, it is made again from `saved`.
   */
  removeBridge(record: BackendRecord, saved: FileCopy | null, context: ApplyContext): Promise<void>
  /** Makes the bridge last over a reboot. Returns the files that were added. */
  keepBridge(record: BackendRecord): Promise<readonly string[]>
  /** Removes what was added, on disk and in memory. Nothing to remove is no error. */
  forgetBridge(record: BackendRecord): Promise<void>
  /** What a router has given a link by DHCP, or null. */
  leaseOn(facts: HostFacts, link: string): Lease | null
  /**
   * After a rollback: waits until the NIC, or the bridge, works again, helping where the manager alone can't; `lease` is
   * what it keeps should DHCP not answer any more.
   */
  settle(record: BackendRecord, side: 'nic' | 'bridge', lease: Lease | null, deadline: number): Promise<void>
  close(): void
}

export type BackendName = 'networkmanager'

/** What a router gave a link by DHCP for IPv4. */
export interface Lease {
  addresses: readonly { ip: string; prefix: number }[]
  gateway: string | null
  dns: readonly string[]
  search: readonly string[]
}

/** Plain data that survives as JSON. */
export interface BackendRecord {
  nic: string
  bridge: string
  mac: string
  original: { uuid: string; id: string; file: string | null }
  profiles: { bridge: string; port: string }
  /** What the NIC had by DHCP. */
  lease: Lease | null
}

export interface ApplyContext {
  /** Aborts when the caller is gone. */
  signal: AbortSignal
  /** On the clock of `performance.now()`. */
  deadline: number
}

export interface Armed {
  /** Names this rollback in the journal. */
  readonly token: string
  /** Throws when it has happened already. */
  disarm(): Promise<void>
  rollBack(): Promise<void>
}
