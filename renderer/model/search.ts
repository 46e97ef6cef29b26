import { attachmentOf, networkIdOf, type Machine } from '../../shared/world'
import type { Place } from './places'
import { attachmentName, placeName, subnetText } from './words'

/** What is left on display for a search text; an empty text leaves everything. */
export interface Found {
  machines: readonly Machine[]
  places: readonly Place[]
}

/**
 * Finds machines by name, title, address, MAC or the network they are plugged into, and places by name, kind,
 * subnet or the machines found in them. Upper and lower case are the same.
 */
export function search(query: string, machines: readonly Machine[], places: readonly Place[]): Found {
  const wanted = query.trim().toLowerCase()
  if (wanted === '') return { machines, places }
  const matches = (text: string | null): boolean => text?.toLowerCase().includes(wanted) ?? false

  const foundMachines = machines.filter(
    (machine) =>
      matches(machine.name) ||
      matches(machine.title) ||
      machine.nics.some((nic) => {
        const attachment = attachmentOf(nic)
        return (
          matches(nic.mac) ||
          nic.addresses.some(({ ip }) => matches(ip)) ||
          (attachment !== null && matches(attachmentName(attachment, places)))
        )
      }),
  )
  const inUse = new Set(foundMachines.flatMap((machine) => machine.nics.map(placeIdOf)))
  const foundPlaces = places.filter(
    (place) =>
      inUse.has(place.id) ||
      matches(place.name) ||
      matches(placeName(place)) ||
      (place.network?.source === 'libvirt' &&
        place.network.subnets.some((subnet) => matches(subnetText(subnet)))),
  )
  return { machines: foundMachines, places: foundPlaces }
}

const placeIdOf = (nic: Machine['nics'][number]): string | null => {
  const attachment = attachmentOf(nic)
  return attachment === null ? null : networkIdOf(attachment)
}
