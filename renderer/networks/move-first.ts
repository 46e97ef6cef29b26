import { computed, ref, type ComputedRef, type Ref } from 'vue'
import type { NetworkKind } from '../../shared/world/world'
import type { Place, Pluggable } from '../model/places'
import { useWorldStore } from '../stores/world'

export interface MoveFirst {
  /** Where machines can go. */
  places: ComputedRef<readonly Place[]>
  /** The id of the chosen one; empty for none. */
  picked: Ref<string>
  chosen: ComputedRef<Place | null>
  target: ComputedRef<Pluggable | null>
}

/**
 * Where to move machines that are in the way of something.
 * @param isInTheWay the places that they are to leave
 * @param like the kind that is proposed, else NAT; never the LAN, where everybody sees them
 */
export function useMoveFirst(isInTheWay: (place: Place) => boolean, like: NetworkKind): MoveFirst {
  const worldStore = useWorldStore()
  const places = computed(() =>
    worldStore.places.filter((place) => place.network?.active === true && !isInTheWay(place)),
  )
  const ofKind = (kind: NetworkKind): Place | undefined =>
    places.value.find((place) => place.kind === kind && !place.isLan)
  const picked = ref((ofKind(like) ?? ofKind('nat'))?.id ?? '')
  const chosen = computed(() => places.value.find(({ id }) => id === picked.value) ?? null)
  return { places, picked, chosen, target: computed(() => chosen.value?.attachment ?? null) }
}
