import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  encodePacket,
  MessageStatus,
  PacketSplitter,
  REMOTE_PROGRAM,
  type Packet,
} from '../../../electron/libvirt/packet'
import { PROCEDURES, type ProcedureName, type ReturnOf } from '../../../electron/libvirt/procedures'
import { remoteError, type RemoteError } from '../../../electron/libvirt/wire'
import type { Codec } from '../../../electron/libvirt/xdr'
import { loadRecording } from './recording'

/** What a daemon does with a call: bytes to send back, or anything else with the socket. */
export type Answer = (call: Packet, socket: Socket) => Buffer | Promise<Buffer> | undefined

/** A daemon on a Unix socket of its own that answers as it is told. */
export class FakeDaemon {
  readonly path: string
  /** Every packet that clients sent, in order. */
  readonly calls: Packet[] = []
  readonly sockets: Socket[] = []
  readonly #folder = mkdtempSync(join(tmpdir(), 'patchbay-daemon-'))
  readonly #server: Server

  private constructor(name: string, answer: Answer) {
    this.path = join(this.#folder, name)
    this.#server = createServer((socket) => {
      this.sockets.push(socket)
      const splitter = new PacketSplitter()
      socket.on('error', () => socket.destroy())
      socket.on('data', (chunk) => {
        for (const packet of splitter.push(chunk)) void this.#answer(packet, answer, socket)
      })
    })
  }

  static start(answer: Answer, name = 'libvirt-sock'): Promise<FakeDaemon> {
    const daemon = new FakeDaemon(name, answer)
    return new Promise((resolve) => daemon.#server.listen(daemon.path, () => resolve(daemon)))
  }

  async #answer(packet: Packet, answer: Answer, socket: Socket): Promise<void> {
    this.calls.push({ ...packet, payload: Buffer.from(packet.payload) })
    const bytes = await answer(packet, socket)
    if (bytes && !socket.destroyed) socket.write(bytes)
  }

  /** Closes the socket and every connection, as a daemon that dies. */
  stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy()
    return new Promise((resolve) => {
      this.#server.close(() => {
        rmSync(this.#folder, { recursive: true, force: true })
        resolve()
      })
    })
  }
}

/** Answers each call with what a real daemon answered to the same call, byte for byte, and sends its events after it. */
export function replay(...names: string[]): Answer {
  const packets = names.flatMap((name) => loadRecording(name).packets)
  return (call) => {
    const index = packets.findIndex(({ from, bytes }) => from === 'client' && sameCall(bytes, call))
    if (index === -1)
      throw new Error(`nobody recorded the call ${call.procedure}: ${call.payload.toString('hex')}`)
    const rest = packets.slice(index + 1)
    const end = rest.findIndex(({ from }) => from === 'client')
    const answers = rest.slice(0, end === -1 ? undefined : end).map(({ bytes }) => Buffer.from(bytes))
    for (const bytes of answers) if (bytes.readUInt32BE(16) === 1) bytes.writeUInt32BE(call.serial, 20)
    return Buffer.concat(answers)
  }
}

const sameCall = (bytes: Buffer, call: Packet): boolean =>
  bytes.readUInt32BE(12) === call.procedure && bytes.subarray(28).equals(call.payload)

/** A reply to a call, as a daemon would encode it. */
export const reply = <N extends ProcedureName>(call: Packet, name: N, value: ReturnOf<N>): Buffer =>
  encode(call, MessageStatus.ok, PROCEDURES[name].ret, value)

/** The daemon says no. */
export const refusal = (call: Packet, error: Partial<RemoteError>): Buffer =>
  encode(call, MessageStatus.error, remoteError, { ...noError, ...error })

const noError: RemoteError = {
  code: 1,
  domain: 0,
  message: null,
  level: 2,
  dom: null,
  str1: null,
  str2: null,
  str3: null,
  int1: 0,
  int2: 0,
  net: null,
}

const encode = <T>(call: Packet, status: number, codec: Codec<T>, value: T): Buffer => {
  const { program, version, procedure, serial } = call
  return encodePacket({ program, version, procedure, type: 1, serial, status }, codec, value)
}

/** Opens for anybody, without authentication; everything else is up to `answer`. */
export const openTo =
  (answer: Answer): Answer =>
  (call, socket) => {
    if (call.program !== REMOTE_PROGRAM) return answer(call, socket)
    switch (call.procedure) {
      case PROCEDURES.authList.number:
        return reply(call, 'authList', { types: [0] })
      case PROCEDURES.connectOpen.number:
        return reply(call, 'connectOpen', {})
      case PROCEDURES.connectRegisterCloseCallback.number:
        return reply(call, 'connectRegisterCloseCallback', {})
      case PROCEDURES.connectClose.number:
        return reply(call, 'connectClose', {})
      default:
        return answer(call, socket)
    }
  }
