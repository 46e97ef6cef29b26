import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { createApp } from 'vue'
import { apiKey } from '../../../renderer/api'
import { useMoves } from '../../../renderer/composables/to-place'
import { useNoticesStore } from '../../../renderer/stores/notices'
import { useOperationsStore } from '../../../renderer/stores/operations'
import { useViewStore } from '../../../renderer/stores/view'
import { useWorldStore } from '../../../renderer/stores/world'
import type { PatchbayApi, Request, WorldPatch } from '../../../shared/ipc/contract'
import type { Operation, OperationStatus } from '../../../shared/world/operation'
import { err, ok, type Result } from '../../../shared/result'
import type { Machine, World } from '../../../shared/world/world'
import { LAN, NAT, sampleWorld } from '../../renderer-harness/sample-world'

interface Deferred<T> {
  promise: Promise<T>
  resolve: (value: T) => void
}

/** A promise that the test keeps open; built in from Node 22 on. */
function deferred<T>(): Deferred<T> {
  let resolve: (value: T) => void = () => undefined
  const promise = new Promise<T>((settle) => {
    resolve = settle
  })
  return { promise, resolve }
}

/** The main process as seen through the preload script; each answer is given by the test. */
class Main {
  readonly asked: Request<'machine:connect'>[] = []
  world = deferred<Result<World>>()
  connected = deferred<Result<string>>()
  send: (patch: WorldPatch) => void = () => undefined

  readonly api: PatchbayApi = {
    getWorld: () => this.world.promise,
    connect: (request) => {
      this.asked.push(request)
      return this.connected.promise
    },
    connectAll: () => Promise.resolve(ok([])),
    replug: () => Promise.resolve(ok('operation')),
    actOnNetwork: () => Promise.resolve(err({ code: 'libvirt-error', message: 'in use' })),
    previewNetwork: () => Promise.resolve(err({ code: 'internal', message: 'not asked here' })),
    createNetwork: () => Promise.resolve(ok('')),
    planNetworkChange: () => Promise.resolve(err({ code: 'internal', message: 'not asked here' })),
    changeNetwork: () => Promise.resolve(ok('')),
    deleteNetwork: () => Promise.resolve(ok('')),
    tryReach: () => Promise.resolve(err({ code: 'internal', message: 'not asked here' })),
    addToHost: () => Promise.resolve(ok('')),
    removeFromHost: () => Promise.resolve(ok('')),
    examine: () => Promise.resolve(err({ code: 'internal', message: 'not asked here' })),
    fix: () => Promise.resolve(ok('')),
    undoFix: () => Promise.resolve(ok('')),
    planBridge: () => Promise.resolve(err({ code: 'internal', message: 'not asked here' })),
    createBridge: () => Promise.resolve(ok('')),
    compareSnapshot: () => Promise.resolve(err({ code: 'internal', message: 'not asked here' })),
    restoreSnapshot: () => Promise.resolve(ok('')),
    keep: () => Promise.resolve(ok(null)),
    revert: () => Promise.resolve(ok(null)),
    retryLibvirt: () => Promise.resolve(ok(null)),
    onWorldPatch: (listener) => {
      this.send = listener
      return () => undefined
    },
    onShow: () => () => undefined,
  }
}

const sample = sampleWorld('bridge')
const [web01] = sample.machines
if (web01 === undefined) throw new Error('the sample has machines')
const [nic] = web01.nics
if (nic === undefined) throw new Error('the sample has a card')

const move = (status: OperationStatus): Operation => ({
  id: 'op1',
  subject: { kind: 'connect', machine: web01.id, mac: nic.mac, to: NAT },
  title: 'Move web01',
  steps: [],
  status,
  startedAt: 0,
})

let main: Main
beforeEach(() => {
  main = new Main()
  const pinia = createPinia()
  createApp({}).use(pinia).provide(apiKey, main.api)
  setActivePinia(pinia)
})

