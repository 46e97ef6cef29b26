import fc, { type Scheduler } from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { LibvirtSource } from '../../../electron/world/libvirt-source'
import { emptyWorld } from '../../../electron/world/reduce'
import { WorldStore } from '../../../electron/world/store'
import type { World } from '../../../shared/world/world'
import { ModelDaemon } from './model-daemon'

const URI = 'qemu:///system'

/** Something that happens to the daemon, or that the user does. */
type Step = (daemon: ModelDaemon, source: LibvirtSource) => unknown

const n = fc.nat({ max: 3 })
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: n.map(
      (i): Step =>
        (daemon) =>
          daemon.putMachine(i, 'running'),
    ),
  },
  {
    weight: 2,
    arbitrary: n.map(
      (i): Step =>
        (daemon) =>
          daemon.putMachine(i, 'off'),
    ),
  },
  {
    weight: 2,
    arbitrary: n.map(
      (i): Step =>
        (daemon) =>
          daemon.removeMachine(i),
    ),
  },
  {
    weight: 2,
    arbitrary: n.map(
      (i): Step =>
        (daemon) =>
          daemon.putNetwork(i, i % 2 === 0),
    ),
  },
  {
    weight: 2,
    arbitrary: n.map(
      (i): Step =>
        (daemon) =>
          daemon.removeNetwork(i),
    ),
  },
  fc.constant<Step>((daemon) => daemon.stop()),
  fc.constant<Step>((daemon) => daemon.start()),
  fc.constant<Step>((daemon) => daemon.replace()),
  fc.constant<Step>((_daemon, source) => source.retry()),
  fc.constant<Step>(
    (_daemon, source) => void source.refresh({ machines: ['id-g0-0'], networks: ['uuid-g0-0'] }),
  ),
  // The next attempt comes by itself.
  fc.constant<Step>(() => vi.advanceTimersByTimeAsync(700)),
)
const steps = fc.array(step, { maxLength: 14 })

function open(scheduler: Scheduler) {
  const daemon = new ModelDaemon((what) => scheduler.schedule(Promise.resolve(), what))
  const store = new WorldStore(emptyWorld(URI))
  const options = { uri: URI, store, connect: daemon.connect, socketFolder: null, leasesFolder: null }
  const source = new LibvirtSource({ ...options, follow: true })
  return { daemon, store, source }
}

/** Takes the steps one after the other, between whatever else goes on. */
function take(
  scheduler: Scheduler,
  sequence: readonly Step[],
  daemon: ModelDaemon,
  source: LibvirtSource,
): void {
  scheduler.scheduleSequence(
    sequence.map((act, i) => ({
      label: `step ${i}`,
      builder: async () => {
        await act(daemon, source)
      },
    })),
  )
}

/** Lets everything come to its end, the next attempts to connect as well. */
async function settle(scheduler: Scheduler): Promise<void> {
  for (let quiet = 0; quiet < 3; quiet++) {
    await scheduler.waitIdle()
    await vi.advanceTimersByTimeAsync(40_000)
  }
  await scheduler.waitIdle()
}

const shown = ({ machines, networks }: World) => ({ machines, networks })
const listed = ({ machines, networks }: ModelDaemon) => ({
  machines: [...machines.values()].sort((a, b) => a.name.localeCompare(b.name)),
  networks: [...networks.values()].sort((a, b) => a.name.localeCompare(b.name)),
})

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
})
afterEach(() => {
  vi.useRealTimers()
})

describe('whatever happens while it connects, lists and reads', () => {
  it('the World ends up as the daemon is, and never shows one daemon’s machines as another’s', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), steps, async (scheduler, all) => {
        const { daemon, store, source } = open(scheduler)
        const mixed: string[] = []
        store.subscribe(({ libvirt, machines, networks }) => {
          if (libvirt.state !== 'connected') return
          const names = [...machines, ...networks].map(({ name }) => name)
          mixed.push(...names.filter((name) => !name.startsWith(`${libvirt.hostname}-`)))
        })
        daemon.putMachine(0, 'off')
        daemon.putNetwork(0, true)
        void source.connect()
        take(scheduler, all, daemon, source)
        await settle(scheduler)
        daemon.start()
        await settle(scheduler)
        expect(store.current.libvirt.state).toBe('connected')
        expect(shown(store.current)).toEqual(listed(daemon))
        expect(mixed).toEqual([])
        expect(daemon.open.size).toBe(1)
        await Promise.all([source.close(), settle(scheduler)])
      }),
      { numRuns: 1000 },
    )
  }, 120_000)

  it('closing leaves no timer and no session behind, and the World stays as it was', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), steps, fc.nat({ max: 14 }), async (scheduler, all, end) => {
        const { daemon, store, source } = open(scheduler)
        daemon.putMachine(0, 'off')
        void source.connect()
        const closing: Promise<void>[] = []
        let last: World | null = null
        const close: Step = () => {
          const closed = source.close().then(() => {
            last = store.current
            expect(vi.getTimerCount()).toBe(0)
            expect(daemon.open.size).toBe(0)
          })
          closing.push(closed)
        }
        const sequence = [...all.slice(0, end), close, ...all.slice(end)]
        take(scheduler, sequence, daemon, source)
        await settle(scheduler)
        await Promise.all(closing)
        expect(store.current).toBe(last)
        expect(vi.getTimerCount()).toBe(0)
        expect(daemon.open.size).toBe(0)
      }),
      { numRuns: 1000 },
    )
  }, 120_000)
})
