import { PatchbayError } from '../../shared/failure'
import { say } from '../../shared/phrases/phrase'

/**
 * XDR (RFC 4506), the encoding of libvirt's RPC: everything big-endian, in units of four bytes.
 * A codec reads and writes one type; `TypeOf<typeof codec>` is the TypeScript type it carries.
 */
export interface Codec<T> {
  encode(writer: XdrWriter, value: T): void
  decode(reader: XdrReader): T
}

export type TypeOf<C> = C extends Codec<infer T> ? T : never

/** Length of the longest string libvirt sends (REMOTE_STRING_MAX, remote_protocol.x). */
const STRING_MAX = 4_194_304

const paddingOf = (length: number): number => (4 - (length % 4)) % 4

const malformed = (detail: string): PatchbayError =>
  new PatchbayError({
    code: 'protocol',
    message: say('libvirt-sent-message-does'),
    hint: say('check-socket-belongs-to-libvirt'),
    detail,
  })

/** Appends XDR to a buffer that grows; `headroom` bytes are left free in front for a packet header. */
export class XdrWriter {
  #buffer: Buffer
  #length: number

  constructor(headroom = 0) {
    // Taken from Node's pool without clearing: every byte up to the end gets written.
    this.#buffer = Buffer.allocUnsafe(headroom + 256)
    this.#length = headroom
  }

  /** Makes room at the end and returns where it starts; the buffer may be another one afterwards. */
  #reserve(count: number): number {
    const start = this.#length
    this.#length += count
    if (this.#length > this.#buffer.length) {
      const grown = Buffer.allocUnsafe(this.#length * 2)
      this.#buffer.copy(grown, 0, 0, start)
      this.#buffer = grown
    }
    return start
  }

  int(value: number): void {
    const start = this.#reserve(4)
    this.#buffer.writeInt32BE(value, start)
  }

  uint(value: number): void {
    const start = this.#reserve(4)
    this.#buffer.writeUInt32BE(value, start)
  }

  hyper(value: bigint): void {
    const start = this.#reserve(8)
    this.#buffer.writeBigInt64BE(value, start)
  }

  uhyper(value: bigint): void {
    const start = this.#reserve(8)
    this.#buffer.writeBigUInt64BE(value, start)
  }

  /** Bytes of a length that both sides know, padded with zeros. */
  opaque(bytes: Uint8Array): void {
    const start = this.#reserve(bytes.length + paddingOf(bytes.length))
    this.#buffer.set(bytes, start)
    this.#buffer.fill(0, start + bytes.length, this.#length)
  }

  /** What was written, headroom included; shares memory with the writer. */
  bytes(): Buffer {
    return this.#buffer.subarray(0, this.#length)
  }
}

/** Reads XDR from one message; every overrun, oversized length and bad padding is a `protocol` failure. */
export class XdrReader {
  readonly #buffer: Buffer
  #offset = 0

  constructor(buffer: Buffer) {
    this.#buffer = buffer
  }

  #take(count: number): number {
    const start = this.#offset
    if (count > this.#buffer.length - start) {
      throw malformed(`message cut short: ${count} bytes wanted at ${start} of ${this.#buffer.length}`)
    }
    this.#offset = start + count
    return start
  }

  #skipPadding(length: number): void {
    const count = paddingOf(length)
    const start = this.#take(count)
    for (let i = start; i < start + count; i++) {
      if (this.#buffer[i] !== 0) throw malformed(`padding is not zero at ${i}`)
    }
  }

  int(): number {
    return this.#buffer.readInt32BE(this.#take(4))
  }

  uint(): number {
    return this.#buffer.readUInt32BE(this.#take(4))
  }

  hyper(): bigint {
    return this.#buffer.readBigInt64BE(this.#take(8))
  }

  uhyper(): bigint {
    return this.#buffer.readBigUInt64BE(this.#take(8))
  }

  /** An element count or byte length of at most `max`. */
  length(max: number): number {
    const length = this.uint()
    if (length > max) throw malformed(`length ${length} exceeds the limit ${max}`)
    return length
  }

  /** A boolean as libvirt writes it before an optional value. */
  flag(): boolean {
    const value = this.uint()
    if (value > 1) throw malformed(`${value} is neither true nor false`)
    return value === 1
  }

  /** Bytes of a known length; shares memory with the message. */
  opaque(length: number): Buffer {
    const start = this.#take(length)
    this.#skipPadding(length)
    return this.#buffer.subarray(start, start + length)
  }

  text(max: number): string {
    const length = this.length(max)
    const start = this.#take(length)
    const text = this.#buffer.toString('utf8', start, start + length)
    this.#skipPadding(length)
    return text
  }

  /** Throws unless everything was read. */
  end(): void {
    const rest = this.#buffer.length - this.#offset
    if (rest !== 0) throw malformed(`${rest} bytes left over after the message`)
  }
}

