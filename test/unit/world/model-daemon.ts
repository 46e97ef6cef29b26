import type { Libvirt } from '../../../electron/libvirt/libvirt'
import type { Connect, LibvirtChange, LibvirtSession } from '../../../electron/world/session'
import { PatchbayError, type Failure } from '../../../shared/failure'
import type { LibvirtNetwork, Machine } from '../../../shared/world/world'
import { machine, network, nic } from '../shared/worlds'

export const GONE: Failure = { code: 'libvirt-unreachable', message: 'gone' }

/** Waits for its turn among everything else that is under way. */
export type Later = (what: string) => Promise<void>

/**
 * A daemon whose every answer and event waits for its turn, so that a test decides what overtakes what. An answer may be
 * given before a change and arrive after the change's event, or after the daemon's end: both happen in libvirt, which works
 * on several calls at a time, and in a client that completes what it has read.
 */
export class ModelDaemon {
  up = true
  /** Goes on with each daemon that took the place of another; machines and networks are named after it. */
  generation = 0
  readonly machines = new Map<string, Machine>()
  readonly networks = new Map<string, LibvirtNetwork>()
  /** Sessions that the client has neither closed nor been told the end of. */
  readonly open = new Set<ModelSession>()
  readonly later: Later

  constructor(later: Later) {
    this.later = later
  }

  connect: Connect = async (_uri, signal) => {
    await this.later('connect')
    if (!this.up || signal.aborted) throw new PatchbayError(GONE)
    const session = new ModelSession(this)
    this.open.add(session)
    await this.later('connected')
    return session
  }

  putMachine(n: number, state: Machine['state']): void {
    if (!this.up) return
    const name = `g${this.generation}-${n}`
    // Plugged in, so that a lease is expected of the network with the same number.
    const nics = [nic(`52:54:00:00:00:0${n}`, { live: { type: 'network', network: name } })]
    const one = machine(name, { state, nics })
    this.machines.set(one.id, one)
    this.#tell({ what: 'machine', id: one.id, started: state === 'running' })
  }

  removeMachine(n: number): void {
    const id = `id-g${this.generation}-${n}`
    if (this.up && this.machines.delete(id)) this.#tell({ what: 'machine', id, started: false })
  }

  putNetwork(n: number, active: boolean): void {
    if (!this.up) return
    const one = network(`g${this.generation}-${n}`, { active, bridge: `virbr${n}` })
    this.networks.set(one.uuid, one)
    this.#tell({ what: 'network', uuid: one.uuid })
  }

  removeNetwork(n: number): void {
    const uuid = `uuid-g${this.generation}-${n}`
    if (this.up && this.networks.delete(uuid)) this.#tell({ what: 'network', uuid })
  }

  stop(): void {
    this.up = false
    for (const session of this.open) session.lose()
  }

  start(): void {
    this.up = true
  }

  /** Another daemon, with other machines and networks, takes its place. */
  replace(): void {
    this.stop()
    this.generation++
    this.machines.clear()
    this.networks.clear()
    this.start()
    this.putMachine(0, 'off')
    this.putNetwork(0, true)
  }

  #tell(change: LibvirtChange): void {
    for (const session of this.open) session.tell(change)
  }
}

class ModelSession implements LibvirtSession {
  readonly libvirt: Libvirt = unused
  readonly version = '9.0.0'
  readonly hostname: string
  readonly #daemon: ModelDaemon
  #alive = true
  #onChange: ((change: LibvirtChange) => void) | null = null
  #onClose: ((failure: Failure) => void) | null = null

  constructor(daemon: ModelDaemon) {
    this.#daemon = daemon
    this.hostname = `g${daemon.generation}`
  }

  list = (): ReturnType<LibvirtSession['list']> =>
    this.#ask('list', ({ machines, networks }) => ({
      machines: [...machines.values()],
      networks: [...networks.values()],
    }))

  readMachine = (id: string): Promise<Machine | null> =>
    this.#ask('machine', ({ machines }) => machines.get(id) ?? null)

  readNetwork = (uuid: string): Promise<LibvirtNetwork | null> =>
    this.#ask('network', ({ networks }) => networks.get(uuid) ?? null)

  readLeases = (): Promise<[]> => this.#ask('leases', () => [])

  onChange = async (listener: (change: LibvirtChange) => void): Promise<void> => {
    await this.#ask('subscribe', () => (this.#onChange = listener))
  }

  onClose = (listener: (failure: Failure) => void): void => {
    this.#onClose = listener
  }

  close = async (): Promise<void> => {
    this.#alive = false
    this.#onClose = null
    this.#daemon.open.delete(this)
    await this.#daemon.later('goodbye')
  }

  tell(change: LibvirtChange): void {
    const listener = this.#onChange
    if (this.#alive && listener !== null)
      void this.#daemon.later('event').then(() => this.#alive && listener(change))
  }

  lose(): void {
    this.#alive = false
    void this.#daemon.later('loss').then(() => {
      this.#daemon.open.delete(this)
      this.#onClose?.(GONE)
    })
  }

  async #ask<T>(what: string, answer: (daemon: ModelDaemon) => T): Promise<T> {
    await this.#daemon.later(what)
    if (!this.#alive) throw new PatchbayError(GONE)
    const given = answer(this.#daemon)
    await this.#daemon.later(`answer to ${what}`)
    return given
  }
}

const unused: Libvirt = {
  uri: 'qemu:///system',
  call: () => Promise.reject(new Error('the source makes no calls of its own')),
  subscribe: () => Promise.reject(new Error('the source subscribes through its session')),
  onClose: () => () => false,
  close: () => Promise.resolve(),
}
