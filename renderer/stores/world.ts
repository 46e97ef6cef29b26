import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { addressesHere as addressesIn, type AddressesHere } from '../../shared/world/address-here'
import type { Failure } from '../../shared/failure'
import type { WorldPatch } from '../../shared/ipc/contract'
import { applyPatch } from '../../shared/ipc/world-patch'
import type { Machine, World } from '../../shared/world/world'
import { useApi } from '../api'
import { placesOf, type Place } from '../model/places'

const NO_MACHINES: World['machines'] = []
const NO_NETWORKS: World['networks'] = []
const NO_OPERATIONS: World['operations'] = []

/** The World as the main process tells it: taken whole once, then patched. Read only for everybody else. */
export const useWorldStore = defineStore('world', () => {
  const api = useApi()
  const world = shallowRef<World | null>(null)
  const failure = shallowRef<Failure | null>(null)

  // Each part by itself: a patch of one wakes up nobody who watches another.
  const machines = computed(() => world.value?.machines ?? NO_MACHINES)
  const networks = computed(() => world.value?.networks ?? NO_NETWORKS)
  const operations = computed(() => world.value?.operations ?? NO_OPERATIONS)
  const host = computed(() => world.value?.host ?? null)

  const machineById = computed(() => byId(machines.value))
  const places = computed<readonly Place[]>(() =>
    host.value === null
      ? []
      : placesOf({ host: host.value, networks: networks.value, machines: machines.value }),
  )
  const placeById = computed(() => byId(places.value))
  const addressesHere = computed<AddressesHere>(() =>
    host.value === null ? () => [] : addressesIn({ host: host.value, networks: networks.value }),
  )
  const lan = computed(() => places.value.find((place) => place.isLan) ?? null)
  /** The name of the computer that the machines run on, when that is another one: nothing of its own network is seen. */
  const elsewhere = computed(() => (host.value?.computer === 'another' ? host.value.hostname : null))
  const isOffline = computed(() => world.value?.libvirt.state === 'offline')

  /** False while nothing was ever heard of libvirt: an empty list then says nothing. */
  const isKnown = computed(
    () =>
      world.value?.libvirt.state === 'connected' ||
      machines.value.length > 0 ||
      networks.value.some(({ source }) => source === 'libvirt'),
  )

  let early: WorldPatch[] | null = null

  /** Follows the World until the window closes; patches that overtake the first answer are kept and replayed. */
  function open(): void {
    early = []
    api.onWorldPatch((patch) => {
      if (world.value === null) early?.push(patch)
      else world.value = applyPatch(world.value, patch)
    })
    void load()
  }

  /** Asks for the whole World; also the answer to "Try again" when the first look failed. */
  async function load(): Promise<void> {
    failure.value = null
    const result = await api.getWorld()
    if (!result.ok) {
      failure.value = result.failure
      return
    }
    world.value = (early ?? []).reduce(applyPatch, result.value)
    early = null
  }

  function machine(id: string): Machine | null {
    return machineById.value.get(id) ?? null
  }

  return {
    world,
    failure,
    machines,
    operations,
    host,
    places,
    placeById,
    addressesHere,
    lan,
    elsewhere,
    isOffline,
    isKnown,
    machine,
    open,
    load,
  }
})

const byId = <T extends { id: string }>(items: readonly T[]): Map<string, T> =>
  new Map(items.map((item) => [item.id, item]))
