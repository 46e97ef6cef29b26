import { defineStore } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import type { Request } from '../../shared/ipc/contract'
import { isEnded, type NetworkAction, type Operation } from '../../shared/world/operation'
import { ok, type Result } from '../../shared/result'
import { isLive, networkIdOf, type Machine, type Nic } from '../../shared/world/world'
import { useApi } from '../api'
import { holdsCable, nicKey } from '../model/moves'
import type { Place } from '../model/places'
import { placeInSentence } from '../model/words'
import { t } from '../text'
import { useNoticesStore } from './notices'
import { useWorldStore } from './world'

/** Where a NIC may be moved to, as the main process takes it. */
export type MoveTarget = Request<'machine:connect'>['to']

/** A move that was asked for and whose operation is not in the World yet. */
interface Asked {
  place: string
  /** Null until the main process has answered. */
  operation: string | null
}

/** Starts work in the main process and follows it in the World. */
export const useOperationsStore = defineStore('operations', () => {
  const api = useApi()
  const worldStore = useWorldStore()
  const notices = useNoticesStore()
  /** By NIC, so that a cable moves at once. */
  const asked = shallowRef<ReadonlyMap<string, Asked>>(new Map())

  const all = computed<readonly Operation[]>(() => worldStore.operations)

  const latestMoves = computed(() => {
    const latest = new Map<string, Operation>()
    for (const operation of all.value) {
      const { subject } = operation
      if (subject.kind === 'connect' && !didNothing(operation))
        latest.set(nicKey(subject.machine, subject), operation)
    }
    return latest
  })

  const latestPulls = computed(() => {
    const latest = new Map<string, Operation>()
    for (const operation of all.value) {
      const { subject } = operation
      if (subject.kind === 'replug') latest.set(nicKey(subject.machine, subject), operation)
    }
    return latest
  })

  watch(all, (operations) => {
    const known = new Set<string | null>(operations.map(({ id }) => id))
    const waiting = [...asked.value].filter(([, { operation }]) => !known.has(operation))
    if (waiting.length < asked.value.size) asked.value = new Map(waiting)
  })

  const byId = (id: string): Operation | null => all.value.find((operation) => operation.id === id) ?? null

  /** The move of a NIC that is under way, or the latest one that ended. */
  const moveOf = (machineId: string, nic: Pick<Nic, 'mac'>): Operation | null =>
    latestMoves.value.get(nicKey(machineId, nic)) ?? null

  /** The pull of a NIC's cable that is under way, or the latest one that ended. */
  const pullOf = (machineId: string, nic: Pick<Nic, 'mac'>): Operation | null =>
    latestPulls.value.get(nicKey(machineId, nic)) ?? null

  /** The places that NICs are on their way to. The same object as before while no move begins or ends. */
  const destinations = computed<ReadonlyMap<string, string>>((before) => {
    const now = new Map<string, string>()
    for (const [key, { subject, status }] of latestMoves.value) {
      const place = subject.kind === 'connect' ? networkIdOf(subject.to) : null
      const isUnderWay = status.state === 'running' || status.state === 'confirm'
      if (isUnderWay && place !== null) now.set(key, place)
    }
    for (const [key, { place }] of asked.value) now.set(key, place)
    const isSame = before?.size === now.size && [...now].every(([key, place]) => before.get(key) === place)
    return isSame ? before : now
  })

  /** The place that a NIC is on its way to; null when it is not moving. */
  const destinationOf = (machineId: string, nic: Pick<Nic, 'mac'>): string | null =>
    destinations.value.get(nicKey(machineId, nic)) ?? null

  /** Whether a NIC is just being plugged: into another place, or where it is once more. */
  const isMoving = (machineId: string, nic: Pick<Nic, 'mac'>): boolean =>
    destinationOf(machineId, nic) !== null || pullOf(machineId, nic)?.holdsLink === true

  /** Patchbay has the cable in its hand, by whatever it does: a link that is down then is no cut cable. */
  const isHeld = (machineId: string, nic: Nic): boolean =>
    isMoving(machineId, nic) ||
    all.value.some((operation) => !isEnded(operation) && holdsCable(operation, machineId, nic))

  /** The NIC that was to be moved to where it is, by its key, and the place. */
  const alreadyThere = shallowRef<{ nic: string; place: string } | null>(null)

  /** Says that nothing is to be done; what was done before stays as it is, with its Undo. */
  function sayAlreadyThere(machine: Machine, nic: Nic, place: Place): void {
    alreadyThere.value = { nic: nicKey(machine.id, nic), place: place.id }
    notices.say(t.machines.said.already(machine.name, placeInSentence(place)))
  }

  const isNetworkBusy = (name: string): boolean =>
    all.value.some(
      (operation) =>
        operation.subject.kind === 'network' &&
        operation.subject.network === `network:${name}` &&
        !isEnded(operation),
    )

  /** Plugs a NIC into another place; `placeId` is where its cable is shown from now on. */
  async function connect(machine: Machine, nic: Nic, to: MoveTarget, placeId: string): Promise<void> {
    if (isMoving(machine.id, nic)) return
    const key = nicKey(machine.id, nic)
    const place = worldStore.placeById.get(placeId)
    if (place !== undefined) notices.say(t.machines.said.moving(machine.name, placeInSentence(place)))
    alreadyThere.value = null
    asked.value = new Map(asked.value).set(key, { place: placeId, operation: null })
    const result = await api.connect({ machine: machine.id, mac: nic.mac, to, live: isLive(machine.state) })
    const rest = new Map(asked.value)
    if (result.ok && byId(result.value) === null) rest.set(key, { place: placeId, operation: result.value })
    else rest.delete(key)
    asked.value = rest
    if (!result.ok) notices.fail(t.machines.said.failed(machine.name), result.failure)
  }

  /** Pulls the cable of a NIC and puts it in again where it is. */
  async function replug(machine: Machine, nic: Nic): Promise<void> {
    notices.say(t.machines.said.pulling(machine.name))
    const result = await api.replug({ machine: machine.id, mac: nic.mac })
    if (!result.ok) notices.fail(t.machines.said.pullFailed(machine.name), result.failure)
  }

  async function actOnNetwork(network: string, action: NetworkAction): Promise<void> {
    const result = await api.actOnNetwork({ network, action, moveTo: null })
    if (!result.ok) notices.fail(t.networks.failed(network), result.failure)
  }

  /** Resolves when the operation has ended, as the World tells it. */
  const ended = (id: string): Promise<Operation> =>
    new Promise((resolve) => {
      const stop = watch(
        all,
        () => {
          const operation = byId(id)
          if (operation === null || !isEnded(operation)) return
          resolve(operation)
          // Not yet known while the first look is under way.
          queueMicrotask(() => stop())
        },
        { immediate: true },
      )
    })

  /** Follows what was begun to its end; false when it has failed, which the window says by itself. */
  async function outcome(begun: Result<string>): Promise<Result<boolean>> {
    if (!begun.ok) return begun
    const { status } = await ended(begun.value)
    return ok(status.state === 'done')
  }

  return {
    all,
    byId,
    moveOf,
    pullOf,
    isMoving,
    isHeld,
    alreadyThere,
    sayAlreadyThere,
    destinations,
    destinationOf,
    isNetworkBusy,
    connect,
    replug,
    actOnNetwork,
    ended,
    outcome,
  }
})

/** A move to where the NIC was already: it has no steps, and so leaves the one before it the latest. */
const didNothing = ({ steps, status }: Operation): boolean => status.state === 'done' && steps.length === 0
