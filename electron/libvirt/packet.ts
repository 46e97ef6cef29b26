import { PatchbayError } from '../../shared/failure'
import { nothing, XdrReader, XdrWriter, type Codec } from './xdr'
import { say } from '../../shared/phrases/phrase'

/**
 * Packets of libvirt's RPC: a length that counts itself, six header words, the payload.
 * Source: libvirt src/rpc/virnetprotocol.x and docs/kbase/internals/rpc.rst.
 */
export interface PacketHeader {
  program: number
  version: number
  procedure: number
  /** One of `MessageType`. */
  type: number
  serial: number
  /** One of `MessageStatus`. */
  status: number
}

export interface Packet extends PacketHeader {
  payload: Buffer
}

export const REMOTE_PROGRAM = 0x20008086
/** What only QEMU has, over the same connection (src/remote/qemu_protocol.x); its version is 1 as well. */
export const QEMU_PROGRAM = 0x20008087
export const REMOTE_VERSION = 1

/** The keepalive protocol is a program of its own (src/rpc/virkeepaliveprotocol.x). */
export const KEEPALIVE_PROGRAM = 0x6b656570
export const KEEPALIVE_VERSION = 1
export const KEEPALIVE_PING = 1
export const KEEPALIVE_PONG = 2

export const MessageType = { call: 0, reply: 1, event: 2 } as const
export const MessageStatus = { ok: 0, error: 1 } as const

const HEADER_BYTES = 28
/** VIR_NET_MESSAGE_MAX, which leaves out the length word. */
const MESSAGE_MAX = 33_554_432

/** One packet, ready to send. */
export function encodePacket<A>(header: PacketHeader, codec: Codec<A>, args: A): Buffer {
  const writer = new XdrWriter(HEADER_BYTES)
  codec.encode(writer, args)
  const bytes = writer.bytes()
  const words = [
    bytes.length,
    header.program,
    header.version,
    header.procedure,
    header.type,
    header.serial,
    header.status,
  ]
  words.forEach((word, i) => bytes.writeUInt32BE(word, i * 4))
  return bytes
}

/** What a payload says. @throws PatchbayError `protocol` unless it is that and nothing more */
export function decode<T>(codec: Codec<T>, payload: Buffer): T {
  const reader = new XdrReader(payload)
  const value = codec.decode(reader)
  reader.end()
  return value
}

/** The answer to the daemon's question whether we are still there. */
export const PONG = encodePacket(
  {
    program: KEEPALIVE_PROGRAM,
    version: KEEPALIVE_VERSION,
    procedure: KEEPALIVE_PONG,
    type: MessageType.event,
    serial: 0,
    status: MessageStatus.ok,
  },
  nothing,
  {},
)

/** Cuts a byte stream into packets, however the socket happened to slice it. */
export class PacketSplitter {
  /** Bytes that came before the packet was whole, in order. */
  #chunks: Buffer[] = []
  #held = 0
  /** Bytes needed before anything can be cut off: a length word first, then a whole packet. */
  #wanted = 4

  /**
   * Takes what the socket read and returns the packets that are now complete.
   * A payload shares memory with the chunk it came in, so decode it before the next read.
   * @throws PatchbayError `protocol` for a length no libvirt packet has.
   */
  push(chunk: Buffer): Packet[] {
    this.#chunks.push(chunk)
    this.#held += chunk.length
    if (this.#held < this.#wanted) return []

    const bytes = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks, this.#held)
    const packets: Packet[] = []
    let offset = 0
    this.#wanted = 4
    while (bytes.length - offset >= 4) {
      const length = packetLength(bytes, offset)
      if (bytes.length - offset < length) {
        this.#wanted = length
        break
      }
      packets.push(packetAt(bytes, offset, length))
      offset += length
    }
    this.#chunks = offset === bytes.length ? [] : [bytes.subarray(offset)]
    this.#held = bytes.length - offset
    return packets
  }

  /** Bytes of a packet that never became whole. */
  get held(): number {
    return this.#held
  }
}

function packetLength(bytes: Buffer, offset: number): number {
  const length = bytes.readUInt32BE(offset)
  if (length >= HEADER_BYTES && length <= MESSAGE_MAX + 4) return length
  throw new PatchbayError({
    code: 'protocol',
    message: say('libvirt-sent-packet-impossible-length'),
    hint: say('check-socket-belongs-to-libvirt'),
    detail: `packet length ${length}, allowed are ${HEADER_BYTES} to ${MESSAGE_MAX + 4}`,
  })
}

const packetAt = (bytes: Buffer, offset: number, length: number): Packet => ({
  program: bytes.readUInt32BE(offset + 4),
  version: bytes.readUInt32BE(offset + 8),
  procedure: bytes.readUInt32BE(offset + 12),
  type: bytes.readUInt32BE(offset + 16),
  serial: bytes.readUInt32BE(offset + 20),
  status: bytes.readUInt32BE(offset + 24),
  payload: bytes.subarray(offset + HEADER_BYTES, offset + length),
})