async function opened(): Promise<ReturnType<typeof useWorldStore>> {
  const store = useWorldStore()
  store.open()
  main.world.resolve(ok(sample))
  await main.world.promise
  await Promise.resolve()
  return store
}

describe('the World in the window', () => {
  it('keeps patches that overtake the first answer', async () => {
    const store = useWorldStore()
    store.open()
    const renamed: Machine = { ...web01, name: 'renamed' }
    main.send({ machines: { put: [renamed] } })
    expect(store.world).toBeNull()
    main.world.resolve(ok(sample))
    await expect.poll(() => store.machine(web01.id)?.name).toBe('renamed')
  })

  it('follows each later patch', async () => {
    const store = await opened()
    main.send({ networks: { put: [], order: ['network:default'] } })
    expect(store.places.map(({ id }) => id)).toEqual(['network:default', 'macvtap:enp3s0'])
    expect(store.lan).toBeNull()
  })

  it('says why there is no World, and asks again', async () => {
    const store = useWorldStore()
    store.open()
    main.world.resolve(err({ code: 'timeout', message: 'no answer' }))
    await expect.poll(() => store.failure?.message).toBe('no answer')
    main.world = deferred()
    main.world.resolve(ok(sample))
    await store.load()
    expect(store.failure).toBeNull()
    expect(store.world).toEqual(sample)
  })
})

describe('moving a cable', () => {
  it('shows it in its new place from the press on, until the operation takes over and ends', async () => {
    await opened()
    const operations = useOperationsStore()
    const asked = operations.connect(web01, nic, { kind: 'nat' }, 'network:default')
    expect(operations.destinationOf(web01.id, nic)).toBe('network:default')

    main.connected.resolve(ok('op1'))
    await asked
    expect(operations.destinationOf(web01.id, nic)).toBe('network:default')

    main.send({ operations: [move({ state: 'running' })] })
    expect(operations.destinationOf(web01.id, nic)).toBe('network:default')
    const failure = { code: 'libvirt-error', message: 'refused' } as const
    main.send({ operations: [move({ state: 'failed', endedAt: 1, failure })] })
    await expect.poll(() => operations.isMoving(web01.id, nic)).toBe(false)
    expect(operations.destinationOf(web01.id, nic)).toBeNull()
  })

  it('snaps back with the reason when the main process refuses', async () => {
    await opened()
    const operations = useOperationsStore()
    main.connected.resolve(err({ code: 'not-found', message: 'web01 is gone.' }))
    await operations.connect(web01, nic, { kind: 'nat' }, 'network:default')
    expect(operations.isMoving(web01.id, nic)).toBe(false)
    expect(useNoticesStore().toasts.map(({ failure }) => failure.message)).toEqual(['web01 is gone.'])
  })

  it('asks once, however often it is pressed, and live only for a running machine', async () => {
    await opened()
    const operations = useOperationsStore()
    void operations.connect(web01, nic, { kind: 'nat' }, 'network:default')
    void operations.connect(web01, nic, { kind: 'nat' }, 'network:default')
    void operations.connect({ ...web01, id: 'other', state: 'off' }, nic, { kind: 'nat' }, 'network:default')
    expect(main.asked.map(({ live }) => live)).toEqual([true, false])
  })

  it('to where it is asks nobody, says so, and leaves the last move with its undo', async () => {
    await opened()
    const operations = useOperationsStore()
    const result = { kind: 'connected', before: NAT, after: LAN, live: true, address: null } as const
    const done = move({ state: 'done', endedAt: 1, summary: '', result })
    const step = { name: 'Plug in', state: 'done', detail: null } as const
    main.send({ operations: [{ ...done, steps: [step] }] })
    const lan = useWorldStore().lan
    if (lan === null) throw new Error('the sample has a bridge')

    useMoves().toPlace(web01, nic, lan)
    useMoves().to(web01, nic, 'lan')
    expect(main.asked).toEqual([])
    expect(useNoticesStore().spoken).toBe('web01 is already plugged into the LAN')
    expect(operations.alreadyThere?.place).toBe(lan.id)
    // The tray and the command line go by the main process, whose operation has no step.
    main.send({
      operations: [
        { ...done, steps: [step] },
        { ...done, id: 'op2' },
      ],
    })
    await expect.poll(() => operations.all.length).toBe(2)
    expect(operations.moveOf(web01.id, nic)?.id).toBe('op1')
  })

  it('to where it is only until its restart is a move', async () => {
    await opened()
    const lan = useWorldStore().lan
    if (lan === null) throw new Error('the sample has a bridge')
    useMoves().toPlace(web01, { ...nic, saved: NAT }, lan)
    expect(main.asked).toHaveLength(1)
  })

  it('is known while Patchbay holds the cable, whatever for', async () => {
    await opened()
    const operations = useOperationsStore()
    const at = (subject: Operation['subject']): boolean => {
      main.send({ operations: [{ ...move({ state: 'running' }), subject }] })
      return operations.isHeld(web01.id, nic)
    }
    expect(at(move({ state: 'running' }).subject)).toBe(true)
    expect(at({ kind: 'doctor', act: 'fix', check: 'old-address', about: nic.mac })).toBe(true)
    expect(at({ kind: 'doctor', act: 'fix', check: 'old-address', about: '52:54:00:ff:ff:ff' })).toBe(false)
    expect(at({ kind: 'network', network: 'network:other', action: 'restart' })).toBe(false)
  })

  it('says when a network could not be changed', async () => {
    await opened()
    await useOperationsStore().actOnNetwork('default', 'stop')
    expect(useNoticesStore().toasts).toMatchObject([
      { title: 'default could not be changed', failure: { message: 'in use' } },
    ])
  })
})

