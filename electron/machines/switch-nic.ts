import { randomUUID } from 'node:crypto'
import { PatchbayError } from '../../shared/failure'
import type { Attachment, Nic, NicMove } from '../../shared/world/world'
import { DomainState } from '../libvirt/flags'
import type { Libvirt } from '../libvirt/libvirt'
import { findMachine } from '../libvirt/lookup'
import { guestNotices, replugNic, updateNic, type Reporter } from './move-nic'
import type { Move } from './moving'
import { findAddress, questionOf, roundsOf, type AddressSearch, type FoundAddress } from './ask-for-address'
import { seeAddresses, type Sighting } from './new-address'
import { reporter, type StepProgress } from './reporter'
import { attachmentsOf, readSides } from './sides'
import {
  checkTarget,
  NEXT_START_HINT,
  planSwitch,
  wayOf,
  type Destination,
  type SwitchWish,
} from './switch-check'
import { say } from '../../shared/phrases/phrase'

/** `machine`: UUID or name. `live` false: leave the running machine alone, the switch waits for its next start. */
export interface SwitchRequest extends SwitchWish, AddressSearch {
  progress?: StepProgress
  /** Milliseconds that a guest gets to let go of a NIC, where it has to be unplugged. */
  letGoMs?: number
}

export interface SwitchOutcome extends FoundAddress {
  before: Pick<Nic, 'live' | 'saved'>
  after: Pick<Nic, 'live' | 'saved'>
}

/**
 * Plugs a machine's NIC into another network, bridge or link, in the running machine and in its saved definition, and has
 * the guest ask for a new address; when none comes, its cable is pulled once more, and longer. When a part of the plugging
 * fails, what was done is put back.
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
  const question = questionOf({ dom, mac }, destination, request)
  const known = guestNotices(plan) ? await seeAddresses(libvirt, question) : null
  const since = Date.now()
  await move(
    libvirt,
    { dom, mac, plan, letGoMs: request.letGoMs, oldLeases: leasesIn(known) },
    destination,
    step,
  )
  const rounds = known === null ? [] : roundsOf(destination, known, request)
  const search = { question, before: known ?? [], since, rounds, request }
  const found = await findAddress(libvirt, search, step)

  const after = await readSides(libvirt, dom, request.mac)
  return { before: attachmentsOf(sides), after: attachmentsOf(after), ...found }
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
const leasesIn = (known: readonly Sighting[] | null): NicMove['oldLeases'] =>
  (known ?? []).flatMap(({ address: { ip }, leaseEnd }) =>
    leaseEnd === null ? [] : [{ ip, expires: leaseEnd === 0n ? null : Number(leaseEnd) }],
  )

/** @throws PatchbayError `refused` for a paused guest, which can't let go of anything */
async function move(libvirt: Libvirt, move: Move, destination: Destination, step: Reporter): Promise<void> {
  const { live } = move.plan.moves
  if (live === null || wayOf(move.plan, destination) !== 'replug') return updateNic(libvirt, move, step)
  const { state } = await libvirt.call('domainGetState', { dom: move.dom, flags: 0 })
  if (state === DomainState.paused || state === DomainState.pmSuspended) {
    throw new PatchbayError({
      code: 'refused',
      message: say('for-switch-guest-to-let', { name: move.dom.name }),
      hint: say('sentences', {
        all: [say('resume-first', { name: move.dom.name }), say('or-else', { hint: NEXT_START_HINT })],
      }),
    })
  }
  await replugNic(libvirt, move, live, step)
}
