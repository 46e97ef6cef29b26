import { applyPatch } from '../../shared/ipc/world-patch'
import type { PatchbayApi, WorldPatch } from '../../shared/ipc/contract'
import type { Operation, OperationResult } from '../../shared/world/operation'
import { err, ok } from '../../shared/result'
import { resolveTarget } from '../../shared/world/target'
import type { Attachment, Machine, World } from '../../shared/world/world'
import { blindReport, fakeNetworks } from './fake-networks'
import { lanBridge, sampleHost, sampleWorld } from './sample-world'
import { sampleComparison } from './sample-comparison'
import { samplePlan } from './sample-plan'

/**
 * Plays the main process for looking at the window in a browser: `?scene=` picks the World, `?ending=` how the
 * bridge goes (`done`, `rolled-back`, `ask`, `dismissed`, `refused`), `?pace=` the milliseconds of a step, `?lang=` the
 * person's language.
 */
const { location, navigator } = globalThis as unknown as { location: { search: string }; navigator: object }
const options = new URLSearchParams(location.search)
const language = options.get('lang')
if (language !== null) Object.defineProperty(navigator, 'languages', { value: [language] })
const scene = options.get('scene') ?? 'bridge'
const ending = options.get('ending') ?? 'done'
const pace = Number(options.get('pace') ?? '400')

let world = sampleWorld(scene)
const listeners = new Set<(patch: WorldPatch) => void>()
let answer: ((kept: boolean) => void) | null = null

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

function publish(patch: WorldPatch): void {
  world = applyPatch(world, patch)
  for (const listener of listeners) listener(structuredClone(patch))
}

function put(operation: Operation): void {
  const rest = world.operations.filter(({ id }) => id !== operation.id)
  publish({ operations: [...rest, operation] })
}

let operations = 0
async function play(
  subject: Operation['subject'],
  title: string,
  names: readonly string[],
  finish: (operation: Operation) => Promise<OperationResult | null>,
): Promise<void> {
  operations += 1
  let operation: Operation = {
    id: `op${operations}`,
    subject,
    title,
    startedAt: Date.now(),
    status: { state: 'running' },
    steps: names.map((name) => ({ name, state: 'waiting', detail: null })),
  }
  for (const [at] of names.entries()) {
    const steps = operation.steps.map((step, index) =>
      index < at
        ? { ...step, state: 'done' as const }
        : index === at
          ? { ...step, state: 'running' as const }
          : step,
    )
    operation = { ...operation, steps }
    put(operation)
    await pause(pace)
  }
  operation = { ...operation, steps: operation.steps.map((step) => ({ ...step, state: 'done' })) }
  const result = await finish(operation)
  if (result === null) return
  put({ ...operation, status: { state: 'done', endedAt: Date.now(), summary: title, result } })
}

function putMachine(machine: Machine): void {
  publish({ machines: { put: [machine] } })
}

function move(id: string, mac: string, after: Attachment): void {
  const before = world.machines.find((machine) => machine.id === id)
  const nic = before?.nics.find((candidate) => candidate.mac === mac)
  const attachment = nic?.live ?? nic?.saved
  if (before === undefined || nic === undefined || attachment === undefined || attachment === null) return
  const isNat = after.type === 'network'
  const address = {
    ip: isNat ? '192.168.122.146' : '10.77.0.126',
    prefix: 24,
    source: isNat ? 'lease' : 'arp',
  } as const
  const live = nic.live !== null
  const moved = (addresses: Machine['nics'][number]['addresses']): Machine => ({
    ...before,
    nics: before.nics.map((one) =>
      one === nic ? { ...one, live: live ? after : null, saved: after, addresses } : one,
    ),
  })
  void play(
    { kind: 'connect', machine: id, mac, to: after },
    `Move ${before.name}`,
    ['Change the running machine', 'Change the saved definition', 'Wait for the new address'],
    (operation) => {
      if (options.get('move') === 'fails') {
        const failure = {
          code: 'libvirt-error',
          message: 'libvirt refused: the network is being destroyed.',
          hint: 'Try again.',
        } as const
        put({ ...operation, status: { state: 'failed', endedAt: Date.now(), failure } })
        return Promise.resolve(null)
      }
      putMachine(moved(live ? [address] : []))
      return Promise.resolve({
        kind: 'connected',
        before: attachment,
        after,
        live,
        address: live && options.get('move') !== 'silent' ? address : null,
        ...(options.get('move') === 'silent' ? { inVain: true as const } : {}),
      })
    },
  )
}

function setBridge(bridge: string | null): void {
  const networks = world.networks.filter(({ source }) => source === 'libvirt')
  const shown = bridge === null ? networks : [lanBridge, ...networks]
  publish({ host: sampleHost(bridge), networks: { put: shown, order: shown.map(({ id }) => id) } })
}

const STEPS = [
  'look',
  'snapshot',
  'arm',
  'apply',
  'verify',
  ...(ending === 'ask' ? ['confirm'] : []),
  'commit',
]

const transaction: World['transactions'][number] = {
  id: '20261124-091500-77aa',
  intent: { kind: 'create-bridge', nic: 'enp3s0', bridge: 'br0' },
  startedAt: Date.now(),
  state: 'committed',
  failure: null,
  added: [],
}

