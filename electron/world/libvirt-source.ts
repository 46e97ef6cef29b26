import { toFailure, type Failure } from '../../shared/failure'
import { attachmentOf, type LibvirtNetwork } from '../../shared/world'
import { servingNetwork } from './addresses'
import { LeaseWatch } from './lease-watch'
import { Reconnect } from './reconnect'
import { libvirtNetworks } from './reduce'
import { Rerun } from './rerun'
import type { LibvirtChange, LibvirtSession } from './session'
import type { WorldStore } from './store'

export interface LibvirtSourceOptions {
  uri: string
  store: WorldStore
  connect: (uri: string) => Promise<LibvirtSession>
  /** Where the daemon's socket appears; null when that is not known. */
  socketFolder: string | null
  leasesFolder: string
  /** False for a single look: no events, no reconnecting. */
  follow: boolean
}

/** Feeds the World from libvirt: one listing, then what each event concerns is read again. */
export class LibvirtSource {
  readonly #options: LibvirtSourceOptions
  readonly #reconnect: Reconnect
  readonly #read = new Rerun(() => this.#readDirty())
  readonly #machines = new Set<string>()
  readonly #networks = new Set<string>()
  readonly #leases = new Set<string>()
  #session: LibvirtSession | null = null
  #leaseWatch: LeaseWatch | null = null
  #connecting: Promise<void> | null = null
  #closed = false

  constructor(options: LibvirtSourceOptions) {
    this.#options = options
    this.#reconnect = new Reconnect(options.socketFolder, () => void this.connect())
  }

  /** The connection, while there is one. */
  get session(): LibvirtSession | null {
    return this.#session
  }

  /** Connects and lists, unless that is under way or done. Resolves when the World says how it went. */
  connect(): Promise<void> {
    if (this.#session !== null || this.#closed) return Promise.resolve()
    this.#connecting ??= this.#open().finally(() => (this.#connecting = null))
    return this.#connecting
  }

  /** The user wants another attempt now. */
  retry(): void {
    if (this.#session !== null || this.#closed) return
    const { uri, store } = this.#options
    this.#reconnect.disarm()
    store.dispatch({ type: 'libvirt', status: { state: 'connecting', uri } })
    void this.connect()
  }

  /** Reads machines and networks again, by their UUIDs. Resolves when the World knows. */
  refresh(what: { machines?: Iterable<string>; networks?: Iterable<string> }): Promise<void> {
    for (const id of what.machines ?? []) this.#machines.add(id)
    for (const uuid of what.networks ?? []) this.#networks.add(uuid)
    return this.#read.demand()
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#reconnect.disarm()
    this.#read.close()
    this.#leaseWatch?.close()
    await this.#session?.close()
    this.#session = null
  }

  async #open(): Promise<void> {
    const { uri, store, connect, follow } = this.#options
    try {
      const session = await connect(uri)
      if (this.#closed) {
        await session.close()
        return
      }
      await this.#begin(session)
      this.#session = session
      this.#reconnect.succeeded()
      const { version, hostname } = session
      store.dispatch({ type: 'libvirt', status: { state: 'connected', uri, version, hostname } })
      // What changed while the listing was under way.
      if (follow) await this.#read.demand()
    } catch (thrown) {
      this.#offline(toFailure(thrown))
    }
  }

  /** Events first, then the listing: nothing that happens in between is missed. */
  async #begin(session: LibvirtSession): Promise<void> {
    const { store, follow, leasesFolder } = this.#options
    try {
      if (follow) {
        session.onClose((failure) => this.#offline(failure))
        await session.onChange((change) => this.#changed(change))
      }
      store.dispatch({ type: 'inventory', ...(await session.list()) })
      if (follow) this.#leaseWatch ??= new LeaseWatch(leasesFolder, (bridge) => this.#leasesChanged(bridge))
    } catch (thrown) {
      await session.close()
      throw thrown
    }
  }

  /** The last machines and networks stay on display. */
  #offline(failure: Failure): void {
    if (this.#closed) return
    const { uri, store, follow } = this.#options
    this.#session = null
    this.#leaseWatch?.close()
    this.#leaseWatch = null
    store.dispatch({ type: 'libvirt', status: { state: 'offline', uri, failure } })
    // Anything else, a missing permission above all, does not mend itself and may prompt again and again.
    if (follow && comesBack(failure)) this.#reconnect.arm()
  }

  #changed(change: LibvirtChange): void {
    if (change.what === 'network') this.#networks.add(change.uuid)
    else this.#machines.add(change.id)
    if (this.#session === null) return
    const read = this.#read.demand()
    if (change.what === 'machine' && change.started) void read.then(() => this.#expectLease(change.id))
  }

  /** A machine will ask its network for an address: have its lease seen. */
  #expectLease(machine: string): void {
    const { machines, networks } = this.#options.store.current
    for (const nic of machines.find((one) => one.id === machine)?.nics ?? []) {
      const bridge = servingNetwork(attachmentOf(nic), libvirtNetworks(networks))?.bridge
      if (bridge) this.#leaseWatch?.expect(bridge)
    }
  }

  #leasesChanged(bridge: string): void {
    const network = this.#networkOnBridge(bridge)
    if (network === undefined) return
    this.#leases.add(network.uuid)
    void this.#read.demand()
  }

  #networkOnBridge(bridge: string): LibvirtNetwork | undefined {
    return libvirtNetworks(this.#options.store.current.networks).find((network) => network.bridge === bridge)
  }

  /** Reads all that was marked, in one go over the pipelined connection. */
  async #readDirty(): Promise<void> {
    const session = this.#session
    if (session === null) return
    const { store } = this.#options
    const networks = take(this.#networks)
    const leases = take(this.#leases).filter((uuid) => !networks.includes(uuid))
    try {
      await Promise.all([
        ...take(this.#machines).map(async (id) =>
          store.dispatch({ type: 'machine', id, machine: await session.readMachine(id) }),
        ),
        ...networks.map(async (uuid) =>
          store.dispatch({ type: 'network', uuid, network: await session.readNetwork(uuid) }),
        ),
        ...leases.map(async (uuid) =>
          store.dispatch({ type: 'leases', uuid, leases: await session.readLeases(uuid) }),
        ),
      ])
    } catch (thrown) {
      // A picture that can't be read any more is not shown as the current one.
      if (this.#session !== session) return
      await session.close()
      this.#offline(toFailure(thrown))
    }
  }
}

function take(marked: Set<string>): string[] {
  const all = [...marked]
  marked.clear()
  return all
}

const comesBack = ({ code }: Failure): boolean =>
  code === 'libvirt-unreachable' || code === 'timeout' || code === 'protocol' || code === 'libvirt-error'