export const int: Codec<number> = {
  encode: (writer, value) => writer.int(value),
  decode: (reader) => reader.int(),
}

export const uint: Codec<number> = {
  encode: (writer, value) => writer.uint(value),
  decode: (reader) => reader.uint(),
}

export const hyper: Codec<bigint> = {
  encode: (writer, value) => writer.hyper(value),
  decode: (reader) => reader.hyper(),
}

export const uhyper: Codec<bigint> = {
  encode: (writer, value) => writer.uhyper(value),
  decode: (reader) => reader.uhyper(),
}

/** libvirt sends its truth values as `int`. */
export const bool: Codec<boolean> = {
  encode: (writer, value) => writer.int(value ? 1 : 0),
  decode: (reader) => reader.int() !== 0,
}

export const string: Codec<string> = {
  encode: (writer, value) => {
    const bytes = Buffer.from(value, 'utf8')
    if (bytes.length > STRING_MAX) {
      throw new PatchbayError({
        code: 'usage',
        message: say('text-bytes-too-long', { length: bytes.length, most: STRING_MAX }),
      })
    }
    writer.uint(bytes.length)
    writer.opaque(bytes)
  },
  decode: (reader) => reader.text(STRING_MAX),
}

/** Raw bytes of a fixed length. */
export const opaque = (length: number): Codec<Buffer> => ({
  encode: (writer, value) => {
    if (value.length !== length) throw new RangeError(`${value.length} bytes where ${length} belong`)
    writer.opaque(value)
  },
  decode: (reader) => reader.opaque(length),
})

/** A value that may be missing (a pointer in XDR). */
export const optional = <T>(inner: Codec<T>): Codec<T | null> => ({
  encode: (writer, value) => {
    writer.uint(value === null ? 0 : 1)
    if (value !== null) inner.encode(writer, value)
  },
  decode: (reader) => (reader.flag() ? inner.decode(reader) : null),
})

/** A list of at most `max` elements. */
export const array = <T>(inner: Codec<T>, max: number): Codec<readonly T[]> => ({
  encode: (writer, value) => {
    writer.uint(value.length)
    for (const element of value) inner.encode(writer, element)
  },
  decode: (reader) => {
    const length = reader.length(max)
    const elements: T[] = []
    for (let i = 0; i < length; i++) elements.push(inner.decode(reader))
    return elements
  },
})

/** Fields in the order of the wire. */
export function struct<T extends object>(fields: { readonly [K in keyof T]: Codec<T[K]> }): Codec<T>
export function struct(fields: Readonly<Record<string, Codec<unknown>>>): Codec<Record<string, unknown>> {
  const entries = Object.entries(fields)
  return {
    encode: (writer, value) => {
      for (const [name, codec] of entries) codec.encode(writer, value[name])
    },
    decode: (reader) => {
      const value: Record<string, unknown> = {}
      for (const [name, codec] of entries) value[name] = codec.decode(reader)
      return value
    },
  }
}

/** No arguments, or nothing returned. */
export const nothing: Codec<Record<string, never>> = {
  encode: () => undefined,
  decode: () => ({}),
}
