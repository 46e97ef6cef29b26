import { attachmentOf, isLive, type Machine, type Nic } from '../../shared/world'
import { t } from '../text'
import type { Place } from './places'
import { attachmentDevice, attachmentInSentence } from './words'

/** The address that stands for a NIC: its first IPv4 one, else any. */
export const mainAddress = (nic: Nic): string | null =>
  (nic.addresses.find(({ ip }) => !ip.includes(':')) ?? nic.addresses[0])?.ip ?? null

/** The line under a machine's name: its addresses, or where it is going to be. */
export function machineDetail(machine: Machine, places: readonly Place[]): string {
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
  const addresses = machine.nics.map((nic, index) => mainAddress(nic) ?? words.noAddressOn(index + 1))
  const known = machine.nics.some((nic) => nic.addresses.length > 0)
  return [...state, ...(known ? addresses : [words.noAddress])].join(', ')
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
