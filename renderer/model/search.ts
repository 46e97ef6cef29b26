import { attachmentOf, networkIdOf, type Machine, type Nic } from '../../shared/world/world'
import { everyLanguage } from '../../shared/messages'
import type { Place } from './places'
import { attachmentDevice, attachmentName, placeName, subnetText } from './words'

/** What is left on display for a search text; an empty text leaves everything. */
export interface Found {
  machines: readonly Machine[]
  places: readonly Place[]
}

/** What a thing can be found by. */
interface Findable {
  /** Found by any part of these: names, addresses, MACs. */
  names: readonly string[]
  /** Found by the beginnings of their words: kinds, states and devices, which a part must not hit by chance. */
  words: readonly string[]
}

/**
 * Finds machines by name, title, state, address, MAC and everything that their networks are found by; and places by name,
 * kind, state, subnet, bridge and host link, with those that the found machines are plugged into. Of several words each
 * must fit. Upper and lower case are the same; kinds and states are known in every language.
 */
export function search(query: string, machines: readonly Machine[], places: readonly Place[]): Found {
  const wanted = fold(query).split(/\s+/).filter(Boolean)
  if (wanted.length === 0) return { machines, places }
  const placeById = new Map(places.map((place) => [place.id, { place, findable: ofPlace(place) }]))
  const fits = (of: readonly Findable[]): boolean =>
    wanted.every((word) => of.some((one) => fitsIn(word, one)))

  const foundMachines = machines.filter((machine) => {
    const where = machine.nics.map((nic) => {
      const found = placeById.get(placeIdOf(nic) ?? '')
      return found?.findable ?? ofAttachment(nic, places)
    })
    return fits([ofMachine(machine), ...where])
  })
  const inUse = new Set(foundMachines.flatMap(({ nics }) => nics.map(placeIdOf)))
  const foundPlaces = [...placeById.values()]
    .filter(({ place, findable }) => inUse.has(place.id) || fits([findable, ofState(place)]))
    .map(({ place }) => place)
  return { machines: foundMachines, places: foundPlaces }
}

/** Without case and accents: `caida` finds what is “Caída”. */
const fold = (text: string): string => text.toLocaleLowerCase().normalize('NFD').replace(/\p{M}/gu, '')

const fitsIn = (wanted: string, { names, words }: Findable): boolean =>
  names.some((name) => fold(name).includes(wanted)) ||
  words.some((phrase) =>
    fold(phrase)
      .split(/\s+/)
      .some((word) => word.startsWith(wanted)),
  )

const ofMachine = ({ name, title, state, nics }: Machine): Findable => ({
  names: [
    name,
    title ?? '',
    ...nics.flatMap(({ mac, addresses }) => [mac, ...addresses.map(({ ip }) => ip)]),
  ],
  words: everyLanguage.map(({ machines }) => machines.states[state]),
})

function ofPlace(place: Place): Findable {
  const { network, kind, isLan, leadsTo, attachment } = place
  const isLibvirts = network?.source === 'libvirt'
  return {
    names: [
      ...[place.name, placeName(place), attachmentDevice(attachment)],
      ...(isLibvirts ? network.subnets.map(subnetText) : []),
    ],
    words: [
      // A part of a device's name is another device: `br0` is not `virbr0`.
      ...(isLibvirts ? [network.bridge ?? '', ...network.links] : (network?.ports ?? [])),
      ...everyLanguage.flatMap(({ networks }) => [
        networks.kinds[kind],
        // Whatever is plugged in there is on the LAN, by a bridge or past it.
        ...(isLan || leadsTo === 'router' ? [networks.lan] : []),
      ]),
    ],
  }
}

/** No machine is found by it: one that is off may be plugged into a network that is active. */
const ofState = ({ active }: Place): Findable => ({
  names: [],
  words: everyLanguage.map(({ networks }) => (active ? networks.active : networks.stopped)),
})

/** Of a network that is not there. */
function ofAttachment(nic: Nic, places: readonly Place[]): Findable {
  const attachment = attachmentOf(nic)
  return { names: attachment === null ? [] : [attachmentName(attachment, places)], words: [] }
}

const placeIdOf = (nic: Nic): string | null => {
  const attachment = attachmentOf(nic)
  return attachment === null ? null : networkIdOf(attachment)
}
