import { PatchbayError, toFailure, type Failure } from '../../shared/failure'
import type { Channel } from './channel'
import { LibvirtError } from './errors'
import {
  decode,
  encodePacket,
  KEEPALIVE_PING,
  KEEPALIVE_PROGRAM,
  MessageStatus,
  MessageType,
  PacketSplitter,
  PONG,
  QEMU_PROGRAM,
  REMOTE_PROGRAM,
  REMOTE_VERSION,
  type Packet,
} from './packet'
import { PROCEDURES, type ArgsOf, type Procedure, type ProcedureName, type ReturnOf } from './procedures'
import { remoteError } from './wire'
import type { Codec } from './xdr'
import { say } from '../../shared/phrases/phrase'

/** Long enough for a machine to start, short enough that nobody waits for ever. */
const DEFAULT_TIMEOUT_MS = 60_000

export interface CallOptions {
  /** Milliseconds until the call fails with `timeout`; null waits for ever. 60 000 unless told. */
  timeoutMs?: number | null
}

export type Unsubscribe = () => void

interface PendingCall {
  settle: (packet: Packet) => void
  reject: (error: PatchbayError) => void
}

/**
 * One connection to one daemon, many calls in flight: requests of the same tick leave in one write,
 * replies find their call by serial. Idle, it does nothing at all: libvirt pings only clients that asked for it.
 *
 * The daemon works on five calls of a client at a time (`max_client_requests`), leaves the others in the socket, and
 * notes that once in its log. Its warning there is about keepalive, which is not in use here.
 */
export class Connection {
  readonly #channel: Channel
  readonly #splitter = new PacketSplitter()
  readonly #pending = new Map<number, PendingCall>()
  readonly #eventListeners = new Map<number, Set<(payload: Buffer) => void>>()
  readonly #closeListeners = new Set<(failure: Failure) => void>()
  #outgoing: Buffer[] = []
  #serial = 0
  /** Why there is no connection any more. */
  #ended: Failure | null = null

  constructor(channel: Channel) {
    this.#channel = channel
    channel.listen({
      received: (chunk) => this.#receive(chunk),
      ended: (failure) => this.#end(this.#withRest(failure)),
    })
  }

  /**
   * Calls the daemon.
   * @throws LibvirtError when it says no; PatchbayError `timeout`, `protocol` or `libvirt-unreachable`.
   */
  call<N extends ProcedureName>(
    name: N,
    args: ArgsOf<N>,
    { timeoutMs = DEFAULT_TIMEOUT_MS }: CallOptions = {},
  ): Promise<ReturnOf<N>> {
    const procedure: Procedure<ArgsOf<N>, ReturnOf<N>> = PROCEDURES[name]
    return new Promise((resolve, reject) => {
      if (this.#ended) throw new PatchbayError(this.#ended)
      const serial = this.#nextSerial()
      const { program, number } = procedure
      const header = { ...callHeader, program, procedure: number, type: MessageType.call, serial }
      this.#send(encodePacket(header, procedure.args, args))

      const timer = timeoutMs === null ? null : setTimeout(() => this.#giveUp(serial, name), timeoutMs)
      const finish = (): void => {
        this.#pending.delete(serial)
        if (timer) clearTimeout(timer)
      }
      this.#pending.set(serial, {
        settle: (packet) => {
          if (packet.procedure !== number)
            throw nonsense(`reply to ${packet.procedure} where ${number} was called`)
          if (packet.status === MessageStatus.error) {
            const error = decode(remoteError, packet.payload)
            finish()
            reject(new LibvirtError(name, error))
          } else {
            const value = decode(procedure.ret, packet.payload)
            finish()
            resolve(value)
          }
        },
        reject: (error) => {
          finish()
          reject(error)
        },
      })
    })
  }

  /**
   * Hands every event of a procedure number to the listener; the daemon sends only what was registered.
   * @returns what stops it, and says whether it still went on.
   */
  onEvent<M>(procedure: number, codec: Codec<M>, listener: (message: M) => void): () => boolean {
    const deliver = (payload: Buffer): void => {
      const message = this.#guard(() => decode(codec, payload))
      if (message) hand(listener, message.value)
    }
    const listeners = this.#eventListeners.get(procedure) ?? new Set()
    this.#eventListeners.set(procedure, listeners.add(deliver))
    return () => listeners.delete(deliver)
  }

