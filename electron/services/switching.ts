import { PatchbayError } from '../../shared/failure'
import type { Attachment, World } from '../../shared/world'
import type { Libvirt } from '../libvirt/libvirt'
import { servingNetwork } from '../world/addresses'
import type { OpenedWorld } from '../world/open-world'
import { libvirtNetworks } from '../world/reduce'
import { planConnect, addressSentence, summaryOf, type ConnectPlan, type ConnectRequest } from './connect'
import { begin, type Outcome, type Progress } from './operations'
import { stepsOf, switchAndSee, type Switch } from './switch'

/** Plugs machines into something else: one switch of a NIC at a time. */
export class Switching {
  readonly #opened: OpenedWorld
  readonly #switchNic: Switch
  /** Switches that are done but for the guest's new address, by machine and MAC. */
  readonly #waits = new Map<string, AbortController>()

  constructor(opened: OpenedWorld, switchNic: Switch) {
    this.#opened = opened
    this.#switchNic = switchNic
  }

  /**
   * Starts switches and answers with the ids of their operations, in order.
   * @throws PatchbayError `not-found`, `usage`, `refused`, `busy`, with nothing changed of any of them
   */
  connect(libvirt: Libvirt, requests: readonly ConnectRequest[]): string[] {
    const { store } = this.#opened
    const plans = requests.map((request) => planConnect(store.current, request))
    const twice = plans.find((plan, i) => plans.findIndex((other) => keyOf(other) === keyOf(plan)) !== i)
    if (twice !== undefined) {
      throw new PatchbayError({
        code: 'usage',
        message: `${twice.machine.name} is named twice.`,
        hint: 'Name each machine once.',
      })
    }
    for (const plan of plans) if (!plan.alreadyThere) this.#endWait(plan)
    return plans.map((plan) => this.#begin(libvirt, plan))
  }

  #begin(libvirt: Libvirt, plan: ConnectPlan): string {
    const { machine, nic, to, place, alreadyThere, notes } = plan
    const title = `Move ${machine.name} to ${place}`
    const subject = { kind: 'connect', machine: machine.id, mac: nic.mac, to } as const
    const { store } = this.#opened
    if (alreadyThere)
      return begin(store, { subject, title, steps: [] }, () => Promise.resolve(nothingToDo(plan)))
    return begin(store, { subject, title, steps: stepsOf(plan), notes }, (progress) =>
      this.#perform(libvirt, plan, progress),
    )
  }

  async #perform(libvirt: Libvirt, plan: ConnectPlan, progress: Progress): Promise<Outcome> {
    const { store } = this.#opened
    const { machine, nic, to } = plan
    const refresh = (): Promise<void> =>
      this.#opened.libvirt.refresh({ machines: [machine.id], networks: networksOf(store.current, to) })
    const over = new AbortController()
    const parts = {
      switchNic: this.#switchNic,
      libvirt,
      world: store.current,
      over,
      waiting: () => this.#waits.set(keyOf(plan), over),
      changed: () => void refresh(),
    }
    try {
      const { before, after, address: seen } = await switchAndSee(parts, plan, progress)
      const address = seen === null ? null : { ...seen, seenAt: Date.now() }
      await refresh()
      // The word of the guest agent and of the neighbours is in no listing.
      if (address !== null && address.source !== 'lease') {
        store.dispatch({ type: 'addresses', found: [{ mac: nic.mac, address }] })
      }
      const { live } = plan
      return {
        summary: summaryOf(plan, address),
        result: {
          kind: 'connected',
          before: (live ? before.live : before.saved) ?? plan.before,
          after: (live ? after.live : after.saved) ?? to,
          live,
          address,
        },
      }
    } finally {
      if (this.#waits.get(keyOf(plan)) === over) this.#waits.delete(keyOf(plan))
    }
  }

  /**
   * A NIC that is switched again is not waited for any longer.
   * @throws PatchbayError `busy` when it is just being plugged in
   */
  #endWait(plan: ConnectPlan): void {
    const other = this.#opened.store.current.operations.find(
      ({ subject, status }) =>
        status.state === 'running' &&
        subject.kind === 'connect' &&
        subject.machine === plan.machine.id &&
        subject.mac === plan.nic.mac,
    )
    if (other === undefined) return
    const wait = this.#waits.get(keyOf(plan))
    if (wait === undefined) {
      throw new PatchbayError({
        code: 'busy',
        message: `This network card is just being switched: ${other.title}.`,
        hint: 'Wait a second, and try again.',
      })
    }
    wait.abort()
  }
}

const keyOf = ({ machine, nic }: ConnectPlan): string => `${machine.id} ${nic.mac}`

function nothingToDo({ machine, nic, to, place, live }: ConnectPlan): Outcome {
  return {
    summary: `${machine.name} is already on ${place}.${addressSentence(nic.addresses[0] ?? null)}`,
    result: { kind: 'connected', before: to, after: to, live, address: nic.addresses[0] ?? null },
  }
}

/** The libvirt networks whose leases tell of whoever is plugged in there. */
function networksOf(world: World, to: Attachment): string[] {
  const network = servingNetwork(to, libvirtNetworks(world.networks))
  return network === undefined ? [] : [network.uuid]
}
