import type { Failure } from '../../shared/failure'
import type { CallOptions, Connection, Unsubscribe } from './connection'
import { resolveUri } from './endpoint'
import { CONNECTION_CLOSED, EVENTS, type EventMessage, type EventName } from './events'
import { openConnections, type Connections, type OpenOptions } from './open'
import { PROCEDURES, type ArgsOf, type ProcedureName, type ReturnOf } from './procedures'
import { say } from '../../shared/phrases/phrase'

/** An open libvirt: one connection, or one per driver where libvirt runs as several daemons. */
export interface Libvirt {
  /** What was opened: `qemu:///system`. */
  readonly uri: string
  /** Makes a call of the table in procedures.ts, at the daemon that serves it. */
  call<N extends ProcedureName>(name: N, args: ArgsOf<N>, options?: CallOptions): Promise<ReturnOf<N>>
  /** Listens to a kind of event; resolves once the daemon has agreed to send it. */
  subscribe<E extends EventName>(
    event: E,
    listener: (message: EventMessage<E>) => void,
  ): Promise<() => Promise<void>>
  /** Tells once when a connection is lost, not of `close()`. Nothing works after it: connect again. */
  onClose(listener: (failure: Failure) => void): Unsubscribe
  close(): Promise<void>
}

/**
 * Connects to libvirt and opens `uri`; without one, `LIBVIRT_DEFAULT_URI` or `qemu:///system`.
 * @throws PatchbayError `libvirt-unreachable`, `not-permitted`, `unsupported`, `usage`, `timeout`.
 */
export async function connectLibvirt(uri?: string, options: OpenOptions = {}): Promise<Libvirt> {
  const resolved = resolveUri(uri, options)
  return new Session(resolved.uri, await openConnections(resolved, options))
}

/** One kind of event, registered with the daemon while somebody listens. */
interface Registration {
  callback: Promise<number>
  listeners: number
}

class Session implements Libvirt {
  readonly uri: string
  readonly #connections: Connections
  readonly #registrations = new Map<EventName, Registration>()
  readonly #closeListeners = new Set<(failure: Failure) => void>()

  constructor(uri: string, connections: Connections) {
    this.uri = uri
    this.#connections = connections
    for (const connection of this.#all()) {
      connection.onClose((failure) => this.#lost(failure))
      connection.onEvent(CONNECTION_CLOSED.procedure, CONNECTION_CLOSED.message, ({ reason }) =>
        this.#lost(hypervisorLost(reason)),
      )
    }
  }

  call<N extends ProcedureName>(name: N, args: ArgsOf<N>, options?: CallOptions): Promise<ReturnOf<N>> {
    return this.#connections[PROCEDURES[name].driver].call(name, args, options)
  }

  async subscribe<E extends EventName>(
    name: E,
    listener: (message: EventMessage<E>) => void,
  ): Promise<() => Promise<void>> {
    const { driver, procedure, message } = EVENTS[name]
    const stop = this.#connections[driver].onEvent(procedure, message, listener)
    try {
      await this.#register(name)
    } catch (thrown) {
      stop()
      throw thrown
    }
    return async () => {
      if (stop()) await this.#deregister(name)
    }
  }

  onClose(listener: (failure: Failure) => void): Unsubscribe {
    this.#closeListeners.add(listener)
    return () => this.#closeListeners.delete(listener)
  }

  async close(): Promise<void> {
    this.#closeListeners.clear()
    await Promise.all(this.#all().map((connection) => connection.close()))
  }

  #all(): Connection[] {
    return [...new Set(Object.values(this.#connections))]
  }

  async #register(name: EventName): Promise<void> {
    const known = this.#registrations.get(name)
    const registration = known ?? { callback: this.#registerCall(name), listeners: 0 }
    registration.listeners++
    this.#registrations.set(name, registration)
    try {
      await registration.callback
    } catch (thrown) {
      this.#registrations.delete(name)
      throw thrown
    }
  }

  async #registerCall(name: EventName): Promise<number> {
    const { driver, id } = EVENTS[name]
    const { callbackID } =
      driver === 'qemu'
        ? await this.call('domainEventRegister', { eventID: id, dom: null })
        : await this.call('networkEventRegister', { eventID: id, net: null })
    return callbackID
  }

  async #deregister(name: EventName): Promise<void> {
    const registration = this.#registrations.get(name)
    if (!registration || --registration.listeners > 0) return
    this.#registrations.delete(name)
    const callbackID = await registration.callback
    await this.call(EVENTS[name].driver === 'qemu' ? 'domainEventDeregister' : 'networkEventDeregister', {
      callbackID,
    })
  }

  /** One daemon gone is libvirt gone: half a picture would be a wrong one. */
  #lost(failure: Failure): void {
    const listeners = [...this.#closeListeners]
    this.#closeListeners.clear()
    for (const connection of this.#all()) connection.drop(failure)
    for (const listener of listeners) listener(failure)
  }
}

const hypervisorLost = (reason: number): Failure => ({
  code: 'libvirt-unreachable',
  message: say('libvirt-lost-connection-to-hypervisor'),
  detail: `virConnectCloseReason ${reason}`,
})