  /** Tells of a lost connection, once; not of `close()`. */
  onClose(listener: (failure: Failure) => void): Unsubscribe {
    this.#closeListeners.add(listener)
    return () => this.#closeListeners.delete(listener)
  }

  /** Says goodbye and closes; calls still in flight fail. Safe to call again. */
  async close(): Promise<void> {
    this.#closeListeners.clear()
    if (this.#ended) return this.#channel.destroy()
    const goodbye = this.call('connectClose', {}, { timeoutMs: 2000 })
    // A daemon that cannot answer any more is as closed as one that did.
    await goodbye.catch(toFailure)
    this.#end(closedHere)
    await this.#channel.destroy()
  }

  /** Ends at once and without a word, for a reason that all calls then fail with. */
  drop(reason: Failure): void {
    this.#closeListeners.clear()
    this.#end(reason)
  }

  #nextSerial(): number {
    this.#serial = (this.#serial + 1) >>> 0
    return this.#serial
  }

  #send(packet: Buffer): void {
    this.#outgoing.push(packet)
    if (this.#outgoing.length > 1) return
    queueMicrotask(() => {
      const packets = this.#outgoing
      this.#outgoing = []
      if (!this.#ended) this.#channel.write(packets.length === 1 ? packet : Buffer.concat(packets))
    })
  }

  #receive(chunk: Buffer): void {
    const packets = this.#guard(() => this.#splitter.push(chunk))
    for (const packet of packets?.value ?? []) {
      if (this.#ended) return
      if (packet.type === MessageType.event && packet.program === REMOTE_PROGRAM) this.#deliver(packet)
      else this.#guard(() => this.#dispatch(packet))
    }
  }

  #deliver(packet: Packet): void {
    for (const listener of this.#eventListeners.get(packet.procedure) ?? []) listener(packet.payload)
  }

  #dispatch(packet: Packet): void {
    if (packet.program === KEEPALIVE_PROGRAM) {
      if (packet.procedure === KEEPALIVE_PING) this.#send(PONG)
    } else if (PROGRAMS.includes(packet.program) && packet.type === MessageType.reply) {
      const call = this.#pending.get(packet.serial)
      if (!call) throw nonsense(`reply with the unknown serial ${packet.serial}`)
      call.settle(packet)
    } else {
      throw nonsense(`message of type ${packet.type} for program 0x${packet.program.toString(16)}`)
    }
  }

  /** Runs what may find the daemon's bytes wrong; a peer that sends nonsense is not trusted any further. */
  #guard<T>(read: () => T): { value: T } | null {
    try {
      return { value: read() }
    } catch (thrown) {
      this.#end(toFailure(thrown))
      return null
    }
  }

  /** Fails a call; its reply may still come and is then dropped. */
  #giveUp(serial: number, name: string): void {
    this.#pending.get(serial)?.reject(
      new PatchbayError({
        code: 'timeout',
        message: say('libvirt-did-not-answer'),
        hint: say('daemon-may-busy-or-hang'),
        detail: name,
      }),
    )
    this.#pending.set(serial, {
      settle: () => this.#pending.delete(serial),
      reject: () => this.#pending.delete(serial),
    })
  }

  #withRest(failure: Failure): Failure {
    const { held } = this.#splitter
    if (held === 0) return failure
    return { ...failure, detail: `${failure.detail ?? ''}, after ${held} bytes of a packet` }
  }

  #end(failure: Failure): void {
    if (this.#ended) return
    this.#ended = failure
    void this.#channel.destroy()
    for (const call of [...this.#pending.values()]) call.reject(new PatchbayError(failure))
    for (const listener of [...this.#closeListeners]) hand(listener, failure)
  }
}

const PROGRAMS: readonly number[] = [REMOTE_PROGRAM, QEMU_PROGRAM]
const callHeader = { version: REMOTE_VERSION, status: MessageStatus.ok }

const closedHere: Failure = { code: 'libvirt-unreachable', message: say('connection-to-libvirt-closed') }

const nonsense = (detail: string): PatchbayError =>
  new PatchbayError({
    code: 'protocol',
    message: say('libvirt-answered-something-not-asked'),
    hint: say('check-socket-belongs-to-libvirt'),
    detail,
  })

/** A listener's own mistake surfaces as an uncaught error, and does not cost the packets behind this one. */
function hand<M>(listener: (message: M) => void, message: M): void {
  try {
    listener(message)
  } catch (thrown) {
    queueMicrotask(() => {
      throw thrown
    })
  }
}
