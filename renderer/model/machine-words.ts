import { mainOf, type AddressesHere } from '../../shared/world/address-here'
import {
  attachmentOf,
  isLive,
  networkIdOf,
  type Attachment,
  type Machine,
  type MachineState,
  type Nic,
} from '../../shared/world/world'
import { t } from '../text'
import type { Place } from './places'
import { attachmentDevice, attachmentInSentence } from './words'

/** How a machine's state looks wherever the machine is shown: the colour of its dot, and whether it counts as off. */
export function stateLook(state: MachineState): { tone: 'good' | 'warn' | 'bad' | 'none'; isOff: boolean } {
  switch (state) {
    case 'running':
      return { tone: 'good', isOff: false }
    case 'paused':
    case 'shutting-down':
      return { tone: 'warn', isOff: false }
    case 'crashed':
      return { tone: 'bad', isOff: true }
    case 'off':
    case 'suspended':
      return { tone: 'none', isOff: true }
  }
}

/** The line under a machine's name: its addresses where it is plugged in, or where it is going to be. */
export function machineDetail(machine: Machine, places: readonly Place[], here: AddressesHere): string {
  const words = t.machines
  if (machine.nics.length === 0) return `${words.states[machine.state]}, ${words.noNic.toLowerCase()}`
  if (!isLive(machine.state)) {
    const joins = machine.nics.flatMap((nic) => {
      const attachment = attachmentOf(nic)
      return attachment === null ? [] : attachmentInSentence(attachment, places)
    })
    const rest = joins.length === 0 ? words.unplugged : words.joinsAtStart(joins.join(', '))
    return `${words.states[machine.state]}, ${rest}`
  }
  const state = machine.state === 'running' ? [] : [words.states[machine.state]]
  const main = machine.nics.map((nic) => mainOf(here(nic))?.ip ?? null)
  const addresses = main.map((ip, index) => ip ?? words.noAddressOn(index + 1))
  const known = main.some((ip) => ip !== null)
  const isToldNobody = machine.nics.every(({ live }) => isUnknownAt(live, places))
  const none = isToldNobody ? words.addressUnknown : words.noAddress
  return [...state, ...(known ? addresses : [none])].join(', ')
}

/** Where a NIC is plugged in now and after a restart, in one phrase. */
export function pluggedText(machine: Machine, nic: Nic): string {
  const words = t.machines
  const live = nic.live === null ? null : attachmentDevice(nic.live)
  const saved = nic.saved === null ? null : attachmentDevice(nic.saved)
  if (live !== null && saved !== null) {
    return live === saved ? words.nowAndAfterRestart(live) : words.nowAndAfter(live, saved)
  }
  if (live !== null) return words.onlyNow(live)
  if (saved === null) return words.unplugged
  return isLive(machine.state) ? words.fromNextStart(saved) : saved
}

/** Whether nobody here can tell who gives addresses in a place, and so none is to be waited for. */
const isUnknownAt = (attachment: Attachment | null, places: readonly Place[]): boolean =>
  attachment !== null && places.find(({ id }) => id === networkIdOf(attachment))?.addressesFrom === 'unknown'
