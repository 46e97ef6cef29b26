import { PatchbayError, toFailure, type Failure } from '../../shared/failure'
import { attachmentOf, type LibvirtNetwork } from '../../shared/world/world'
import { servingNetwork } from './addresses'
import { CableWatch } from './cable-watch'
import { LeaseWatch } from './lease-watch'
import { Reconnect } from './reconnect'
import { libvirtNetworks } from './reduce'
import { Rerun } from './rerun'
import type { Connect, LibvirtChange, LibvirtSession } from './session'
import type { WorldStore } from './store'
import type { WorldEvent } from './event'
import { say } from '../../shared/phrases/phrase'

export interface LibvirtSourceOptions {
  uri: string
  store: WorldStore
  connect: Connect
  /** Where the daemon's socket appears; null when that is not known. */
  socketFolder: string | null
  /** Null where it can't be seen. */
  leasesFolder: string | null
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
  readonly #closing = new AbortController()
  readonly #cables = new CableWatch((id) => void this.refresh({ machines: [id] }))
  #session: LibvirtSession | null = null
  /** Connected, and not yet listed. */
  #beginning: LibvirtSession | null = null
  #leaseWatch: LeaseWatch | null = null
  #connecting: Promise<void> | null = null

  constructor(options: LibvirtSourceOptions) {
    this.#options = options
    this.#reconnect = new Reconnect(options.socketFolder, () => void this.connect())
  }

  /** The connection, while there is one. */
  get session(): LibvirtSession | null {
    return this.#session
  }

  /** Connects and lists, unless that is under way or done. Resolves when the World says how it went. */
  async connect(): Promise<void> {
    if (this.#session !== null || this.#closing.signal.aborted) return
    this.#connecting ??= this.#open().finally(() => (this.#connecting = null))
    await this.#connecting
    await this.#catchUp()
  }

  /** The user wants another attempt now. */
  retry(): void {
    if (this.#session !== null || this.#closing.signal.aborted) return
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

  /** Ends everything, in whatever phase: nothing of it is left when this resolves. */
  async close(): Promise<void> {
    this.#closing.abort()
    this.#reconnect.disarm()
    this.#read.close()
    this.#cables.close()
    this.#endLeaseWatch()
    await Promise.all([this.#session?.close(), this.#beginning?.close(), this.#connecting])
    this.#session = null
  }

  async #open(): Promise<void> {
    const { uri, connect } = this.#options
    try {
      const session = await connect(uri, this.#closing.signal)
      this.#beginning = session
      try {
        await this.#begin(session)
      } catch (thrown) {
        await session.close()
        throw thrown
      }
    } catch (thrown) {
      this.#offline(toFailure(thrown))
    } finally {
      this.#beginning = null
    }
  }

  /** Events first, then the listing: nothing that happens in between is missed. */
  async #begin(session: LibvirtSession): Promise<void> {
    const { uri, store, follow, leasesFolder } = this.#options
    let lost: Failure | null = null
    const goOn = (): void => {
      const over = this.#closing.signal.aborted ? CLOSED : lost
      if (over !== null) throw new PatchbayError(over)
    }
    goOn()
    if (follow) {
      session.onClose((failure) => {
        lost = failure
        if (this.#session === session) this.#offline(failure)
      })
      await session.onChange((change) => this.#changed(change))
    }
    const listing = await session.list()
    goOn()

    store.dispatch({ type: 'inventory', ...listing })
    if (follow) this.#cables.saw(listing.machines)
    this.#session = session
    this.#reconnect.succeeded()
    const { version, hostname } = session
    store.dispatch({ type: 'libvirt', status: { state: 'connected', uri, version, hostname } })
    if (follow) this.#leaseWatch = new LeaseWatch(leasesFolder, (bridge) => this.#leasesChanged(bridge))
  }

  /** Reads what changed while the listing was under way. */
  async #catchUp(): Promise<void> {
    if (this.#session !== null && this.#options.follow) await this.#read.demand()
  }

  /** The last machines and networks stay on display. */
  #offline(failure: Failure): void {
    if (this.#closing.signal.aborted) return
    const { uri, store, follow } = this.#options
    this.#session = null
    this.#endLeaseWatch()
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

  #endLeaseWatch(): void {
    this.#leaseWatch?.close()
    this.#leaseWatch = null
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
    const networks = take(this.#networks)
    const leases = take(this.#leases).filter((uuid) => !networks.includes(uuid))
    // An answer of a daemon that is gone says nothing about the one that may be there meanwhile.
    const tell = (event: WorldEvent): void => {
      if (this.#session === session) this.#options.store.dispatch(event)
    }
    try {
      await Promise.all([
        ...take(this.#machines).map(async (id) => {
          const machine = await session.readMachine(id)
          tell({ type: 'machine', id, machine })
          if (machine !== null && this.#options.follow) this.#cables.saw([machine])
        }),
        ...networks.map(async (uuid) =>
          tell({ type: 'network', uuid, network: await session.readNetwork(uuid) }),
        ),
        ...leases.map(async (uuid) => tell({ type: 'leases', uuid, leases: await session.readLeases(uuid) })),
      ])
    } catch (thrown) {
      // A picture that can't be read any more is not shown as the current one.
      if (this.#session !== session) return
      await session.close()
      this.#offline(toFailure(thrown))
    }
  }
}

const CLOSED: Failure = { code: 'libvirt-unreachable', message: say('connection-to-libvirt-closed') }

function take(marked: Set<string>): string[] {
  const all = [...marked]
  marked.clear()
  return all
}

const comesBack = ({ code }: Failure): boolean =>
  code === 'libvirt-unreachable' || code === 'timeout' || code === 'protocol' || code === 'libvirt-error'
