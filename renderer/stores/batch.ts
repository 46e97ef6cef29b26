import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { isLive, type Attachment } from '../../shared/world/world'
import { useApi } from '../api'
import { batchState, movableOf, type BatchMove, type Movable } from '../model/batch'
import { isIn } from '../model/moves'
import type { Place, Pluggable } from '../model/places'
import { placeInSentence } from '../model/words'
import { t } from '../text'
import { useNoticesStore } from './notices'
import { useOperationsStore } from './operations'
import { useWorldStore } from './world'

/** Machines that are ticked in the table, and moved together: all are begun, or none. */
export const useBatchStore = defineStore('batch', () => {
  const api = useApi()
  const worldStore = useWorldStore()
  const operations = useOperationsStore()
  const notices = useNoticesStore()
  const ticked = shallowRef<ReadonlySet<string>>(new Set())
  const moves = shallowRef<readonly BatchMove[]>([])
  const isAsking = ref(false)
  /** Where all were to be moved, and are already. */
  const alreadyIn = ref<string | null>(null)

  const chosen = computed(() => worldStore.machines.filter(({ id }) => ticked.value.has(id)))
  const movable = computed(() => chosen.value.flatMap((machine) => movableOf(machine) ?? []))
  const leftOut = computed(() => chosen.value.filter((machine) => movableOf(machine) === null))
  const state = computed(() => batchState(moves.value, operations.all, worldStore.machine))

  function tick(ids: readonly string[], on: boolean): void {
    const now = new Set(ticked.value)
    for (const id of ids) {
      if (on) now.add(id)
      else now.delete(id)
    }
    ticked.value = now
    alreadyIn.value = null
  }

  function clear(): void {
    ticked.value = new Set()
    moves.value = []
    alreadyIn.value = null
  }

  async function connect(wanted: readonly (Movable & { to: Pluggable })[]): Promise<void> {
    if (wanted.length === 0) return
    isAsking.value = true
    const result = await api.connectAll(
      wanted.map(({ machine, nic, to }) => ({
        ...{ machine: machine.id, mac: nic.mac, live: isLive(machine.state) },
        to: { kind: 'attachment', attachment: to },
      })),
    )
    isAsking.value = false
    if (!result.ok) {
      notices.fail(t.batch.refused(wanted.length), result.failure)
      return
    }
    moves.value = wanted.flatMap(({ machine, nic, before, to }, index) => {
      const operation = result.value[index]
      const { id, name } = machine
      return operation === undefined ? [] : [{ machine: id, name, mac: nic.mac, before, to, operation }]
    })
  }

  /** Moves those that are ticked, but for those that are there already. */
  async function moveTo(place: Place): Promise<void> {
    const away = movable.value.filter(({ machine, nic }) => !isIn(place, nic, isLive(machine.state)))
    alreadyIn.value = away.length === 0 ? placeInSentence(place) : null
    if (alreadyIn.value !== null) {
      notices.say(t.batch.already(movable.value.length, alreadyIn.value))
      return
    }
    notices.say(t.batch.moving(0, away.length, placeInSentence(place)))
    await connect(away.map((one) => ({ ...one, to: place.attachment })))
  }

  /** Moves those back that were moved last. */
  async function undo(): Promise<void> {
    const back = state.value.moved.flatMap((move) => {
      const machine = worldStore.machine(move.machine)
      const nic = machine?.nics.find(({ mac }) => mac === move.mac)
      if (machine === null || nic === undefined || !isPluggable(move.before)) return []
      return [{ machine, nic, before: move.to, to: move.before }]
    })
    await connect(back)
  }

  return { ticked, chosen, movable, leftOut, moves, state, isAsking, alreadyIn, tick, clear, moveTo, undo }
})

const isPluggable = (attachment: Attachment): attachment is Pluggable => attachment.type !== 'other'