async function finishBridge(operation: Operation): Promise<OperationResult | null> {
  const fail = (code: 'rolled-back' | 'not-permitted', message: string): null => {
    const steps = [
      ...operation.steps
        .slice(0, -1)
        .map((step) =>
          step.name === 'verify' ? { ...step, state: 'failed' as const, detail: message } : step,
        ),
      { name: 'roll-back', state: 'done' as const, detail: 'The host is as before, and reaches 10.77.0.1.' },
    ]
    const failure = { code, message, hint: 'Check the cable and the router, then try again.' }
    put({ ...operation, steps, status: { state: 'failed', endedAt: Date.now(), failure } })
    return null
  }
  if (ending === 'rolled-back')
    return fail('rolled-back', 'The gateway 10.77.0.1 does not answer through br0.')
  if (ending === 'dismissed') return fail('not-permitted', 'The prompt was dismissed.')
  if (ending === 'ask') {
    put({
      ...operation,
      steps: operation.steps.map((step, at) =>
        at > 4 ? { ...step, state: at === 5 ? 'running' : 'waiting' } : step,
      ),
      status: { state: 'confirm', until: Date.now() + 30_000 },
    })
    const kept = await new Promise<boolean>((resolve) => {
      answer = resolve
    })
    if (!kept) return fail('rolled-back', 'The change was not kept.')
  }
  setBridge('br0')
  publish({ transactions: [transaction, ...world.transactions] })
  return { kind: 'bridge-created', transaction: transaction.id, gapMs: 6.4 }
}

const nextId = (): string => `op${operations + 1}`

/** For tests: how often a cable was to be moved. */
const asked = globalThis as unknown as { connectsAsked: number }
asked.connectsAsked = 0
const api: PatchbayApi = {
  getWorld: async () => {
    if (scene === 'connecting') await pause(3_600_000)
    return ok(structuredClone(world))
  },
  connect: ({ machine, mac, to }) => {
    asked.connectsAsked += 1
    const found = resolveTarget(world, structuredClone(to))
    if (!found.ok) return Promise.resolve(found)
    const id = nextId()
    move(machine, mac, found.value)
    return Promise.resolve(ok(id))
  },
  replug: ({ machine, mac }) => {
    const id = nextId()
    void play({ kind: 'replug', machine, mac }, 'Pull the cable', ['Pull the cable for 7 seconds'], () =>
      Promise.resolve({ kind: 'replugged', address: null, inVain: true }),
    )
    return Promise.resolve(ok(id))
  },
  connectAll: (requests) =>
    Promise.resolve(
      ok(
        requests.flatMap(({ machine, mac, to }) => {
          const found = resolveTarget(world, structuredClone(to))
          if (!found.ok) return []
          const id = nextId()
          move(machine, mac, found.value)
          return [id]
        }),
      ),
    ),
  actOnNetwork: ({ network, action }) => {
    const id = nextId()
    void play({ kind: 'network', network, action }, action, [action], () => {
      const change = {
        start: { active: true },
        stop: { active: false },
        restart: {},
        'autostart-on': { autostart: true },
        'autostart-off': { autostart: false },
      }
      const found = world.networks.find(({ name }) => name === network)
      if (found?.source === 'libvirt') publish({ networks: { put: [{ ...found, ...change[action] }] } })
      return Promise.resolve({ kind: 'network-changed' })
    })
    return Promise.resolve(ok(id))
  },
  ...fakeNetworks,
  ...((scene === 'offline' || scene === 'nolibvirt') && {
    examine: () => Promise.resolve(ok(blindReport)),
  }),
  planBridge: async () => {
    await pause(50)
    if (ending !== 'refused') return ok({ kind: 'plan', plan: samplePlan })
    return ok({
      kind: 'refused',
      failure: {
        code: 'refused',
        message: 'The uplink wlp2s0 is Wi-Fi, and an access point accepts one MAC address for each station.',
        hint: 'Plug in a network cable, or keep the machines behind NAT.',
      },
    })
  },
  createBridge: ({ nic, bridge }) => {
    const id = nextId()
    void play({ kind: 'bridge-create', nic, bridge }, 'Make br0', STEPS, finishBridge)
    return Promise.resolve(ok(id))
  },
  compareSnapshot: async ({ transaction: id }) => {
    await pause(Number(options.get('compare') ?? '20'))
    return sampleComparison(world, id, scene)
  },
  restoreSnapshot: (request) => {
    const id = nextId()
    void play(
      { kind: 'bridge-undo', transaction: request.transaction, bridge: 'br0' },
      'Undo br0',
      STEPS,
      () => {
        setBridge(null)
        publish({
          transactions: world.transactions.map((one) =>
            one.id === request.transaction ? { ...one, state: 'undone' } : one,
          ),
        })
        return Promise.resolve({ kind: 'bridge-undone', transaction: request.transaction })
      },
    )
    return Promise.resolve(ok(id))
  },
  keep: () => {
    answer?.(true)
    return Promise.resolve(ok(null))
  },
  revert: () => {
    answer?.(false)
    return Promise.resolve(ok(null))
  },
  retryLibvirt: async () => {
    await pause(300)
    return err({
      code: 'libvirt-unreachable',
      message: 'Still nothing answers at /run/libvirt/libvirt-sock.',
    })
  },
  onWorldPatch: (listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
  onShow: () => () => undefined,
}

Object.assign(globalThis, { patchbay: api })
