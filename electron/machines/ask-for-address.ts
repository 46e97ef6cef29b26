import type { Whereabouts } from '../../shared/world/whereabouts'
import type { NicAddress } from '../../shared/world/world'
import { DomainState } from '../libvirt/flags'
import type { Libvirt } from '../libvirt/libvirt'
import type { Domain } from '../libvirt/wire'
import { SWITCH_STEPS, type Reporter } from './move-nic'
import { waitForAddress, type AddressQuestion, type Meet, type Sighting } from './new-address'
import { LONG_LINK_DOWN_MS, pullUnlessGone } from './pull-cable'
import type { Destination } from './switch-check'
import { say } from '../../shared/phrases/phrase'

/** What a caller adds that sees more than libvirt. */
export interface AddressSearch {
  /** Ends the search for an address; what was plugged stays so. */
  signal?: AbortSignal
  /** Where the NIC is plugged in then; what libvirt knows of it unless told. */
  where?: Whereabouts
  /** Looks among the host's neighbours there. */
  meet?: Meet
  /** Milliseconds to wait for an address, once; decided by who can tell unless told, and then once more after another pull. */
  addressPatienceMs?: number
}

/**
 * How long an address is waited for where somebody here tells when it comes: a DHCP server takes up to 4 s for a new guest, and
 * another 4 s pass where the bridge runs the spanning tree protocol. Then the cable is pulled once more.
 */
const SURE_ROUNDS = [15_000, 20_000]
/** Where chances to see one are poor, that none was seen is no reason to pull the cable of a guest that may be well. */
const POOR_ROUNDS = [10_000]

/** What is asked of whom. */
export const questionOf = (
  nic: { dom: Domain; mac: string },
  { dhcpNetwork, where }: Pick<Destination, 'dhcpNetwork' | 'where'>,
  request: AddressSearch,
): AddressQuestion => ({ ...nic, dhcpNetwork, where: request.where ?? where, meet: request.meet ?? null })

/** How often to pull and how long to wait; not at all where nobody can tell of an address. */
export function roundsOf(
  { dhcpNetwork, hostIsNear }: Pick<Destination, 'dhcpNetwork' | 'hostIsNear'>,
  before: readonly Sighting[],
  { addressPatienceMs: told, meet }: AddressSearch,
): readonly number[] {
  const hasAgent = before.some(({ address }) => address.source === 'agent')
  if (told !== undefined) return [told]
  if (dhcpNetwork !== null || hasAgent || meet?.everybody === true) return SURE_ROUNDS
  return hostIsNear || meet !== undefined ? POOR_ROUNDS : []
}

/** What a step says that has waited in vain. */
const NOT_SEEN = say('not-seen-yet')

/** What came of a search. */
export interface FoundAddress {
  /** Null when none was seen in time, or none can be expected. */
  address: NicAddress | null
  /** An address was waited for to the end, and none was seen. */
  inVain?: true
}

export interface Search {
  question: AddressQuestion
  before: readonly Sighting[]
  /** When the NIC was moved, in milliseconds since 1970. */
  since: number
  rounds: readonly number[]
  request: Pick<AddressSearch, 'signal'>
}

/**
 * Waits for the guest's address, unless it is paused and can't ask, and pulls its cable once more when none came: a guest may
 * have let the first, short cut pass.
 */
export async function findAddress(
  libvirt: Libvirt,
  { question, before, since, rounds, request: { signal } }: Search,
  step: Reporter,
): Promise<FoundAddress> {
  const { dom, mac } = question
  const found: FoundAddress = { address: null }
  for (const [round, patienceMs] of rounds.entries()) {
    if (!(await asks(libvirt, dom))) return found
    if (round > 0) {
      const pull = { dom, mac, ms: LONG_LINK_DOWN_MS, signal }
      await step(SWITCH_STEPS.pull, () => pullUnlessGone(libvirt, pull))
    }
    await step(round === 0 ? SWITCH_STEPS.address : SWITCH_STEPS.again, async () => {
      found.address = await waitForAddress(libvirt, question, { before, since, signal, patienceMs })
      return found.address?.ip ?? NOT_SEEN
    })
    if (found.address !== null || signal?.aborted === true) return found
  }
  return rounds.length === 0 ? found : { ...found, inVain: true }
}

/** Whether the guest runs, and so can ask for an address. */
async function asks(libvirt: Libvirt, dom: Domain): Promise<boolean> {
  const { state } = await libvirt.call('domainGetState', { dom, flags: 0 })
  return state === DomainState.running || state === DomainState.blocked
}
