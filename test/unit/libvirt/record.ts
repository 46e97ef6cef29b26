import { mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { NetworkEvent } from '../../../electron/libvirt/events'
import { connectLibvirt, type Libvirt } from '../../../electron/libvirt/libvirt'
import { PacketSplitter } from '../../../electron/libvirt/packet'
import { listMachines, readMachine } from '../../../electron/machines/list'
import { listNetworks } from '../../../electron/networks/list'
import { startFastLab } from '../../lab/index'
import { saveRecording, type RecordedPacket } from './recording'

/**
 * Records the fixtures from the real daemon of the practice lab (needs root):
 * `node scripts/run-ts.mjs test/unit/libvirt/record.ts`
 */
const lab = await startFastLab({ networkManager: false })
const folder = mkdtempSync(join(tmpdir(), 'patchbay-record-'))
try {
  const guest = await lab.addGuest('web')
  await guest.waitForAddress()
  const through = join(folder, 'libvirt-sock')
  let packets: RecordedPacket[] = []
  const server = createServer((client) => {
    const daemon = connect(lab.libvirtSocket)
    const calls = new PacketSplitter()
    const answers = new PacketSplitter()
    // One packet at a time, whole: a recording is cut at packets, not at what a socket happened to read.
    const note = (from: RecordedPacket['from'], splitter: PacketSplitter, chunk: Buffer): void => {
      for (const { payload } of splitter.push(chunk)) {
        const start = payload.byteOffset - 28
        packets.push({ from, bytes: Buffer.from(Buffer.from(payload.buffer, start, payload.length + 28)) })
      }
    }
    client.on('data', (chunk) => note('client', calls, chunk)).pipe(daemon)
    daemon.on('data', (chunk) => note('daemon', answers, chunk)).pipe(client)
  })
  await new Promise<void>((resolve) => server.listen(through, resolve))

  const libvirt = await connectLibvirt(`qemu:///system?socket=${through}`)
  const version = (await libvirt.call('connectGetLibVersion', {})).version
  const record = async (name: string, what: string, scene: (libvirt: Libvirt) => Promise<unknown>) => {
    await scene(oneAtATime(libvirt))
    saveRecording(name, { comment: `${what}; libvirt ${version}`, packets })
    packets = []
  }
  await record('open', 'Authentication list, open, version, host name, node', async (one) => {
    await one.call('connectGetHostname', {})
    await one.call('nodeGetInfo', {})
  })
  await record('machines', 'A running machine and its NIC, listed and read alone', async (one) => {
    const [machine] = await listMachines(one)
    if (machine) await readMachine(one, machine.id)
    const { dom } = await one.call('domainLookupByName', { name: 'web' })
    await one.call('domainInterfaceAddresses', { dom, source: 0, flags: 0 })
  })
  await record('networks', 'The default NAT network with a lease', listNetworks)
  await record('errors', 'A machine and a network that are not there', async (one) => {
    await one.call('domainLookupByName', { name: 'nobody' }).catch(String)
    await one.call('networkLookupByName', { name: 'nowhere' }).catch(String)
  })
  await record('events', 'A network event is registered, a network stopped and started', async (one) => {
    let started = (): void => undefined
    const seen = new Promise<void>((resolve) => (started = resolve))
    await libvirt.subscribe('networkLifecycle', ({ event }) => {
      if (event === NetworkEvent.started) started()
    })
    const { net } = await one.call('networkLookupByName', { name: 'default' })
    await one.call('networkDestroy', { net })
    await one.call('networkCreate', { net })
    await seen
  })
  await libvirt.close()
  server.close()
} finally {
  rmSync(folder, { recursive: true })
  await lab.close()
}

/** The same libvirt with one call in flight, so that each reply stands behind its call. */
function oneAtATime(libvirt: Libvirt): Libvirt {
  let last: Promise<unknown> = Promise.resolve()
  const call: Libvirt['call'] = (name, args, options) => {
    const next = last.then(() => libvirt.call(name, args, options))
    last = next.catch(String)
    return next
  }
  return { ...libvirt, call }
}
