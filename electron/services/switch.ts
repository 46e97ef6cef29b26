import { sameAttachment, type Attachment, type World } from '../../shared/world/world'
import { whereaboutsOf } from '../../shared/world/whereabouts'
import type { Libvirt } from '../libvirt/libvirt'
import type { AddressSearch, FoundAddress } from '../machines/ask-for-address'
import { SWITCH_STEPS, type SwitchStep } from '../machines/move-nic'
import type { ReplugRequest } from '../machines/replug-cable'
import type { StepProgress } from '../machines/reporter'
import type { SwitchOutcome, SwitchRequest } from '../machines/switch-nic'
import type { ConnectPlan } from './connect'
import { neighbourSearch } from './neighbours'
import type { Progress } from './operations'
import { type Text } from '../../shared/phrases/phrase'

export type Switch = (libvirt: Libvirt, request: SwitchRequest) => Promise<SwitchOutcome>
export type Replug = (libvirt: Libvirt, request: ReplugRequest) => Promise<FoundAddress>

/** What accompanies the plugging of a NIC and the wait for its address. */
export interface Companions {
  world: World
  /** Ends the wait for an address; a cable that is out then goes in at once. */
  over: AbortController
  /** Told whether only the address is waited for: nothing is being plugged. */
  waiting: (isWaiting: boolean) => void
  /** Told after each step, since libvirt has no event for a NIC that was changed. */
  changed: () => void
}

/** The steps of a switch, as far as they can be told beforehand: only a guest that can notice is asked to. */
export function stepsOf({ live, machine, nic, to, replugs, silent }: ConnectPlan): Text[] {
  const { unplug, plug, rejoin, address } = SWITCH_STEPS
  if (replugs) return [unplug, plug]
  if (nic.live === null) return [plug]
  const mayNotice = nic.linkUp || nic.pulledUntil !== undefined
  const noticed = live && machine.state === 'running' && mayNotice && !sameAttachment(nic.live, to)
  if (!noticed) return [plug]
  return silent ? [plug, rejoin] : [plug, rejoin, address]
}

/** The steps for pulling a cable, in order. */
export const REPLUG_STEPS = [SWITCH_STEPS.pull, SWITCH_STEPS.address]

const WAITS: readonly SwitchStep[] = [SWITCH_STEPS.address, SWITCH_STEPS.again]
/** While these are done, Patchbay itself has the link down. */
const HOLDS: readonly SwitchStep[] = [SWITCH_STEPS.rejoin, SWITCH_STEPS.pull]

/** What the search for an address knows and can do besides libvirt: where the place is, and who the host's neighbours are. */
export function searchAt({ world, over }: Companions, to: Attachment, mac: string): AddressSearch {
  const where = whereaboutsOf(world, to)
  const meet = neighbourSearch(world.host.links, { mac, where })
  return { signal: over.signal, where, ...(meet === null ? {} : { meet }) }
}

/** Shows the steps in the operation, and whether its link is held down. */
export const shownIn =
  (progress: Progress, { waiting, changed }: Companions): StepProgress =>
  (step, state, detail) => {
    progress.holdLink(HOLDS.includes(step) && state === 'running')
    progress.step(step, state, detail)
    if (state === 'done') changed()
    waiting(WAITS.includes(step) && state === 'running')
  }
