import {
  attachmentOf,
  isLive,
  networkIdOf,
  type Machine,
  type NetworkKind,
  type Nic,
} from '../../shared/world/world'
import { isEnded, type Operation } from '../../shared/world/operation'
import { cablePath, spread } from '../model/cables'
import { nicKey } from '../model/moves'
import type { Place } from '../model/places'
import type { Geometry } from './geometry'

/** One cable as it is drawn. */
export interface DrawnCable {
  key: string
  path: string
  kind: NetworkKind
  /** The place it is plugged into: when this changes, the cable swings over. */
  place: string
  isDimmed: boolean
  isPicked: boolean
  /** 0 to 1 while it is being moved. */
  progress: number | null
}

interface Wiring {
  placeById: ReadonlyMap<string, Place>
  /** Where a NIC is on its way to, null when it rests. */
  destinationOf: (machineId: string, nic: Nic) => string | null
  moveOf: (machineId: string, nic: Nic) => Operation | null
  picked: { machine: string; mac: string } | null
  /** The NIC whose cable is in the hand, and so drawn elsewhere. */
  held: string | null
}

/** The cables from the jacks in sight to their places. */
export function machineCables(
  machines: readonly Machine[],
  { jacks, places }: Geometry,
  wiring: Wiring,
): DrawnCable[] {
  return machines.flatMap((machine) =>
    machine.nics.flatMap((nic): DrawnCable[] => {
      const key = nicKey(machine.id, nic)
      const from = jacks.get(key)
      if (from === undefined || key === wiring.held) return []
      const attachment = attachmentOf(nic)
      const destination = wiring.destinationOf(machine.id, nic)
      const id = destination ?? (attachment === null ? null : networkIdOf(attachment))
      const place = wiring.placeById.get(id ?? '')
      const to = places.get(id ?? '')
      if (place === undefined || to === undefined) return []
      return [
        {
          key,
          path: cablePath(from, to.left),
          kind: place.kind,
          place: place.id,
          isDimmed: !isLive(machine.state) || !place.active,
          isPicked: wiring.picked?.machine === machine.id && wiring.picked.mac === nic.mac,
          progress: destination === null ? null : progressOf(wiring.moveOf(machine.id, nic)),
        },
      ]
    }),
  )
}

/** Just asked for counts as begun, so that something is seen to move. */
function progressOf(move: Operation | null): number {
  if (move === null || isEnded(move) || move.steps.length === 0) return 0.08
  const done = move.steps.filter(({ state }) => state === 'done').length
  return Math.max(0.08, (done + 0.5) / move.steps.length)
}

/** The cables from places to what they lead to; their ends are spread so that each stays visible. */
export function placeCables(places: readonly Place[], geometry: Geometry): DrawnCable[] {
  const shown = places.filter(({ id, active }) => active && geometry.places.has(id))
  return shown.flatMap((place): DrawnCable[] => {
    const from = geometry.places.get(place.id)
    const end = geometry.outside.get(place.leadsTo ?? '')
    if (from === undefined || end === undefined) return []
    const siblings = shown.filter(({ leadsTo }) => leadsTo === place.leadsTo)
    const y = spread(end.y, siblings.indexOf(place), siblings.length, Math.min(7, 36 / siblings.length))
    return [
      {
        key: `out:${place.id}`,
        path: cablePath(from.right, { x: end.x - 5, y }),
        kind: place.kind,
        place: place.id,
        isDimmed: false,
        isPicked: false,
        progress: null,
      },
    ]
  })
}
