import type { NicMove } from '../../shared/world/world'
import { Affect } from '../libvirt/flags'
import type { Libvirt } from '../libvirt/libvirt'
import type { Domain } from '../libvirt/wire'
import { asDefined } from './interface-xml'
import { noteLive, type LiveNote } from './live-notes'
import { writeDown } from './memory'
import { moved, type Moved } from './moved'
import type { Side } from './sides'
import type { SwitchPlan } from './switch-check'
import { UndoList } from './undo-list'
import { unplug } from './unplug'

export interface Move {
  dom: Domain
  mac: string
  plan: SwitchPlan
  /** What is known of the NIC at its new place from an earlier stay. */
  oldLeases: NicMove['oldLeases']
  /** Milliseconds that a guest gets to let go of the NIC. */
  letGoMs?: number | undefined
}

/** One move under way: every change of it, and what puts them back. */
export class Moving {
  readonly #done = new UndoList()

  constructor(
    readonly libvirt: Libvirt,
    readonly move: Move,
  ) {}

  /** How one definition of the NIC is afterwards. */
  next(side: Side): Moved {
    return moved(side, this.move.mac, this.move.plan.target)
  }

  /** Has libvirt change a definition. */
  update(side: Side, xml: string): Promise<void> {
    return this.#done.change(
      () => this.#update(side, xml),
      () => this.#update(side, side.xml),
    )
  }

  /** The same, noted in the running machine before it happens; with nothing changed when libvirt refuses it. */
  updateNoted(side: Side, xml: string, note: (before: LiveNote) => LiveNote): Promise<void> {
    const { libvirt, move } = this
    let forget = (): Promise<void> => Promise.resolve()
    return this.#done.change(
      async () => {
        forget = await noteLive(libvirt, move.dom, move.mac, note)
        try {
          await this.#update(side, xml)
        } catch (thrown) {
          await forget()
          throw thrown
        }
      },
      async () => {
        await this.#update(side, side.xml)
        await forget()
      },
    )
  }

  /**
   * Brings the link of a NIC that was moved back as it was. libvirt has no event for an updated device, but one for the
   * notes: written once more, they have whoever watches the machine look at it when its link is up again.
   */
  async rejoin(side: Side): Promise<void> {
    const { xml, notes } = this.next(side)
    await this.#update(side, xml)
    await writeDown(this.libvirt, this.move.dom, side.affect, notes)
  }

  note(side: Side): Promise<void> {
    const { libvirt, move } = this
    const { notes, oldNotes } = this.next(side)
    return this.#done.change(
      () => writeDown(libvirt, move.dom, side.affect, notes),
      () => writeDown(libvirt, move.dom, side.affect, oldNotes),
    )
  }

  /** Notes something in the running machine for the time that it runs. */
  async noteLive(change: (before: LiveNote) => LiveNote): Promise<void> {
    const { libvirt, move } = this
    let putBack = (): Promise<void> => Promise.resolve()
    await this.#done.change(
      async () => void (putBack = await noteLive(libvirt, move.dom, move.mac, change)),
      () => putBack(),
    )
  }

  unplug(side: Side): Promise<void> {
    return this.#done.change(
      () => this.#unplug(side.xml, asDefined(side.xml)),
      () => this.#attach(asDefined(side.xml)),
    )
  }

  attach(xml: string): Promise<void> {
    return this.#done.change(
      () => this.#attach(xml),
      () => this.#unplug(xml, xml),
    )
  }

  /** Does all of it, or nothing. */
  async all(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (thrown) {
      throw await this.#done.putBack(thrown)
    }
  }

  async #update({ affect }: Side, xml: string): Promise<void> {
    await this.libvirt.call('domainUpdateDeviceFlags', { dom: this.move.dom, xml, flags: affect })
  }

  async #attach(xml: string): Promise<void> {
    await this.libvirt.call('domainAttachDeviceFlags', { dom: this.move.dom, xml, flags: Affect.live })
  }

  #unplug(xml: string, again: string): Promise<void> {
    const { dom, mac, letGoMs } = this.move
    return unplug(this.libvirt, { dom, mac, xml, patienceMs: letGoMs, plugBack: () => this.#attach(again) })
  }
}
