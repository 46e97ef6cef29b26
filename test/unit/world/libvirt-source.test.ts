import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { LibvirtSource } from '../../../electron/world/libvirt-source'
import type { LibvirtChange } from '../../../electron/world/session'
import { WorldStore } from '../../../electron/world/store'
import type { Failure } from '../../../shared/failure'
import { machine, world } from '../shared/worlds'
import { FakeDaemon, URI } from './fake-daemon'

const GONE: Failure = { code: 'libvirt-unreachable', message: 'gone' }

let daemon: FakeDaemon
let store: WorldStore
let source: LibvirtSource
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'patchbay-socket-'))
  daemon = new FakeDaemon()
  store = new WorldStore(world({ libvirt: { state: 'connecting', uri: URI } }))
  source = new LibvirtSource({
    uri: URI,
    store,
    connect: daemon.connect,
    socketFolder: folder,
    leasesFolder: folder,
    follow: true,
  })
})
afterEach(async () => {
  await source.close()
  await rm(folder, { recursive: true })
})

const names = () => store.current.machines.map(({ name }) => name)
const started = (name: string): LibvirtChange => ({ what: 'machine', id: `id-${name}`, started: true })

describe('connected', () => {
  it('says so only when the machines are there', async () => {
    const seen: string[][] = []
    store.subscribe(
      (now) => now.libvirt.state === 'connected' && seen.push(now.machines.map(({ name }) => name)),
    )
    await source.connect()
    expect(seen[0]).toEqual(['a', 'b'])
  })

  it('reads only what an event concerns', async () => {
    await source.connect()
    daemon.machines = [machine('a'), machine('b', { state: 'running' })]
    daemon.change(started('b'))
    await store.until((now) => now.machines.find(({ state }) => state === 'running'))
    expect(daemon.reads).toEqual(['id-b'])
  })

  it('reads a machine once more for a burst of events', async () => {
    await source.connect()
    for (let i = 0; i < 100; i++) daemon.change(started('a'))
    await source.refresh({})
    expect(daemon.reads.length).toBeLessThanOrEqual(2)
  })

  it('misses nothing that happens during the listing', async () => {
    daemon.duringList = () => {
      daemon.machines = [...daemon.machines, machine('c')]
      daemon.change(started('c'))
    }
    await source.connect()
    expect(names()).toEqual(['a', 'b', 'c'])
  })

  it('forgets a machine that is gone', async () => {
    await source.connect()
    daemon.machines = [machine('a')]
    daemon.change(started('b'))
    await store.until((now) => (now.machines.length === 1 ? true : undefined))
    expect(names()).toEqual(['a'])
  })
})

describe('a lost connection', () => {
  it('leaves the machines on display, and comes back at once when the socket does', async () => {
    await source.connect()
    // No delay between attempts ever ends here.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => void vi.useRealTimers())
    daemon.lose(GONE)
    expect(store.current.libvirt).toMatchObject({ state: 'offline', failure: GONE })
    expect(names()).toEqual(['a', 'b'])
    daemon.machines = [machine('d')]
    await writeFile(join(folder, 'libvirt-sock'), '')
    await store.until((now) => (now.libvirt.state === 'connected' ? true : undefined))
    expect(names()).toEqual(['d'])
  })

  it('is tried again after a while also without a sign', async () => {
    daemon.refuse = GONE
    await source.connect()
    expect(store.current.libvirt.state).toBe('offline')
    daemon.refuse = null
    await store.until((now) => (now.libvirt.state === 'connected' ? true : undefined))
    expect(daemon.connections).toBe(2)
  })

  it('for want of permission is not tried again, since that may prompt; the user can', async () => {
    daemon.refuse = { code: 'not-permitted', message: 'no' }
    await source.connect()
    await writeFile(join(folder, 'libvirt-sock'), '')
    await new Promise((resolve) => setTimeout(resolve, 1200))
    expect(daemon.connections).toBe(1)
    daemon.refuse = null
    source.retry()
    await store.until((now) => (now.libvirt.state === 'connected' ? true : undefined))
  })

  it('is not mourned after the end', async () => {
    await source.connect()
    await source.close()
    daemon.lose(GONE)
    expect(store.current.libvirt.state).toBe('connected')
  })
})
