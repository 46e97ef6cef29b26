import { afterEach, describe, expect, it } from 'vitest'
import { openSocket } from '../../../electron/libvirt/channel'
import { Connection } from '../../../electron/libvirt/connection'
import { isNoDomain, LibvirtError } from '../../../electron/libvirt/errors'
import {
  encodePacket,
  KEEPALIVE_PING,
  KEEPALIVE_PONG,
  KEEPALIVE_PROGRAM,
  type Packet,
} from '../../../electron/libvirt/packet'
import { PROCEDURES } from '../../../electron/libvirt/procedures'
import { unreachable } from '../../../electron/libvirt/unreachable'
import { nothing } from '../../../electron/libvirt/xdr'
import type { Failure } from '../../../shared/failure'
import { failureOf } from './failure-of'
import { FakeDaemon, openTo, refusal, reply, type Answer } from './fake-daemon'
import { english } from '../../../shared/phrases/english'

const cleanUp: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const action of cleanUp.splice(0).reverse()) await action()
})

async function connected(answer: Answer): Promise<{ daemon: FakeDaemon; connection: Connection }> {
  const daemon = await FakeDaemon.start(openTo(answer))
  cleanUp.push(() => daemon.stop())
  const connection = new Connection(await openSocket(daemon.path))
  cleanUp.push(() => connection.close())
  return { daemon, connection }
}

const host = (call: Packet, hostname: string): Buffer => reply(call, 'connectGetHostname', { hostname })

describe('a connection', () => {
  it('has many calls in flight and finds the reply of each, in whatever order they come', async () => {
    const calls: Packet[] = []
    const { connection } = await connected((call) => {
      calls.push(call)
      if (calls.length < 50) return undefined
      return Buffer.concat(calls.reverse().map((one) => host(one, `host ${one.serial}`)))
    })
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => connection.call('connectGetHostname', {})),
    )
    expect(answers.map(({ hostname }) => hostname)).toEqual(answers.map((_, i) => `host ${i + 1}`))
  })

  it('tells what the daemon refused, with libvirt’s own domain and code', async () => {
    const { connection } = await connected((call) =>
      refusal(call, { code: 42, domain: 10, message: 'Domain not found' }),
    )
    const call = connection.call('domainLookupByName', { name: 'nobody' })
    const error = await call.catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(LibvirtError)
    expect(error).toMatchObject({ domain: 10, code: 42, failure: { code: 'libvirt-error' } })
    expect(isNoDomain(error)).toBe(true)
  })

  it('answers a ping of the daemon', async () => {
    const pong = new Promise<Packet>((resolve) => {
      void connected((call, socket) => {
        if (call.program === KEEPALIVE_PROGRAM) resolve(call)
        if (call.procedure !== PROCEDURES.connectGetHostname.number) return undefined
        socket.write(ping())
        return host(call, 'here')
      }).then(({ connection }) => connection.call('connectGetHostname', {}))
    })
    expect(await pong).toMatchObject({ procedure: KEEPALIVE_PONG, type: 2, serial: 0 })
  })

  it.each<[string, Answer, string]>([
    ['a reply that is cut short', (call) => cutShort(host(call, 'workstation')), 'protocol'],
    ['a reply with bytes left over', (call) => longer(host(call, 'workstation')), 'protocol'],
    ['an oversized length', () => Buffer.from('ffffffff', 'hex'), 'protocol'],
    ['a serial nobody asked with', (call) => host({ ...call, serial: 99 }, 'x'), 'protocol'],
    ['the reply to something else', (call) => host({ ...call, procedure: 4 }, 'x'), 'protocol'],
    ['another program', (call) => host({ ...call, program: 1 }, 'x'), 'protocol'],
    ['a hang-up in the middle of a reply', hangUpInside, 'libvirt-unreachable'],
    ['a hang-up without a word', (_call, socket) => void socket.destroy(), 'libvirt-unreachable'],
  ])('that gets %s fails every call under way, and every later one', async (_what, answer, code) => {
    const { connection } = await connected((call, socket) =>
      call.procedure === PROCEDURES.connectGetHostname.number ? answer(call, socket) : undefined,
    )
    const lost = new Promise<Failure>((resolve) => connection.onClose(resolve))
    const calls = [connection.call('connectGetVersion', {}), connection.call('connectGetHostname', {})]
    const failures = await Promise.all(calls.map(failureOf))
    expect(failures.map((failure) => failure.code)).toEqual([code, code])
    expect((await lost).code).toBe(code)
    expect((await failureOf(connection.call('connectGetUri', {}))).code).toBe(code)
  })

  it('gives up on a call in time, and does not mind its late reply', async () => {
    const held: { late?: () => void } = {}
    const { connection } = await connected((call, socket) => {
      if (call.procedure === PROCEDURES.connectGetUri.number)
        return reply(call, 'connectGetUri', { uri: 'x' })
      held.late = () => void socket.write(host(call, 'late'))
      return undefined
    })
    const failure = await failureOf(connection.call('connectGetHostname', {}, { timeoutMs: 20 }))
    expect(failure.code).toBe('timeout')
    held.late?.()
    expect(await connection.call('connectGetUri', {})).toEqual({ uri: 'x' })
  })

  it('does not tell of a loss that is its own close, and can be closed again', async () => {
    const { connection, daemon } = await connected(() => undefined)
    let told = false
    connection.onClose(() => (told = true))
    const pending = failureOf(connection.call('connectGetHostname', {}))
    await connection.close()
    await connection.close()
    expect((await pending).code).toBe('libvirt-unreachable')
    expect(daemon.calls.at(-1)?.procedure).toBe(PROCEDURES.connectClose.number)
    expect(told).toBe(false)
  })

  it('sends XML of any length whole', async () => {
    const { connection, daemon } = await connected((call) =>
      reply(call, 'networkDefineXml', { net: { name: 'n', uuid: '0b1690dc-a020-4534-8692-479c8a8b4e7c' } }),
    )
    const xml = `<network>${'ä'.repeat(100_000)}</network>`
    await connection.call('networkDefineXml', { xml })
    expect(daemon.calls.at(-1)?.payload.subarray(4, -1).toString('utf8')).toContain(xml)
  })
})

