import type { Failure } from '../../shared/failure'
import type { Libvirt } from '../libvirt/libvirt'
import type { Lease, LibvirtNetwork, Machine } from '../../shared/world/world'

/** Connects to the libvirt of a URI; the signal gives the attempt up. */
export type Connect = (uri: string, signal: AbortSignal) => Promise<LibvirtSession>

/** What the World reads of a connected libvirt; `libvirt-session.ts` gives the real one. */
export interface LibvirtSession {
  /** The connection itself, for changing things. */
  readonly libvirt: Libvirt
  readonly version: string
  readonly hostname: string
  /** Everything, pipelined; networks come with their leases. */
  list: () => Promise<{ machines: readonly Machine[]; networks: readonly LibvirtNetwork[] }>
  /** One machine by its UUID; null when there is none. */
  readMachine: (id: string) => Promise<Machine | null>
  /** One network by its UUID; null when there is none. */
  readNetwork: (uuid: string) => Promise<LibvirtNetwork | null>
  readLeases: (uuid: string) => Promise<readonly Lease[]>
  /** Tells of every change that libvirt has an event for; resolves once the daemon sends them. */
  onChange: (listener: (change: LibvirtChange) => void) => Promise<void>
  /** Tells once when the connection is lost. */
  onClose: (listener: (failure: Failure) => void) => void
  close: () => Promise<void>
}

export type LibvirtChange =
  { what: 'machine'; id: string; started: boolean } | { what: 'network'; uuid: string }
