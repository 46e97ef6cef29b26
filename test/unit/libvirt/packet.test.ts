import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  encodePacket,
  PacketSplitter,
  type Packet,
  type PacketHeader,
} from '../../../electron/libvirt/packet'
import { string } from '../../../electron/libvirt/xdr'
import { toFailure } from '../../../shared/failure'

const word = fc.nat(0xffffffff)
const header: fc.Arbitrary<PacketHeader> = fc.record({
  program: word,
  version: word,
  procedure: word,
  type: word,
  serial: word,
  status: word,
})

describe('packets', () => {
  it('come out as they went in, however the stream was sliced', () => {
    const sent = fc.array(fc.tuple(header, fc.string()), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(sent, fc.array(fc.nat(60), { maxLength: 40 }), (packets, sizes) => {
        const stream = Buffer.concat(packets.map(([head, text]) => encodePacket(head, string, text)))
        const splitter = new PacketSplitter()
        const got = slices(stream, sizes).flatMap((chunk) => copies(splitter.push(chunk)))
        expect(got).toEqual(
          packets.map(([head, text]) => ({
            ...head,
            payload: encodePacket(head, string, text).subarray(28).toString('hex'),
          })),
        )
        expect(splitter.held).toBe(0)
      }),
    )
  })

  it('have the header of libvirt’s RPC: length, program, version, procedure, type, serial, status', () => {
    const bytes = encodePacket(
      { program: 0x20008086, version: 1, procedure: 23, type: 0, serial: 7, status: 0 },
      string,
      'web',
    )
    expect(bytes.toString('hex')).toBe(
      '00000024' +
        '20008086' +
        '00000001' +
        '00000017' +
        '00000000' +
        '00000007' +
        '00000000' +
        '0000000377656200',
    )
  })

  it.each([0, 27, 33_554_437, 0xffffffff])('of %d bytes are refused before anything is kept', (length) => {
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32BE(length)
    const push = (): Packet[] => new PacketSplitter().push(bytes)
    expect(push).toThrow(/impossible length/)
    expect(failureOf(push).detail).toContain(String(length))
  })

  it('may be as long as libvirt’s longest', () => {
    const splitter = new PacketSplitter()
    const bytes = Buffer.alloc(33_554_436)
    bytes.writeUInt32BE(bytes.length)
    expect(splitter.push(bytes.subarray(0, 1000))).toEqual([])
    expect(splitter.held).toBe(1000)
    expect(splitter.push(bytes.subarray(1000)).map(({ payload }) => payload.length)).toEqual([33_554_408])
  })
})

function failureOf(action: () => unknown): ReturnType<typeof toFailure> {
  try {
    action()
  } catch (thrown) {
    return toFailure(thrown)
  }
  throw new Error('nothing was thrown')
}

/** Slices of the sizes given, then the rest. */
function slices(stream: Buffer, sizes: readonly number[]): Buffer[] {
  const chunks: Buffer[] = []
  let rest = stream
  for (const size of sizes) {
    chunks.push(rest.subarray(0, size))
    rest = rest.subarray(size)
  }
  return [...chunks, rest]
}

/** Payloads share memory with what was read, so they are looked at before the next read. */
const copies = (packets: readonly Packet[]) =>
  packets.map((packet) => ({ ...packet, payload: packet.payload.toString('hex') }))
