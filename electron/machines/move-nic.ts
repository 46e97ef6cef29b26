import { setTimeout as delay } from 'node:timers/promises'
import { PatchbayError } from '../../shared/failure'
import { isUnsupported } from '../libvirt/errors'
import { Affect } from '../libvirt/flags'
import type { Libvirt } from '../libvirt/libvirt'
import type { Domain } from '../libvirt/wire'
import { asDefined, linkOf, plugInto, withLink } from './interface-xml'
import type { Side, Sides } from './sides'
import { NEXT_START_HINT, type SwitchPlan } from './switch-check'
import { UndoList } from './undo-list'
import { unplug } from './unplug'

/** The steps of a switch, in order. A machine that is off, or whose link the user has cut, plugs in only. */
export const SWITCH_STEPS = {
  /** Only where libvirt can't move the NIC: to macvtap and away from it. */
  unplug: 'Have the guest let go of the network card',
  plug: 'Plug in',
  /** Only where the NIC is moved: one that is plugged in anew comes with its link up. */
  rejoin: 'Bring the link up again',
  address: 'Wait for an address',
} as const
export type SwitchStep = (typeof SWITCH_STEPS)[keyof typeof SWITCH_STEPS]

/** Runs one step and tells of it; its detail is what the work returns. */
export type Reporter = (name: SwitchStep, work: () => Promise<string | null>) => Promise<void>

export interface Move {
  dom: Domain
  mac: string
  plan: SwitchPlan
  /** Milliseconds that a guest gets to let go of the NIC. */
  letGoMs?: number | undefined
}

/** How long the guest finds its cable cut. Nothing tells when it has noticed, and a shorter cut may go unseen. */
const LINK_DOWN_MS = 1000

/** A link that the user has set down stays down, and then the guest can't be made to ask. */
export const guestNotices = ({ moves: { live } }: SwitchPlan): boolean =>
  live !== null && linkOf(live.xml) !== 'down'

/** Moves the NIC, live with its link cut at the same moment, then brings the link back as it was. */
export async function updateNic(libvirt: Libvirt, { dom, plan }: Move, step: Reporter): Promise<void> {
  const {
    target,
    moves: { live, saved },
  } = plan
  const done = new UndoList()
  const move = (side: Side, xml: string): Promise<void> =>
    done.change(
      () => update(libvirt, dom, side, xml),
      () => update(libvirt, dom, side, side.xml),
    )
  try {
    await step(SWITCH_STEPS.plug, async () => {
      if (live) {
        const moved = plugInto(live.xml, target)
        await move(live, guestNotices(plan) ? withLink(moved, 'down') : moved).catch(explain)
      }
      if (saved) await move(saved, plugInto(saved.xml, target))
      return placesOf(plan.moves)
    })
    if (!live || !guestNotices(plan)) return
    await step(SWITCH_STEPS.rejoin, async () => {
      await delay(LINK_DOWN_MS)
      await update(libvirt, dom, live, plugInto(live.xml, target))
      return null
    })
  } catch (thrown) {
    throw await done.putBack(thrown)
  }
}

/**
 * Unplugs the NIC of the running machine and plugs the same one in at its new place: same MAC, address on the guest's bus,
 * alias and the rest. The saved definition comes first, since nothing but that can fail without the guest noticing.
 * Whatever fails, the NIC is plugged in again where it was.
 */
export async function replugNic(libvirt: Libvirt, move: Move, live: Side, step: Reporter): Promise<void> {
  const { dom, plan } = move
  const { target } = plan
  const { saved } = plan.moves
  const [old, next] = [asDefined(live.xml), plugInto(asDefined(live.xml), target)]
  const attach = async (xml: string): Promise<void> => {
    await libvirt.call('domainAttachDeviceFlags', { dom, xml, flags: Affect.live })
  }
  const detach = (xml: string): Promise<void> =>
    unplug(libvirt, {
      dom,
      mac: move.mac,
      xml,
      patienceMs: move.letGoMs,
      // With the connection gone nobody can plug it in again, and the World shows where it is.
      late: () => void attach(old).catch(() => undefined),
    })
  const done = new UndoList()
  try {
    if (saved) {
      await done.change(
        () => update(libvirt, dom, saved, plugInto(saved.xml, target)),
        () => update(libvirt, dom, saved, saved.xml),
      )
    }
    await step(SWITCH_STEPS.unplug, async () => {
      await done.change(
        () => detach(live.xml),
        () => attach(old),
      )
      return null
    })
    await step(SWITCH_STEPS.plug, async () => {
      await attach(next)
      return placesOf(plan.moves)
    })
  } catch (thrown) {
    throw await done.putBack(thrown)
  }
}

async function update(libvirt: Libvirt, dom: Domain, { affect }: Side, xml: string): Promise<void> {
  await libvirt.call('domainUpdateDeviceFlags', { dom, xml, flags: affect })
}

/** libvirt says only that it cannot. */
function explain(thrown: unknown): never {
  if (!isUnsupported(thrown)) throw thrown
  throw new PatchbayError(
    {
      ...thrown.failure,
      code: 'unsupported',
      message: 'libvirt cannot make this change while the machine runs.',
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
