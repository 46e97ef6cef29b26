import type { Address, Dns, LinkKind } from '../world/host'
import type { TransactionSummary } from '../helper/transaction'

/**
 * What a snapshot tells everybody: the digest beside a transaction's summary. It holds nothing but what anybody could have
 * looked up when it was taken, so that it can be shown, and compared with now, without a password.
 */
export interface SnapshotDigest {
  version: typeof DIGEST_VERSION
  /** The folders and files that make up the configuration of the network's manager. */
  sources: readonly string[]
  files: OpenFiles
  /** The configuration files that the change itself adds, replaces or removes. */
  touched: readonly string[]
  network: NetworkPicture
}

export const DIGEST_VERSION = 1

/** Configuration files as somebody without any rights sees them. */
export interface OpenFiles {
  files: readonly OpenFile[]
  /** Folders that only root may look into. */
  closed: readonly string[]
}

export type OpenFile = { path: string } & FileState

export type FileState =
  | {
      kind: 'file'
      /** Bytes. */
      size: number
      mode: number
      uid: number
      gid: number
      /** Seconds since 1970, with nine digits after the point. */
      modified: string
      content: FileContent
    }
  /** A symbolic link and what it names. */
  | { kind: 'link'; target: string }

export type FileContent =
  /** What looks like a password is left out of the text. */
  | { kind: 'text'; text: string }
  /** Open to everybody, but no text, or a very long one. */
  | { kind: 'hash'; sha256: string }
  /** For root alone. No hash either: one of a short secret tells the secret. */
  | { kind: 'closed' }

/** The host's network in a form that compares: nothing that changes by itself, in a fixed order. */
export interface NetworkPicture {
  links: readonly LinkPicture[]
  routes: readonly RoutePicture[]
  dns: Dns
}

export interface LinkPicture extends LinkState {
  name: string
  addresses: readonly Address[]
}

export interface LinkState {
  kind: LinkKind
  mac: string | null
  mtu: number
  master: string | null
  parent: string | null
}

export interface RoutePicture {
  family: 4 | 6
  to: string
  via: string | null
  table: string
  link: string
  metric: number | null
}

/** One thing that is not as it was; null where there was, or is, no such thing. */
export type Difference =
  | {
      kind: 'file'
      path: string
      before: FileState | null
      now: FileState | null
      /** The changed lines; null where the text can't be compared. */
      hunks: readonly Hunk[] | null
    }
  | { kind: 'link'; link: string; before: LinkState | null; now: LinkState | null }
  | { kind: 'address'; address: string; before: AddressPlace | null; now: AddressPlace | null }
  | {
      kind: 'route'
      family: 4 | 6
      to: string
      via: string | null
      table: string
      before: RoutePlace | null
      now: RoutePlace | null
    }
  | { kind: 'name-servers' | 'search-domains'; before: readonly string[]; now: readonly string[] }

export interface AddressPlace {
  link: string
  origin: Address['origin']
}

export interface RoutePlace {
  link: string
  metric: number | null
}

/** Changed lines with some around them. */
export interface Hunk {
  /** The numbers of the first line, from 1. */
  before: number
  now: number
  lines: readonly HunkLine[]
}

export interface HunkLine {
  kind: 'kept' | 'removed' | 'added'
  /** With its line break. */
  text: string
}

/** A difference, and the change in force that made it; null for one that somebody else has made since. */
export type AttributedDifference = Difference & { by: string | null }

/** A snapshot compared with the host as it is now. */
export interface SnapshotComparison {
  transaction: TransactionSummary
  result:
    | { kind: 'compared'; differences: readonly AttributedDifference[]; closed: readonly string[] }
    /** The snapshot was taken by a Patchbay that left nothing to compare with. */
    | { kind: 'incomparable' }
  /** What restoring undoes, in its order: later changes that build on this one, then this one. Empty when it is not in force. */
  undoes: readonly TransactionSummary[]
}
