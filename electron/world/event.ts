import type { ThisHost } from '../../shared/world/host'
import type { RecordedAddition } from '../../shared/helper/host-addition'
import type { Operation } from '../../shared/world/operation'
import type { TransactionSummary } from '../../shared/helper/transaction'
import type { Lease, LibvirtNetwork, LibvirtStatus, Machine } from '../../shared/world/world'
import type { FoundAddress } from '../machines/addresses'

/** Everything that can change the World: what a source saw, or how an operation goes. */
export type WorldEvent =
  | { type: 'libvirt'; status: LibvirtStatus }
  /** A full listing: whatever is not in it is gone. */
  | { type: 'inventory'; machines: readonly Machine[]; networks: readonly LibvirtNetwork[] }
  /** One machine was read again; null when it is gone. */
  | { type: 'machine'; id: string; machine: Machine | null }
  /** One network was read again, found by its UUID; null when it is gone. */
  | { type: 'network'; uuid: string; network: LibvirtNetwork | null }
  | { type: 'leases'; uuid: string; leases: readonly Lease[] }
  | { type: 'host'; host: ThisHost }
  /** Addresses of NICs that no lease tells: from the guest agent or the host's neighbour table. */
  | { type: 'addresses'; found: readonly FoundAddress[] }
  | { type: 'transactions'; transactions: readonly TransactionSummary[] }
  | { type: 'additions'; additions: readonly RecordedAddition[] }
  | { type: 'operation'; operation: Operation }
