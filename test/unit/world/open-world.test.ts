import { afterEach, describe, expect, it, vi } from 'vitest'
import { openWorld, type OpenedWorld, type Sources } from '../../../electron/world/open-world'
import { emptyWorld } from '../../../electron/world/reduce'
import { thisComputer } from '../../../electron/world/sources'
import type { ThisHost } from '../../../shared/world/host'
import { FakeSsh, HANG } from '../libvirt/fake-ssh'
import { machine } from '../shared/worlds'
import { FakeDaemon, URI } from './fake-daemon'

const opened: OpenedWorld[] = []
afterEach(async () => {
  for (const { store } of opened.splice(0)) await store.close()
  vi.unstubAllEnvs()
})

const host: ThisHost = { ...emptyWorld(URI).host, computer: 'this', hostname: 'this-computer' }

async function open(uri: string, sources: Partial<Sources>): Promise<OpenedWorld> {
  const watch = () => ({ close: () => undefined })
  const world = await openWorld({
    uri,
    sources: {
      connect: () => Promise.reject(new Error('nobody connects here')),
      socketFolder: () => null,
      leasesFolder: '/nonexistent',
      lookAtHost: () => Promise.resolve(host),
      watchHost: watch,
      readTransactions: () => Promise.resolve([]),
      readAdditions: () => Promise.resolve([]),
      watchRecords: watch,
      ...sources,
    },
    look: { libvirt: true, host: true, records: true },
    follow: true,
    onTrouble: (message) => {
      throw new Error(message)
    },
  })
  opened.push(world)
  return world
}

const names = ({ store }: OpenedWorld) => store.current.machines.map(({ name }) => name)
const state = ({ store }: OpenedWorld) => store.current.libvirt.state

describe('several Worlds at once', () => {
  it('know nothing of each other', async () => {
    const [here, there] = [new FakeDaemon(), new FakeDaemon()]
    there.machines = [machine('far')]
    const near = await open(URI, { connect: here.connect })
    const far = await open('qemu+ssh://lab/system', { connect: there.connect })
    await Promise.all([near.libvirt.connect(), far.libvirt.connect()])
    expect([names(near), names(far)]).toEqual([['a', 'b'], ['far']])

    there.lose({ code: 'libvirt-unreachable', message: 'gone' })
    here.machines = [machine('a')]
    here.change({ what: 'machine', id: 'id-b', started: false })
    await near.store.until(({ machines }) => (machines.length === 1 ? true : undefined))
    expect([state(near), state(far)]).toEqual(['connected', 'offline'])
    expect([names(near), names(far)]).toEqual([['a'], ['far']])

    await near.store.close()
    there.machines = [machine('new')]
    far.libvirt.retry()
    await far.store.until(({ libvirt }) => (libvirt.state === 'connected' ? true : undefined))
    expect(names(far)).toEqual(['new'])
  })
})

describe('the World of another computer', () => {
  it('shows nothing of this one', async () => {
    const daemon = new FakeDaemon()
    const lookAtHost = vi.fn(() => Promise.resolve(host))
    const near = await open(URI, { connect: daemon.connect, lookAtHost })
    expect(near.store.current.host.hostname).toBe('this-computer')
    lookAtHost.mockClear()
    await open('qemu+ssh://lab/system', { connect: daemon.connect, lookAtHost })
    expect(lookAtHost).not.toHaveBeenCalled()
  })

  it('that is closed while ssh is still trying leaves no ssh behind', async () => {
    const fake = new FakeSsh(HANG)
    try {
      vi.stubEnv('PATH', fake.folder)
      const { store } = await open('qemu+ssh://lab/system', { connect: thisComputer(false).connect })
      await expect.poll(() => fake.running.length).toBe(1)
      await store.close()
      expect(fake.running).toEqual([])
    } finally {
      fake.remove()
    }
  })
})
