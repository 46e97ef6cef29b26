import { setTimeout as delay } from 'node:timers/promises'
import { PatchbayError, toFailure } from '../../shared/failure'
import type { OperationStep } from '../../shared/operation'
import type { Nic, NicAddress } from '../../shared/world'
import { isUnsupported } from '../libvirt/errors'
import { DomainState } from '../libvirt/flags'
import type { Libvirt } from '../libvirt/libvirt'
import { findMachine } from '../libvirt/lookup'
import type { Domain } from '../libvirt/wire'
import { linkOf, plugInto, withLink } from './interface-xml'
import { seeAddresses, waitForAddress, type AddressQuestion, type Sighting } from './new-address'
import { attachmentsOf, readSides, type Side, type Sides } from './sides'
import { checkTarget, NEXT_START_HINT, planSwitch, type SwitchPlan, type SwitchWish } from './switch-check'
import { UndoList } from './undo-list'

/** The steps of a switch, in order. A machine that is off, or whose link the user has cut, has the first only. */
export const SWITCH_STEPS = {
  plug: 'Plug in',
  rejoin: 'Bring the link up again',
  address: 'Wait for an address',
} as const
export type SwitchStep = (typeof SWITCH_STEPS)[keyof typeof SWITCH_STEPS]

/** `machine`: UUID or name. `live` false: leave the running machine alone, the switch waits for its next start. */
export interface SwitchRequest extends SwitchWish {
  progress?: (step: SwitchStep, state: OperationStep['state'], detail: string | null) => void
  /** Ends the wait for an address; the switch itself stays done. */
  signal?: AbortSignal
  /** Milliseconds to wait for an address; decided by where it can come from unless told. */
  addressPatienceMs?: number
}

export interface SwitchOutcome {
  before: Pick<Nic, 'live' | 'saved'>
  after: Pick<Nic, 'live' | 'saved'>
  /** The NIC's new address; null when none was seen in time, or none can be expected. */
  address: NicAddress | null
}

/** How long the guest finds its cable cut. Nothing tells when it has noticed, and a shorter cut may go unseen. */
export const LINK_DOWN_MS = 1000

/**
 * Plugs a machine's NIC into another network or bridge, in the running machine and in its saved definition, and has
 * the guest ask for a new address by cutting its link for a moment. When a part fails, what was done is put back.
 * @throws PatchbayError `not-found`, `refused`, `unsupported`, `usage` with nothing tried; LibvirtError when libvirt
 * refused the first change; `rolled-back` when a later one failed; `rollback-failed` when putting back failed too.
 */
export async function switchNic(libvirt: Libvirt, request: SwitchRequest): Promise<SwitchOutcome> {
  const dom = await findMachine(libvirt, request.machine)
  const sides = await readSides(libvirt, dom, request.mac)
  const plan = planSwitch(sides, { ...request, machine: dom.name })
  const dhcpNetwork = await checkTarget(libvirt, plan)

  const step = reporter(request.progress)
  const question: AddressQuestion = {
    dom,
    mac: request.mac.toLowerCase(),
    dhcpNetworks: dhcpNetwork === null ? [] : [dhcpNetwork],
  }
  const known = cutsLink(plan) ? await seeAddresses(libvirt, withOldPlace(question, plan)) : null
  await makeChanges(libvirt, dom, plan, step)
  const address = known && (await expectAddress(libvirt, question, known, request, step))

  const after = await readSides(libvirt, dom, request.mac)
  return { before: attachmentsOf(sides), after: attachmentsOf(after), address }
}

/** A link that the user has set down stays down, and then the guest can't be made to ask. */
const cutsLink = ({ moves: { live } }: SwitchPlan): boolean => live !== null && linkOf(live.xml) !== 'down'

/** Includes what the guest has where it is now: it will go on using that for a while, and be seen with it. */
function withOldPlace(question: AddressQuestion, { moves: { live } }: SwitchPlan): AddressQuestion {
  const old = live?.attachment.type === 'network' ? [live.attachment.network] : []
  return { ...question, dhcpNetworks: [...question.dhcpNetworks, ...old] }
}

/** Moves the NIC, live with its link cut at the same moment, then brings the link back as it was. */
async function makeChanges(libvirt: Libvirt, dom: Domain, plan: SwitchPlan, step: Reporter): Promise<void> {
  const {
    target,
    moves: { live, saved },
  } = plan
  const update = async ({ affect }: Side, xml: string): Promise<void> => {
    await libvirt.call('domainUpdateDeviceFlags', { dom, xml, flags: affect })
  }
  const done = new UndoList()
  const move = (side: Side, xml: string): Promise<void> =>
    done.change(
      () => update(side, xml),
      () => update(side, side.xml),
    )
  try {
    await step(SWITCH_STEPS.plug, async () => {
      if (live) {
        const moved = plugInto(live.xml, target)
        await move(live, cutsLink(plan) ? withLink(moved, 'down') : moved).catch(explain)
      }
      if (saved) await move(saved, plugInto(saved.xml, target))
      return placesOf({ live, saved })
    })
    if (!live || !cutsLink(plan)) return
    await step(SWITCH_STEPS.rejoin, async () => {
      await delay(LINK_DOWN_MS)
      await update(live, plugInto(live.xml, target))
      return null
    })
  } catch (thrown) {
    throw await done.putBack(thrown)
  }
}

/** libvirt says only that it cannot; a network that leads to macvtap is the case that people meet. */
function explain(thrown: unknown): never {
  if (!isUnsupported(thrown)) throw thrown
  throw new PatchbayError(
    {
      ...thrown.failure,
      code: 'unsupported',
      message:
        'libvirt cannot make this change while the machine runs. One of the two networks may be macvtap.',
      hint: NEXT_START_HINT,
      detail: thrown.message,
    },
    { cause: thrown },
  )
}

function placesOf({ live, saved }: Sides): string {
  const places = [live && 'running machine', saved && 'saved definition'].filter((place) => place !== null)
  return places.length === 0 ? 'plugged in there already' : places.join(' and ')
}

/** Waits for the guest's new address, unless it is paused and can't ask. */
async function expectAddress(
  libvirt: Libvirt,
  question: AddressQuestion,
  before: readonly Sighting[],
  { signal, addressPatienceMs: patienceMs }: SwitchRequest,
  step: Reporter,
): Promise<NicAddress | null> {
  const { state } = await libvirt.call('domainGetState', { dom: question.dom, flags: 0 })
  if (state === DomainState.paused) return null
  let address: NicAddress | null = null
  await step(SWITCH_STEPS.address, async () => {
    address = await waitForAddress(libvirt, question, { before, signal, patienceMs })
    return address === null ? 'not seen yet' : `${address.ip} (${address.source})`
  })
  return address
}

/** Runs one step and tells of it; its detail is what the work returns. */
type Reporter = (name: SwitchStep, work: () => Promise<string | null>) => Promise<void>

const reporter =
  (progress: SwitchRequest['progress']): Reporter =>
  async (name, work) => {
    progress?.(name, 'running', null)
    try {
      const detail = await work()
      progress?.(name, 'done', detail)
    } catch (thrown) {
      progress?.(name, 'failed', toFailure(thrown).message)
      throw thrown
    }
  }