describe('what is picked', () => {
  it('is the first card of a machine unless another one is chosen', async () => {
    await opened()
    const view = useViewStore()
    const router = sample.machines.find(({ nics }) => nics.length === 2)
    if (router === undefined) throw new Error('the sample has a machine with two cards')
    view.pickMachine(router.id)
    expect(view.nic?.mac).toBe(router.nics[0]?.mac)
    view.pickMachine(router.id, router.nics[1]?.mac ?? '')
    expect(view.nic?.mac).toBe(router.nics[1]?.mac)
  })

  it('follows the tray, and forgets a machine that is gone', async () => {
    await opened()
    const view = useViewStore()
    view.view = 'host'
    view.show({ view: 'machine', machine: web01.id })
    expect([view.view, view.machine?.name]).toEqual(['patchbay', 'web01'])
    main.send({ machines: { put: [], order: [] } })
    expect(view.machine).toBeNull()
    view.show({ view: 'bridge' })
    expect(view.sheet).toEqual({ kind: 'make-bridge', thenMove: null })
  })

  it('is searched for where it is shown: a search elsewhere leads to the patchbay', async () => {
    await opened()
    const view = useViewStore()
    view.view = 'health'
    view.query = 'web'
    expect([view.view, view.query, view.found.machines.map(({ name }) => name)]).toEqual([
      'patchbay',
      'web',
      ['web01'],
    ])
    view.view = 'host'
    expect(view.query).toBe('')
  })

  it('shows the same message once, however often it comes', () => {
    const notices = useNoticesStore()
    const failure = { code: 'internal', message: 'no' } as const
    for (const title of ['a', 'b', 'a', 'a']) notices.fail(title, failure)
    expect(notices.toasts.map(({ title }) => title)).toEqual(['b', 'a'])
  })

  it('keeps three messages at most', () => {
    const notices = useNoticesStore()
    for (const n of [1, 2, 3, 4]) notices.fail(String(n), { code: 'internal', message: LAN.type })
    expect(notices.toasts.map(({ title }) => title)).toEqual(['2', '3', '4'])
  })
})
