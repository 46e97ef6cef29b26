import { randomUUID } from 'node:crypto'
import { PatchbayError, toFailure } from '../../shared/failure'
import type { OperationStep } from '../../shared/operation'
import type { Attachment, Nic, NicAddress } from '../../shared/world'
import { DomainState } from '../libvirt/flags'
import type { Libvirt } from '../libvirt/libvirt'
import { findMachine } from '../libvirt/lookup'
import { guestNotices, replugNic, SWITCH_STEPS, updateNic, type Reporter, type SwitchStep } from './move-nic'
import type { Move } from './moving'
import { seeAddresses, waitForAddress, type AddressQuestion, type Sighting } from './new-address'
import { attachmentsOf, readSides } from './sides'
import {
  checkTarget,
  NEXT_START_HINT,
  planSwitch,
  wayOf,
  type Destination,
  type SwitchPlan,
  type SwitchWish,
} from './switch-check'

/** `machine`: UUID or name. `live` false: leave the running machine alone, the switch waits for its next start. */
export interface SwitchRequest extends SwitchWish {
  progress?: (step: SwitchStep, state: OperationStep['state'], detail: string | null) => void
  /** Ends the wait for an address; the switch itself stays done. */
  signal?: AbortSignal
  /** Milliseconds to wait for an address; decided by where it can come from unless told. */
  addressPatienceMs?: number
  /** Milliseconds that a guest gets to let go of a NIC, where it has to be unplugged. */
  letGoMs?: number
}

export interface SwitchOutcome {
  before: Pick<Nic, 'live' | 'saved'>
  after: Pick<Nic, 'live' | 'saved'>
  /** The NIC's new address; null when none was seen in time, or none can be expected. */
  address: NicAddress | null
}

/**
 * Plugs a machine's NIC into another network, bridge or link, in the running machine and in its saved definition, and has
 * the guest ask for a new address. When a part fails, what was done is put back.
 * @throws PatchbayError `not-found`, `refused`, `unsupported`, `usage` with nothing tried; LibvirtError when libvirt
 * refused the first change; `rolled-back` when a later one failed; `rollback-failed` when putting back failed too.
 */
export async function switchNic(libvirt: Libvirt, request: SwitchRequest): Promise<SwitchOutcome> {
  const dom = await findMachine(libvirt, request.machine)
  const sides = await readSides(libvirt, dom, request.mac)
  const wish = { ...request, to: withIdentity(request.to) }
  const plan = planSwitch(sides, { ...wish, machine: dom.name, running: dom.id !== -1 })
  const destination = await checkTarget(libvirt, plan)

  const step = reporter(request.progress)
  const mac = request.mac.toLowerCase()
  const { dhcpNetwork } = destination
  const question = { dom, mac, dhcpNetworks: dhcpNetwork === null ? [] : [dhcpNetwork] }
  const known = guestNotices(plan) ? await seeAddresses(libvirt, withOldPlace(question, plan)) : null
  await move(libvirt, { dom, mac, plan, letGoMs: request.letGoMs }, destination, step)
  const waits = known !== null && mayBeSeen(destination, known, request)
  const address = waits ? await expectAddress(libvirt, question, known, request, step) : null

  const after = await readSides(libvirt, dom, request.mac)
  return { before: attachmentsOf(sides), after: attachmentsOf(after), address }
}

/** Open vSwitch tells ports apart by an id; libvirt would make up one for each of the two definitions. */
function withIdentity(to: Attachment): Attachment {
  if (to.type !== 'bridge' || to.virtualPort?.attributes.type !== 'openvswitch') return to
  if (to.virtualPort.children.some(({ attributes }) => attributes.interfaceid !== undefined)) return to
  const [parameters] = to.virtualPort.children
  const attributes = { ...parameters?.attributes, interfaceid: randomUUID() }
  const named = { name: 'parameters', children: [], text: '', ...parameters, attributes }
  return { ...to, virtualPort: { ...to.virtualPort, children: [named] } }
}

/** @throws PatchbayError `refused` for a paused guest, which can't let go of anything */
async function move(libvirt: Libvirt, move: Move, destination: Destination, step: Reporter): Promise<void> {
  const { live } = move.plan.moves
  if (live === null || wayOf(move.plan, destination) !== 'replug') return updateNic(libvirt, move, step)
  const { state } = await libvirt.call('domainGetState', { dom: move.dom, flags: 0 })
  if (state === DomainState.paused || state === DomainState.pmSuspended) {
    throw new PatchbayError({
      code: 'refused',
      message: `For this switch the guest has to let go of its network card, and “${move.dom.name}” is paused.`,
      hint: `Resume it first (virsh resume ${move.dom.name}). Or: ${NEXT_START_HINT}`,
    })
  }
  await replugNic(libvirt, move, live, step)
}

/** Where the host meets nobody, only an agent in the guest can tell, or whoever the caller has ask. */
const mayBeSeen = (
  { dhcpNetwork, hostIsNear }: Destination,
  known: readonly Sighting[],
  { addressPatienceMs }: SwitchRequest,
): boolean =>
  dhcpNetwork !== null ||
  hostIsNear ||
  addressPatienceMs !== undefined ||
  known.some(({ address }) => address.source === 'agent')

/** Includes what the guest has where it is now: it will go on using that for a while, and be seen with it. */
function withOldPlace(question: AddressQuestion, { moves: { live } }: SwitchPlan): AddressQuestion {
  const old = live?.attachment.type === 'network' ? [live.attachment.network] : []
  return { ...question, dhcpNetworks: [...question.dhcpNetworks, ...old] }
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
