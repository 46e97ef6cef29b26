import { toFailure } from '../../shared/failure'
import type { ThisHost } from '../../shared/world/host'
import type { RecordedAddition } from '../../shared/helper/host-addition'
import type { TransactionSummary } from '../../shared/helper/transaction'
import { remoteHost } from '../libvirt/uri'
import { LibvirtSource } from './libvirt-source'
import { emptyWorld } from './reduce'
import { Rerun } from './rerun'
import type { Connect } from './session'
import { WorldStore } from './store'
import { english } from '../../shared/phrases/english'

/** Where the World comes from; `sources.ts` gives the real ones, tests their own. */
export interface Sources {
  connect: Connect
  /** Where libvirt's socket appears; null when that is not known. */
  socketFolder: (uri: string) => string | null
  /** Where libvirt's DHCP keeps its leases, a file for each virtual bridge. */
  leasesFolder: string
  lookAtHost: () => Promise<ThisHost>
  watchHost: (onChange: () => void) => Watch
  readTransactions: () => Promise<readonly TransactionSummary[]>
  readAdditions: () => Promise<readonly RecordedAddition[]>
  /** Tells of both kinds of the helper's records. */
  watchRecords: (onChange: () => void) => Watch
}

export interface Watch {
  close: () => void
}

export interface OpenWorldOptions {
  uri: string
  sources: Sources
  /** What to look at; the rest of the World stays empty. */
  look: { libvirt: boolean; host: boolean; records: boolean }
  /** Stay up to date; false for a single look. */
  follow: boolean
  /** Told of a source that failed while following; the World keeps what it had. */
  onTrouble: (message: string) => void
}

/** The World of this computer, or of another: only the first has a host that can be looked at and changed from here. */
export type OpenedWorld = OpenedHere | OpenedElsewhere

interface Opened {
  store: WorldStore
  libvirt: LibvirtSource
}

/** What shows or changes this computer's network takes this, and so is there for this computer alone. */
export interface OpenedHere extends Opened {
  computer: 'this'
  /** Have the host and the records of changes read again; resolve when the World knows. */
  refreshHost: () => Promise<void>
  refreshRecords: () => Promise<void>
}

export interface OpenedElsewhere extends Opened {
  computer: 'another'
  /** Its name, as ssh knows it. */
  name: string
}

/**
 * Opens the World of one libvirt; several can be open side by side. With another computer's libvirt nothing of this
 * computer is looked at: its links, bridges, leases and changes are not those of the computer with the machines.
 *
 * Resolves with the first picture of the host and its records, while libvirt may still be connecting
 * (its prompt or a slow daemon must not keep a window from opening).
 * @throws PatchbayError when the host itself can't be looked at
 */
export async function openWorld(options: OpenWorldOptions): Promise<OpenedWorld> {
  const { uri, sources, look, follow, onTrouble } = options
  const other = remoteHost(uri)
  const store = new WorldStore(emptyWorld(uri))
  const libvirt = new LibvirtSource({
    uri,
    store,
    connect: sources.connect,
    socketFolder: sources.socketFolder(uri),
    leasesFolder: other === null ? sources.leasesFolder : null,
    follow,
  })
  store.onClose(() => libvirt.close())
  if (look.libvirt) void libvirt.connect()
  if (other !== null) return { computer: 'another', name: other, store, libvirt }

  const trouble = (thrown: unknown): void => onTrouble(english(toFailure(thrown).message))
  /** A source that is read now, and again whenever its watch tells of a change. */
  const source = (
    wanted: boolean,
    read: () => Promise<void>,
    watch: (onChange: () => void) => Watch,
  ): { again: Rerun; first: Promise<void> } => {
    const again = new Rerun(read)
    store.onClose(() => again.close())
    if (wanted && follow) {
      const watching = watch(() => void again.demand().catch(trouble))
      store.onClose(() => watching.close())
    }
    return { again, first: wanted ? again.demand() : Promise.resolve() }
  }

  try {
    const host = source(
      look.host,
      async () => store.dispatch({ type: 'host', host: await sources.lookAtHost() }),
      sources.watchHost,
    )
    const records = source(
      look.records,
      async () => {
        store.dispatch({ type: 'transactions', transactions: await sources.readTransactions() })
        store.dispatch({ type: 'additions', additions: await sources.readAdditions() })
      },
      sources.watchRecords,
    )
    await Promise.all([host.first, records.first])
    if (follow) store.subscribe(rereadMovedMachines(libvirt))
    return {
      computer: 'this',
      store,
      libvirt,
      refreshHost: () => host.again.demand(),
      refreshRecords: () => records.again.demand(),
    }
  } catch (thrown) {
    await store.close()
    throw thrown
  }
}

/**
 * libvirt has no event for a NIC that somebody plugs into something else while the machine runs, but the kernel has:
 * the NIC's tap gets another master.
 */
function rereadMovedMachines(libvirt: LibvirtSource) {
  return (world: WorldStore['current'], before: WorldStore['current']): void => {
    if (world.host === before.host) return
    const masters = new Map(before.host.links.map((link) => [link.name, link.master]))
    const moved = new Set(
      world.host.links
        .filter((link) => masters.has(link.name) && masters.get(link.name) !== link.master)
        .map((link) => link.name),
    )
    const machines = world.machines
      .filter((machine) => machine.nics.some((nic) => nic.tap !== null && moved.has(nic.tap)))
      .map((machine) => machine.id)
    if (machines.length > 0) void libvirt.refresh({ machines })
  }
}
