import { toFailure } from '../../shared/failure'
import type { Host } from '../../shared/host'
import type { TransactionSummary } from '../../shared/transaction'
import { LibvirtSource } from './libvirt-source'
import { emptyWorld } from './reduce'
import { Rerun } from './rerun'
import type { LibvirtSession } from './session'
import { WorldStore } from './store'

/** Where the World comes from; `sources.ts` gives the real ones, tests their own. */
export interface Sources {
  connect: (uri: string) => Promise<LibvirtSession>
  /** Where libvirt's socket appears; null when that is not known. */
  socketFolder: (uri: string) => string | null
  lookAtHost: () => Promise<Host>
  watchHost: (onChange: () => void) => () => void
  readTransactions: () => Promise<readonly TransactionSummary[]>
  watchTransactions: (onChange: () => void) => () => void
}

export interface OpenWorldOptions {
  uri: string
  sources: Sources
  /** What to look at; the rest of the World stays empty. */
  look: { libvirt: boolean; host: boolean; transactions: boolean }
  /** Stay up to date; false for a single look. */
  follow: boolean
  /** Told of a source that failed while following; the World keeps what it had. */
  onTrouble: (message: string) => void
}

export interface OpenedWorld {
  store: WorldStore
  libvirt: LibvirtSource
  /** Has the host looked at again; resolves when the World knows. */
  refreshHost: () => Promise<void>
  refreshTransactions: () => Promise<void>
}

/**
 * Opens the World: resolves with the first picture of host and transactions, while libvirt may still be connecting
 * (its prompt or a slow daemon must not keep a window from opening).
 * @throws PatchbayError when the host itself can't be looked at
 */
export async function openWorld(options: OpenWorldOptions): Promise<OpenedWorld> {
  const { uri, sources, look, follow, onTrouble } = options
  const store = new WorldStore(emptyWorld(uri))
  const libvirt = new LibvirtSource({
    uri,
    store,
    connect: sources.connect,
    socketFolder: sources.socketFolder(uri),
    follow,
  })
  store.onClose(() => libvirt.close())
  if (look.libvirt) void libvirt.connect()

  const lookAtHost = async (): Promise<void> =>
    store.dispatch({ type: 'host', host: await sources.lookAtHost() })
  const readTransactions = async (): Promise<void> =>
    store.dispatch({ type: 'transactions', transactions: await sources.readTransactions() })

  const source = (read: () => Promise<void>, watch: (onChange: () => void) => () => void): Rerun => {
    const again = new Rerun(() => read().catch((thrown: unknown) => onTrouble(toFailure(thrown).message)))
    if (follow) store.onClose(watch(() => void again.demand()))
    store.onClose(() => again.close())
    return again
  }

  try {
    const host = source(lookAtHost, look.host ? sources.watchHost : unwatched)
    const transactions = source(readTransactions, look.transactions ? sources.watchTransactions : unwatched)
    await Promise.all([look.host && lookAtHost(), look.transactions && readTransactions()])
    if (follow) store.subscribe(rereadMovedMachines(libvirt))
    return {
      store,
      libvirt,
      refreshHost: () => host.demand(),
      refreshTransactions: () => transactions.demand(),
    }
  } catch (thrown) {
    await store.close()
    throw thrown
  }
}

const unwatched = (): (() => void) => () => undefined

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
