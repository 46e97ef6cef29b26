import { PatchbayError } from '../../shared/failure'
import { isEnded, type NetworkAction, type Operation, type OperationSubject } from '../../shared/operation'
import type { PlanOutcome } from '../../shared/plan'
import type { Attachment, World } from '../../shared/world'
import { planBridgeHere } from '../host/plan-bridge'
import type { Libvirt } from '../libvirt/libvirt'
import { switchNic } from '../machines/switch-nic'
import { servingNetwork } from '../world/addresses'
import { openWorld, type OpenedWorld, type Sources } from '../world/open-world'
import { libvirtNetworks } from '../world/reduce'
import { thisComputer } from '../world/sources'
import type { WorldStore } from '../world/store'
import {
  armedFields,
  ASKING,
  findTransaction,
  follow,
  outcomeOf,
  refuseBridgeInUse,
  refuseSecondChange,
} from './bridge'
import { planConnect, summaryOf, type ConnectRequest } from './connect'
import { elevate, helperCommand } from './elevation'
import { findNetwork } from './find'
import { runHelper, type HelperRequest, type HelperRun } from './helper-process'
import { actOnNetwork, refuseToStopInUse, wordsFor } from './network-action'
import { begin, ended } from './operations'
import { stepsOf, switchAndSee, type Switch } from './switch'

export interface ServicesOptions {
  /** `qemu:///system` or another local libvirt. */
  uri: string
  /** Absolute path of the bundled helper. */
  helper: string
  /** What to look at; everything unless told. */
  look?: Partial<{ libvirt: boolean; host: boolean; transactions: boolean }>
  /** False for a single look at how things are; true unless told. */
  follow?: boolean
  /** Told in words of what could not be read while following. */
  onTrouble?: (message: string) => void
  /** Where the World comes from and what changes things; this computer unless told. */
  parts?: Parts
}

export interface Parts {
  sources: Sources
  switchNic: Switch
  planBridge: (request: { nic: string | null; bridge: string | null }) => Promise<PlanOutcome>
  runHelper: (file: string, request: HelperRequest) => HelperRun
}

const thisComputersParts: Parts = {
  sources: thisComputer,
  switchNic,
  planBridge: ({ nic, bridge }) => planBridgeHere({ nic: nic ?? undefined, bridge: bridge ?? undefined }),
  runHelper: (file, request) => runHelper(elevate(helperCommand(file), request.verb), request),
}

/**
 * The use cases, for the window, the tray and the command line alike. What takes time answers with the id of an
 * operation that the World shows; what can't be done is thrown as a `PatchbayError` before anything is changed.
 */
export interface Services {
  readonly world: WorldStore
  /** Plugs a machine's NIC into something else. @throws PatchbayError `not-found`, `usage`, `refused`, … */
  connect: (request: ConnectRequest) => string
  actOnNetwork: (request: { network: string; action: NetworkAction }) => string
  /** Works out what a bridge would change; null for the uplink's NIC and the usual name. */
  planBridge: (request: { nic: string | null; bridge: string | null }) => Promise<PlanOutcome>
  createBridge: (request: CreateBridgeRequest) => string
  undoBridge: (request: { transaction: string } | { bridge: string }) => string
  /** Answers "Keep these settings?". */
  keep: (request: { operation: string }) => null
  /** Has a change of the host rolled back, as long as it is not made to last. */
  revert: (request: { operation: string }) => null
  /** Resolves when the operation has ended. */
  ended: (operation: string) => Promise<Operation>
  retryLibvirt: () => null
  /** Ends everything; a change of the host under way is rolled back. */
  close: () => Promise<void>
}

export interface CreateBridgeRequest {
  nic: string
  bridge: string
  /** Of the plan the user saw. */
  hostHash: string
  confirm: 'auto' | 'ask'
  /** From arming to the automatic rollback. */
  timeoutSeconds?: number
}

/** Opens the World and the use cases over it. @throws PatchbayError when the host itself can't be looked at */
export async function openServices(options: ServicesOptions): Promise<Services> {
  const { uri, helper, look, follow = true, parts = thisComputersParts } = options
  const onTrouble = options.onTrouble ?? printTrouble
  const everything = { libvirt: true, host: true, transactions: true }
  const opened = await openWorld({
    uri,
    sources: parts.sources,
    look: { ...everything, ...look },
    follow,
    onTrouble,
  })
  return new OpenServices(opened, helper, parts)
}

function printTrouble(message: string): void {
  console.error(`patchbay: ${message}`)
}

class OpenServices implements Services {
  readonly world: WorldStore
  readonly #opened: OpenedWorld
  readonly #helper: string
  readonly #parts: Parts
  readonly #runs = new Map<string, HelperRun>()

  constructor(opened: OpenedWorld, helper: string, parts: Parts) {
    this.world = opened.store
    this.#opened = opened
    this.#helper = helper
    this.#parts = parts
  }

