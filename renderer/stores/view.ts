import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { Show } from '../../shared/ipc/contract'
import { search } from '../model/search'
import { useWorldStore } from './world'

export const VIEWS = ['patchbay', 'machines', 'networks', 'host', 'health'] as const
export type View = (typeof VIEWS)[number]

/** The views that show what is searched for, and what of it is picked. */
const SEARCHABLE: readonly View[] = ['patchbay', 'machines', 'networks']

/** What the inspector shows: a machine with one of its NICs, or a place. */
export type Selection =
  { kind: 'machine'; machine: string; mac: string | null } | { kind: 'place'; place: string }

/**
 * The sheet over the window. `thenMove` names the NIC that was waiting for the bridge.
 */
export type Sheet =
  | { kind: 'make-bridge'; thenMove: { machine: string; mac: string } | null }
  | { kind: 'undo-bridge'; transaction: string }
  | { kind: 'new-network' }
  /** Of the network with this id. */
  | { kind: 'change-network' | 'stop-network' | 'delete-network'; network: string }

/** A cable held over a place, not yet let go: the inspector shows what would change. */
export interface Proposal {
  machine: string
  mac: string
  place: string
}

/** Where the user is: the view, what is picked, what is searched for, which sheet is open. */
export const useViewStore = defineStore('view', () => {
  const worldStore = useWorldStore()
  const view = ref<View>('patchbay')
  const selection = shallowRef<Selection | null>(null)
  const query = ref('')
  const sheet = shallowRef<Sheet | null>(null)
  const proposal = shallowRef<Proposal | null>(null)
  const isPickerOpen = ref(false)
  /** Whether a cable is in the hand. */
  const isHolding = ref(false)

  const found = computed(() => search(query.value, worldStore.machines, worldStore.places))

  // Elsewhere there is nothing to find: whoever searches there comes to the patchbay, and whoever goes there is done searching.
  const isSearchable = computed(() => SEARCHABLE.includes(view.value))
  const sync = { flush: 'sync' } as const
  watch(
    query,
    () => {
      if (query.value.trim() !== '' && !isSearchable.value) view.value = 'patchbay'
    },
    sync,
  )
  watch(
    isSearchable,
    () => {
      if (!isSearchable.value) query.value = ''
    },
    sync,
  )

  const machine = computed(() =>
    selection.value?.kind === 'machine' ? worldStore.machine(selection.value.machine) : null,
  )
  /** The chosen NIC of the picked machine, its first one unless another was chosen. */
  const nic = computed(() => {
    const mac = selection.value?.kind === 'machine' ? selection.value.mac : null
    return machine.value?.nics.find((candidate) => candidate.mac === mac) ?? machine.value?.nics[0] ?? null
  })
  const place = computed(() =>
    selection.value?.kind === 'place' ? (worldStore.placeById.get(selection.value.place) ?? null) : null,
  )

  const pickMachine = (id: string, mac: string | null = null): void => {
    selection.value = { kind: 'machine', machine: id, mac }
  }
  const pickPlace = (id: string): void => {
    selection.value = { kind: 'place', place: id }
  }
  /** Opens the list of networks for the picked machine. */
  const openPicker = (): void => {
    isPickerOpen.value = nic.value !== null
  }

  /** What the tray or a second start asks for. */
  function show(wish: Show): void {
    switch (wish.view) {
      case 'bridge':
        sheet.value = { kind: 'make-bridge', thenMove: null }
        return
      case 'undo':
        sheet.value = { kind: 'undo-bridge', transaction: wish.transaction }
        return
      case 'machine':
        pickMachine(wish.machine)
        view.value = 'patchbay'
        return
      case 'patchbay':
        view.value = 'patchbay'
    }
  }

  return {
    view,
    selection,
    query,
    sheet,
    proposal,
    isPickerOpen,
    isHolding,
    found,
    isSearchable,
    machine,
    nic,
    place,
    pickMachine,
    pickPlace,
    openPicker,
    show,
  }
})
