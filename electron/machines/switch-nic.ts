import { setTimeout as delay } from 'node:timers/promises'
import { sameAttachment, type Nic } from '../../shared/world'
import type { Libvirt } from '../libvirt/libvirt'
import type { Domain } from '../libvirt/wire'
import { findMachine } from './find'
import { linkOf, plugInto, withLink } from './interface-xml'
import { attachmentsOf, readSides, type Side } from './sides'
import { checkTarget, planSwitch, type SwitchPlan, type SwitchWish } from './switch-check'
import { UndoList } from './undo-list'

/** `plugged`: in its new place, link cut. `rejoined`: the link is back, and the guest asks for an address. */
export type SwitchStage = 'plugged' | 'rejoined'

/** `machine`: UUID or name. `live` false: leave the running machine alone, the switch waits for its next start. */
export interface SwitchRequest extends SwitchWish {
  progress?: (stage: SwitchStage) => void
}

export interface SwitchOutcome {
  before: Pick<Nic, 'live' | 'saved'>
  after: Pick<Nic, 'live' | 'saved'>
  /** Whether the running machine is plugged in there now; false: from its next start. */
  live: boolean
}

/** How long the guest finds its cable cut. Nothing tells when it has noticed, and a shorter cut may go unseen. */
const LINK_DOWN_MS = 1000

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
  await checkTarget(libvirt, plan)

  const done = new UndoList()
  try {
    await makeChanges(libvirt, dom, plan, done, request.progress)
  } catch (thrown) {
    throw await done.putBack(thrown)
  }

  const after = attachmentsOf(await readSides(libvirt, dom, request.mac))
  const live = after.live !== null && sameAttachment(after.live, request.to)
  return { before: attachmentsOf(sides), after, live }
}

/** Moves the NIC, live with its link cut at the same moment, then brings the link back as it was. */
async function makeChanges(
  libvirt: Libvirt,
  dom: Domain,
  { target, moves: { live, saved } }: SwitchPlan,
  done: UndoList,
  progress: SwitchRequest['progress'],
): Promise<void> {
  const update = async ({ affect }: Side, xml: string): Promise<void> => {
    await libvirt.call('domainUpdateDeviceFlags', { dom, xml, flags: affect })
  }
  const move = (side: Side, xml: string): Promise<void> =>
    done.change(
      () => update(side, xml),
      () => update(side, side.xml),
    )
  // A link that the user has set down stays down, and then there is nothing to cut.
  const cut = live !== null && linkOf(live.xml) !== 'down'
  if (live) {
    const moved = plugInto(live.xml, target)
    await move(live, cut ? withLink(moved, 'down') : moved)
  }
  if (saved) await move(saved, plugInto(saved.xml, target))
  progress?.('plugged')
  if (!cut) return
  await delay(LINK_DOWN_MS)
  await update(live, plugInto(live.xml, target))
  progress?.('rejoined')
}
