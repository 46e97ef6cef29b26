import { mainOf, type AddressesHere } from '../../shared/world/address-here'
import { attachmentOf, isLive, type LibvirtNetwork, type Machine } from '../../shared/world/world'
import { t } from '../text'
import type { Place } from './places'
import { attachmentName, subnetText } from './words'

export interface Sorting<Column extends string> {
  column: Column
  ascending: boolean
}

/** The sorting after a press on a column's head: the same column turns round, another one starts ascending. */
export function pressed<Column extends string>(now: Sorting<Column>, column: Column): Sorting<Column> {
  return { column, ascending: now.column === column ? !now.ascending : true }
}

/** One row of the table of machines, with everything as it is shown. */
export interface MachineRow {
  id: string
  machine: Machine
  name: string
  state: string
  nics: number
  plugged: string
  address: string
}

export const MACHINE_COLUMNS = ['name', 'state', 'plugged', 'address', 'nics'] as const
export type MachineColumn = (typeof MACHINE_COLUMNS)[number]

export function machineRow(machine: Machine, places: readonly Place[], here: AddressesHere): MachineRow {
  const attachments = machine.nics.flatMap((nic) => attachmentOf(nic) ?? [])
  return {
    id: machine.id,
    machine,
    name: machine.name,
    state: t.machines.states[machine.state],
    nics: machine.nics.length,
    plugged: attachments.map((attachment) => attachmentName(attachment, places)).join(', '),
    address: isLive(machine.state)
      ? machine.nics.flatMap((nic) => mainOf(here(nic))?.ip ?? []).join(', ')
      : '',
  }
}

/** One row of the table of networks. */
export interface NetworkRow {
  id: string
  place: Place
  /** What libvirt keeps of it; null for a bridge or a card of the host. */
  libvirt: LibvirtNetwork | null
  name: string
  kind: string
  subnet: string
  /** Empty where libvirt gives none out. */
  leases: number | ''
  state: string
}

export const NETWORK_COLUMNS = ['name', 'kind', 'subnet', 'leases', 'state'] as const
export type NetworkColumn = (typeof NETWORK_COLUMNS)[number]

export function networkRow(place: Place, name: string): NetworkRow {
  const libvirt = place.network?.source === 'libvirt' ? place.network : null
  return {
    id: place.id,
    place,
    libvirt,
    name,
    kind: t.networks.kinds[place.kind],
    subnet: libvirt?.subnets.map(subnetText).join(', ') ?? '',
    leases: libvirt?.leases.length ?? '',
    state: place.active ? t.networks.active : t.networks.stopped,
  }
}

const natural = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

/** A sorted copy. Numbers inside texts count as numbers, so `vm2` and `10.0.0.9` come before `vm10` and `10.0.0.10`;
 *  empty cells are last either way, and equal ones keep the order of their names. */
export function sorted<Row extends Record<Column | 'name', string | number>, Column extends string>(
  rows: readonly Row[],
  { column, ascending }: Sorting<Column>,
): Row[] {
  const direction = ascending ? 1 : -1
  return [...rows].sort((a, b) => {
    const [left, right] = [a[column], b[column]]
    if (left === '' || right === '') return left === right ? byName(a, b) : left === '' ? 1 : -1
    const order = typeof left === 'number' && typeof right === 'number' ? left - right : compare(left, right)
    return order === 0 ? byName(a, b) : order * direction
  })
}

const compare = (left: string | number, right: string | number): number =>
  natural.compare(String(left), String(right))
const byName = (a: { name: string | number }, b: { name: string | number }): number => compare(a.name, b.name)