  readonly connect = (request: ConnectRequest): string => {
    const libvirt = this.#libvirt()
    const plan = planConnect(this.world.current, request)
    const { machine, nic, to, place, alreadyThere } = plan
    const title = `Move ${machine.name} to ${place}`
    const subject: OperationSubject = { kind: 'connect', machine: machine.id, mac: nic.mac, to }
    if (alreadyThere) {
      const summary = `${machine.name} is already on ${place}.`
      const address = nic.addresses[0] ?? null
      const result = { kind: 'connected', before: to, after: to, live: plan.live, address } as const
      return begin(this.world, { subject, title, steps: [] }, () => Promise.resolve({ summary, result }))
    }
    const refresh = (): Promise<void> =>
      this.#opened.libvirt.refresh({ machines: [machine.id], networks: networksOf(this.world.current, to) })
    return begin(this.world, { subject, title, steps: stepsOf(plan) }, async (progress) => {
      const { switchNic } = this.#parts
      const { before, after, address } = await switchAndSee(
        { switchNic, libvirt, world: this.world.current, changed: () => void refresh() },
        plan,
        progress,
      )
      await refresh()
      // The guest agent's and the neighbours' word is not in any listing.
      if (address !== null && address.source !== 'lease') {
        this.world.dispatch({ type: 'addresses', found: [{ mac: nic.mac, address }] })
      }
      return {
        summary: summaryOf(plan, address),
        result: {
          kind: 'connected',
          before: (plan.live ? before.live : before.saved) ?? plan.before,
          after: (plan.live ? after.live : after.saved) ?? to,
          live: plan.live,
          address,
        },
      }
    })
  }

  readonly actOnNetwork = ({ network: name, action }: { network: string; action: NetworkAction }): string => {
    const libvirt = this.#libvirt()
    const network = findNetwork(this.world.current, name)
    if (action === 'stop') refuseToStopInUse(this.world.current, network)
    const { title, done } = wordsFor(action, name)
    const subject: OperationSubject = { kind: 'network', network: network.id, action }
    return begin(this.world, { subject, title, steps: [title] }, async (progress) => {
      progress.step(title, 'running')
      await actOnNetwork(libvirt, name, action)
      await this.#opened.libvirt.refresh({ networks: [network.uuid] })
      progress.step(title, 'done')
      return { summary: done, result: { kind: 'network-changed' } }
    })
  }

  readonly planBridge = (request: { nic: string | null; bridge: string | null }): Promise<PlanOutcome> =>
    this.#parts.planBridge(request)

  readonly createBridge = (request: CreateBridgeRequest): string => {
    const { nic, bridge, hostHash, confirm, timeoutSeconds } = request
    const armed = armedFields(confirm, timeoutSeconds)
    refuseSecondChange(this.world.current)
    const subject: OperationSubject = { kind: 'bridge-create', nic, bridge }
    const intent = { kind: 'create-bridge', nic, bridge }
    return this.#changeHost(subject, `Make the bridge ${bridge} from ${nic}`, {
      verb: 'apply',
      request: { ...armed, intent, hostHash },
    })
  }

  readonly undoBridge = (request: { transaction: string } | { bridge: string }): string => {
    refuseSecondChange(this.world.current)
    const { id, intent } = findTransaction(this.world.current, request)
    const { bridge } = intent
    refuseBridgeInUse(this.world.current, bridge)
    const subject: OperationSubject = { kind: 'bridge-undo', transaction: id, bridge }
    return this.#changeHost(subject, `Undo the bridge ${bridge}`, {
      verb: 'undo',
      request: { ...armedFields('auto'), transaction: id },
    })
  }

  readonly keep = ({ operation }: { operation: string }): null => {
    this.#runOf(operation).control({ control: 'keep' })
    return null
  }

  readonly revert = ({ operation }: { operation: string }): null => {
    this.#runOf(operation).hangUp()
    return null
  }

  readonly ended = (operation: string): Promise<Operation> => ended(this.world, operation)

  readonly retryLibvirt = (): null => {
    this.#opened.libvirt.retry()
    return null
  }

  readonly close = async (): Promise<void> => {
    for (const run of this.#runs.values()) run.hangUp()
    await Promise.all([...this.#runs.values()].map((run) => run.ended))
    await this.world.close()
  }

  /** One run of the helper as an operation. */
  #changeHost(subject: OperationSubject, title: string, request: Omit<HelperRequest, 'onEvent'>): string {
    const id = begin(this.world, { subject, title, steps: [ASKING] }, async (progress) => {
      progress.step(ASKING, 'running')
      const run = this.#parts.runHelper(this.#helper, {
        ...request,
        onEvent: (event) => follow(progress, subject.kind, event),
      })
      this.#runs.set(progress.id, run)
      try {
        const end = await run.ended
        // Whatever became of it, the World shows the host as it is now before the operation says that it ended.
        await Promise.all([this.#opened.refreshHost(), this.#opened.refreshTransactions()])
        return outcomeOf(end, subject)
      } finally {
        this.#runs.delete(progress.id)
      }
    })
    return id
  }

  #runOf(id: string): HelperRun {
    const run = this.#runs.get(id)
    if (run !== undefined) return run
    const known = this.world.current.operations.find((operation) => operation.id === id)
    throw new PatchbayError(
      known !== undefined && isEnded(known)
        ? { code: 'refused', message: 'That change has already ended.' }
        : { code: 'not-found', message: 'There is no such change under way.' },
    )
  }

  /** @throws PatchbayError saying why libvirt is away */
  #libvirt(): Libvirt {
    const session = this.#opened.libvirt.session
    if (session !== null) return session.libvirt
    const status = this.world.current.libvirt
    throw new PatchbayError(
      status.state === 'offline'
        ? status.failure
        : {
            code: 'libvirt-unreachable',
            message: 'The connection to libvirt is not there yet.',
            hint: 'Try again.',
          },
    )
  }
}

/** The libvirt networks whose leases tell of whoever is plugged in there. */
function networksOf(world: World, to: Attachment): string[] {
  const network = servingNetwork(to, libvirtNetworks(world.networks))
  return network === undefined ? [] : [network.uuid]
}
