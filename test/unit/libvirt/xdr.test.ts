import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toFailure } from '../../../shared/failure'
import { domain, remoteError, uuid } from '../../../electron/libvirt/wire'
import {
  array,
  bool,
  hyper,
  int,
  opaque,
  optional,
  string,
  struct,
  uhyper,
  uint,
  XdrReader,
  XdrWriter,
  type Codec,
} from '../../../electron/libvirt/xdr'

function encode<T>(codec: Codec<T>, value: T): Buffer {
  const writer = new XdrWriter()
  codec.encode(writer, value)
  return writer.bytes()
}

function decode<T>(codec: Codec<T>, bytes: Buffer): T {
  const reader = new XdrReader(bytes)
  const value = codec.decode(reader)
  reader.end()
  return value
}

const codeOf = (action: () => unknown): string => {
  try {
    action()
  } catch (thrown) {
    return toFailure(thrown).code
  }
  return 'no error'
}

const everything = struct({
  int,
  uint,
  hyper,
  uhyper,
  bool,
  text: string,
  maybe: optional(string),
  raw: opaque(5),
  list: array(struct({ name: string, size: hyper }), 100),
})

const anything = fc.record({
  int: fc.integer(),
  uint: fc.nat(0xffffffff),
  hyper: fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n),
  uhyper: fc.bigInt(0n, 2n ** 64n - 1n),
  bool: fc.boolean(),
  text: fc.string({ unit: 'grapheme' }),
  maybe: fc.option(fc.string({ unit: 'grapheme-composite' })),
  raw: fc.uint8Array({ minLength: 5, maxLength: 5 }).map((bytes) => Buffer.from(bytes)),
  list: fc.array(fc.record({ name: fc.string(), size: fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n) }), {
    maxLength: 100,
  }),
})

describe('XDR', () => {
  it('gives back whatever was written, in units of four bytes', () => {
    fc.assert(
      fc.property(anything, (value) => {
        const bytes = encode(everything, value)
        expect(bytes.length % 4).toBe(0)
        expect(decode(everything, bytes)).toEqual(value)
      }),
    )
  })

  it('writes text as RFC 4506 says: length, bytes, zeros', () => {
    expect(encode(string, 'virbr0').toString('hex')).toBe('00000006766972627230' + '0000')
    expect(encode(int, -1).toString('hex')).toBe('ffffffff')
    expect(encode(optional(uint), null).toString('hex')).toBe('00000000')
  })

  it('notices a message that is cut short, wherever that happens', () => {
    fc.assert(
      fc.property(anything, fc.double({ min: 0, max: 0.999, noNaN: true }), (value, part) => {
        const bytes = encode(everything, value)
        const cut = bytes.subarray(0, Math.floor(bytes.length * part))
        expect(codeOf(() => decode(everything, cut))).toBe('protocol')
      }),
    )
  })

  it('never throws anything but a protocol failure, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(['protocol', 'no error']).toContain(codeOf(() => decode(remoteError, Buffer.from(bytes))))
      }),
    )
  })

  it.each([
    ['bytes left over', Buffer.from('0000000100000000', 'hex'), uint],
    ['padding that is not zero', Buffer.from('0000000161000001', 'hex'), string],
    ['a text of 4 GiB', Buffer.from('ffffffff61616161', 'hex'), string],
    ['more elements than allowed', Buffer.from('00000003000000000000000000000000', 'hex'), array(int, 2)],
    ['neither present nor missing', Buffer.from('0000000200000000', 'hex'), optional(uint)],
  ])('refuses %s', (_what, bytes, codec: Codec<unknown>) => {
    expect(codeOf(() => decode(codec, bytes))).toBe('protocol')
  })

  it('refuses to send a text that libvirt would not take', () => {
    expect(codeOf(() => encode(string, 'x'.repeat(4_194_305)))).toBe('usage')
  })

  it('carries UUIDs as the text people know', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.string(), fc.integer(), (id, name, number) => {
        const value = { name, uuid: id, id: number }
        expect(decode(domain, encode(domain, value))).toEqual(value)
        expect(encode(uuid, id).toString('hex')).toBe(id.replaceAll('-', ''))
      }),
    )
  })
})
