import { setTimeout as delay } from 'node:timers/promises'
import { PatchbayError } from '../../shared/failure'
import { isUnsupported } from '../libvirt/errors'
import type { Libvirt } from '../libvirt/libvirt'
import { asDefined, linkOf, withLink } from './interface-xml'
import type { LiveNote } from './live-notes'
import { Moving, type Move } from './moving'
import { inHand, LINK_DOWN_MS, LONG_LINK_DOWN_MS, putBack } from './pull-cable'
import type { Side } from './sides'
import { NEXT_START_HINT, type SwitchPlan } from './switch-check'
import { say, type Phrase, type Text } from '../../shared/phrases/phrase'

/** The steps of a switch, in order. A machine that is off, or whose link the user has cut, plugs in only. */
export const SWITCH_STEPS = {
  /** Only where libvirt can't move the NIC: to macvtap and away from it. */
  unplug: say('guest-let-go-network-card'),
  plug: say('plug-in'),
  /** Only where the NIC is moved: one that is plugged in anew comes with its link up. */
  rejoin: say('bring-link-up-again'),
  address: say('wait-for-address'),
  /** Only where none came. */
  pull: say('pull-for-seconds', { seconds: LONG_LINK_DOWN_MS / 1000 }),
  again: say('wait-for-address-once-more'),
} as const
export type SwitchStep = (typeof SWITCH_STEPS)[keyof typeof SWITCH_STEPS]

/** Runs one step and tells of it; its detail is what the work returns. */
export type Reporter = (name: SwitchStep, work: () => Promise<Text | null>) => Promise<void>

/** A link that the user has set down stays down, and then the guest can't be made to ask. */
export function guestNotices({ moves: { live }, missing }: SwitchPlan): boolean {
  const side = live ?? missing
  return side !== null && linkOf(side.xml) !== 'down'
}

/** Moves the NIC, live with its link cut at the same moment, then brings the link back as it was. */
export async function updateNic(libvirt: Libvirt, move: Move, step: Reporter): Promise<void> {
  const { plan } = move
  const { live, saved } = plan.moves
  const moving = new Moving(libvirt, move)
  await moving.all(async () => {
    await step(SWITCH_STEPS.plug, async () => {
      if (live) {
        const { xml } = moving.next(live)
        const pulls = guestNotices(plan)
        const note = (before: LiveNote): LiveNote =>
          movedNow(move)(pulls ? inHand(live, LINK_DOWN_MS)(before) : before)
        await moving.updateNoted(live, pulls ? withLink(xml, 'down') : xml, note).catch(explain)
      }
      if (plan.missing) await moving.attach(asDefined(moving.next(plan.missing).xml))
      if (saved) await moving.update(saved, moving.next(saved).xml)
      for (const side of [live, saved]) if (side) await moving.note(side)
      return placesOf(plan, moving)
    })
    if (!live || !guestNotices(plan)) return
    await step(SWITCH_STEPS.rejoin, async () => {
      await delay(LINK_DOWN_MS)
      await moving.rejoin(live)
      await moving.noteLive(putBack)
      return null
    })
  })
}

/**
 * Unplugs the NIC of the running machine and plugs the same one in at its new place: same MAC, address on the guest's bus,
 * alias and the rest. The saved definition comes first, so that nothing but the plugging itself can fail while the guest is
 * without the NIC. Whatever fails, the NIC is plugged in again where it was.
 */
export async function replugNic(libvirt: Libvirt, move: Move, live: Side, step: Reporter): Promise<void> {
  const { saved } = move.plan.moves
  const moving = new Moving(libvirt, move)
  await moving.all(async () => {
    if (saved) {
      await moving.note(saved)
      await moving.update(saved, moving.next(saved).xml)
    }
    await moving.note(live)
    await moving.noteLive(movedNow(move))
    await step(SWITCH_STEPS.unplug, async () => {
      await moving.unplug(live)
      return null
    })
    await step(SWITCH_STEPS.plug, async () => {
      await moving.attach(moving.next({ ...live, xml: asDefined(live.xml) }).xml)
      return placesOf(move.plan, moving)
    })
  })
}

/** From now on only what is seen at the new place counts. */
const movedNow =
  ({ oldLeases }: Move) =>
  (note: LiveNote): LiveNote => ({ ...note, moved: { at: Date.now(), oldLeases } })

/** libvirt says only that it cannot. */
function explain(thrown: unknown): never {
  if (!isUnsupported(thrown)) throw thrown
  throw new PatchbayError(
    {
      ...thrown.failure,
      code: 'unsupported',
      message: say('libvirt-cannot-make-change-while'),
      hint: NEXT_START_HINT,
      detail: thrown.message,
    },
    { cause: thrown },
  )
}

function placesOf({ moves: { live, saved }, missing }: SwitchPlan, moving: Moving): Text {
  const running = live ?? missing
  const places = placesIn(running !== null, saved !== null)
  const side = running ?? saved
  const mtu = side && moving.next(side).setAside
  return mtu === null ? places : say('mtu-comes-back', { places, mtu })
}

function placesIn(running: boolean, saved: boolean): Phrase {
  if (running && saved) return say('plugged-in-both')
  if (running) return say('running-machine')
  return saved ? say('saved-definition') : say('plugged-in-there-already')
}
