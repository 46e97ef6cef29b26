import type { FileCopy } from '../root-files/files'
import type { LinkState } from '../kernel/link-state'

/** The network lies on the NIC itself, as it was before, or on the bridge that has the NIC as its port. */
export type Side = 'nic' | 'bridge'

/** A change that is recorded on disk: everything needed to go to either side, also by another process later. */
export interface Change {
  readonly id: string
  readonly nic: string
  readonly bridge: string
  readonly mac: string
  readonly lease: Lease | null
  /** The NIC as the kernel had it before, to the last route. */
  readonly kernel: LinkState
  /**
   * What was nobody's but the kernel's on the link that had the network when the change began: it goes along to the other side,
   * and is put back with a rollback.
   */
  readonly carried: LinkState
  /** The configuration files of both sides. */
  readonly files: FileSet
  /** What the backend has worked out, as plain data. */
  readonly own: unknown
}

/** What a router gave a link by DHCP for IPv4. */
export interface Lease {
  addresses: readonly { ip: string; prefix: number }[]
  gateway: string | null
  dns: readonly string[]
  search: readonly string[]
}

/** A file that the change adds, replaces or removes. */
export interface PlannedFile {
  path: string
  /**
   * `file-set`: has this content with the bridge in force; null for no such file. `manager`: the manager writes the file
   * itself when the bridge is kept, and what it wrote is copied into the transaction then.
   */
  after: NewFile | { by: 'manager' }
  /** What it was worked out from, where that counts: the snapshot must find the same. Null for no such file. */
  before?: Buffer | null
}

/** Root's own unless told otherwise. */
export interface NewFile {
  by: 'file-set'
  content: Buffer | null
  mode: number
  uid?: number
  gid?: number
}

/**
 * The configuration files that a change touches, as they are with the network on the NIC (before) and on the bridge
 * (after). Both sides lie in the transaction's folder before anything is changed, so each can be put in force at any time.
 */
export interface FileSet {
  readonly paths: readonly string[]
  /** A file as it is on one side; null where there is none. */
  copyOf(side: Side, path: string): Promise<FileCopy | null>
  /** Puts the files of one side into their places, byte for byte, or `only` some; what is right already is left alone. */
  put(side: Side, only?: readonly string[]): Promise<void>
  /** The paths that are not as on that side; with `all`, also of files that the manager writes by itself. */
  differing(side: Side, all: boolean): Promise<string[]>
  /** From now on these are the two sides of a file: the user has changed it since. */
  rebase(path: string, sides: Readonly<Record<Side, FileCopy>>): Promise<void>
  /** Takes over, as the bridge's side, what the manager has written meanwhile. */
  keepManagersFiles(): Promise<void>
}

/** What the NIC had before the change, and must have again after it is undone. */
export interface Expectation {
  addresses: readonly { family: 4 | 6; ip: string; prefix: number; origin: string }[]
  /** All but what the kernel derives from the addresses. Tables by name or number, null for one that was not recorded. */
  routes: readonly { family: 4 | 6; to: string; via: string | null; table: string | null }[]
  dns: readonly string[]
  /** Gateways that answered. */
  gateways: readonly string[]
}

/** The link that carries the network on a side. */
export const linkOf = (side: Side, { nic, bridge }: Pick<Change, 'nic' | 'bridge'>): string =>
  side === 'bridge' ? bridge : nic
