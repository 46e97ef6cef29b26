import type { Remedy } from '../../shared/failure'
import { isLive, type Machine, type Nic } from '../../shared/world/world'
import { isIn, refusalOf, wayTo } from '../model/moves'
import type { Place } from '../model/places'
import { useNoticesStore } from '../stores/notices'
import { useOperationsStore } from '../stores/operations'
import { useViewStore } from '../stores/view'
import { useWorldStore } from '../stores/world'
import { t } from '../text'

export interface Moves {
  /** Why a NIC can't be plugged into a place, in words; null when it can. */
  refusal: (machine: Machine, nic: Nic, place: Place) => string | null
  /** Plugs a NIC into a place; says so when it is there already. */
  toPlace: (machine: Machine, nic: Nic, place: Place) => void
  /** Plugs a NIC into the LAN or behind NAT; the LAN without a bridge opens the sheet that makes it. */
  to: (machine: Machine, nic: Nic, kind: 'lan' | 'nat') => void
}

/** Moving a cable, the same for dragging, the switch, the list and the keyboard. */
export function useMoves(): Moves {
  const worldStore = useWorldStore()
  const view = useViewStore()
  const operations = useOperationsStore()
  const notices = useNoticesStore()

  function refusal(machine: Machine, nic: Nic, place: Place): string | null {
    if (operations.isMoving(machine.id, nic)) return t.machines.refusals.busy
    return worldStore.world === null ? null : refusalOf(place, machine.id, nic, worldStore.world)
  }

  function toPlace(machine: Machine, nic: Nic, place: Place): void {
    const why = refusal(machine, nic, place)
    if (why === null && isIn(place, nic, isLive(machine.state)))
      operations.sayAlreadyThere(machine, nic, place)
    else if (why !== null) refused(machine, why, remedyFor(place))
    else void operations.connect(machine, nic, { kind: 'attachment', attachment: place.attachment }, place.id)
  }

  function refused(machine: Machine, why: string, remedy: Remedy | undefined): void {
    const failure = { code: 'refused', message: why, ...(remedy && { remedy }) } as const
    notices.fail(t.machines.said.failed(machine.name), failure)
  }

  function to(machine: Machine, nic: Nic, kind: 'lan' | 'nat'): void {
    const { world } = worldStore
    if (world === null) return
    const way = wayTo({ kind }, world)
    if (way.kind === 'needs-bridge') {
      view.sheet = { kind: 'make-bridge', thenMove: { machine: machine.id, mac: nic.mac } }
    } else if (way.kind === 'closed') {
      refused(machine, way.why, way.remedy)
    } else {
      const place = worldStore.placeById.get(way.placeId)
      if (place !== undefined) toPlace(machine, nic, place)
    }
  }

  return { refusal, toPlace, to }
}

/** A stopped network can be started at once. */
const remedyFor = ({ active, network }: Place): Remedy | undefined =>
  !active && network?.source === 'libvirt' ? { kind: 'start-network', network: network.name } : undefined