describe('a socket that can’t be used', () => {
  const error = (code: string) => Object.assign(new Error(`connect ${code}`), { code })

  it('does not exist', async () => {
    const failure = await failureOf(openSocket('/nonexistent/libvirt-sock'))
    expect(failure.code).toBe('libvirt-unreachable')
    expect(failure.detail).toContain('/nonexistent/libvirt-sock')
  })

  it.each([
    ['/run/libvirt/libvirt-sock', 'systemctl start libvirtd'],
    ['/run/libvirt/virtqemud-sock', 'systemctl start virtqemud.socket'],
    ['/run/user/1000/libvirt/libvirt-sock', 'virsh -c qemu:///session'],
  ])('%s says how to start its daemon', (path, words) => {
    for (const code of ['ENOENT', 'ECONNREFUSED', 'ECONNRESET']) {
      expect(unreachable(path, error(code))).toMatchObject({ code: 'libvirt-unreachable' })
      expect(english(unreachable(path, error(code)).hint ?? '')).toContain(words)
    }
  })

  it('refuses the user, who is told which group to join', () => {
    const failure = unreachable('/run/libvirt/libvirt-sock', error('EACCES'))
    expect(failure.code).toBe('not-permitted')
    expect(english(failure.hint ?? '')).toContain('group libvirt')
  })
})

const ping = (): Buffer =>
  encodePacket(
    { program: KEEPALIVE_PROGRAM, version: 1, procedure: KEEPALIVE_PING, type: 2, serial: 0, status: 0 },
    nothing,
    {},
  )

/** The packet with a length that fits, and four bytes of the payload missing. */
function cutShort(packet: Buffer): Buffer {
  packet.writeUInt32BE(packet.length - 4)
  return packet.subarray(0, -4)
}

function longer(packet: Buffer): Buffer {
  packet.writeUInt32BE(packet.length + 4)
  return Buffer.concat([packet, Buffer.alloc(4)])
}

function hangUpInside(call: Packet, socket: { end: (bytes: Buffer) => void }): undefined {
  socket.end(host(call, 'workstation').subarray(0, 40))
}
