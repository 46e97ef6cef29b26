import { PatchbayError } from '../../shared/failure'
import type { Attachment, Machine, Nic, World } from '../../shared/world/world'
import type { Libvirt } from '../libvirt/libvirt'
import type { FoundAddress } from '../machines/ask-for-address'
import { servingNetwork } from '../world/addresses'
import type { OpenedWorld } from '../world/open-world'
import { libvirtNetworks } from '../world/reduce'
import {
  addressSentence,
  IN_VAIN,
  planConnect,
  planReplug,
  summaryOf,
  type ConnectPlan,
  type ConnectRequest,
  type ReplugPlan,
  type ReplugWish,
} from './connect'
import { begin, type Outcome, type Progress } from './operations'
import { REPLUG_STEPS, searchAt, shownIn, stepsOf, type Companions, type Replug, type Switch } from './switch'
import { say } from '../../shared/phrases/phrase'

/** How long libvirt gets to put cables in when everything ends. */
const CLOSE_LIMIT_MS = 10_000

/** One NIC of one machine. */
interface NicKey {
  machine: Machine
  nic: Nic
}

/** Plugs machines into something else, or where they are once more: one change of a NIC at a time. */
export class Switching {
  readonly #opened: OpenedWorld
  readonly #parts: { switchNic: Switch; replugCable: Replug }
  /** Changes that are done but for the guest's new address, by machine and MAC. */
  readonly #waits = new Map<string, AbortController>()
  /** Everything under way, and what brings it to its end soon. */
  readonly #working = new Map<Promise<unknown>, AbortController>()

  constructor(opened: OpenedWorld, parts: { switchNic: Switch; replugCable: Replug }) {
    this.#opened = opened
    this.#parts = parts
  }

  /**
   * Starts switches and answers with the ids of their operations, in order.
   * @throws PatchbayError `not-found`, `usage`, `refused`, `busy`, with nothing changed of any of them
   */
  connect(libvirt: Libvirt, requests: readonly ConnectRequest[]): string[] {
    const { store } = this.#opened
    const plans = requests.map((request) => planConnect(store.current, request))
    refuseTwice(plans)
    for (const plan of plans) if (!plan.alreadyThere) this.#endWait(plan)
    return plans.map((plan) => this.#begin(libvirt, plan))
  }

  /**
   * Starts pulling cables, each to be put in again where it is, and answers with the ids of the operations, in order.
   * @throws PatchbayError `not-found`, `usage`, `refused`, `busy`, with nothing done to any of them
   */
  replug(libvirt: Libvirt, requests: readonly ReplugWish[]): string[] {
    const { store } = this.#opened
    const plans = requests.map((request) => planReplug(store.current, request))
    refuseTwice(plans)
    for (const plan of plans) this.#endWait(plan)
    return plans.map((plan) => {
      const { machine, nic } = plan
      const subject = { kind: 'replug', machine: machine.id, mac: nic.mac } as const
      const title = say('pull-cable-put-in-again', { name: machine.name })
      return begin(store, { subject, title, steps: REPLUG_STEPS }, (progress) =>
        this.#replug(libvirt, plan, progress),
      )
    })
  }

  /** Waits for no address any longer; a cable that is out goes in at once. */
  endWaits(): void {
    for (const over of this.#working.values()) over.abort()
  }

  /** Ends everything in order: no cable is left out when this resolves, unless libvirt does not answer any more. */
  async close(): Promise<void> {
    this.endWaits()
    if (this.#working.size === 0) return
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, CLOSE_LIMIT_MS)))
    await Promise.race([Promise.allSettled(this.#working.keys()), late])
    clearTimeout(timer)
  }

  #begin(libvirt: Libvirt, plan: ConnectPlan): string {
    const { machine, nic, to, place, alreadyThere, notes } = plan
    const title = say('move-to-2', { name: machine.name, place })
    const subject = { kind: 'connect', machine: machine.id, mac: nic.mac, to } as const
    const { store } = this.#opened
    if (alreadyThere)
      return begin(store, { subject, title, steps: [] }, () => Promise.resolve(nothingToDo(plan)))
    return begin(store, { subject, title, steps: stepsOf(plan), notes }, (progress) =>
      this.#perform(libvirt, plan, progress),
    )
  }

  async #perform(libvirt: Libvirt, plan: ConnectPlan, progress: Progress): Promise<Outcome> {
    const { machine, nic, to, live } = plan
    return this.#accompany(plan, to, async (companions, known) => {
      const outcome = await this.#parts.switchNic(libvirt, {
        ...{ machine: machine.id, mac: nic.mac, to, live },
        ...searchAt(companions, to, nic.mac),
        progress: shownIn(progress, companions),
      })
      const { before, after } = outcome
      const seen = await known(outcome)
      return {
        summary: summaryOf(plan, seen),
        result: {
          kind: 'connected',
          before: (live ? before.live : before.saved) ?? plan.before,
          after: (live ? after.live : after.saved) ?? to,
          live,
          ...resultOf(seen),
        },
      }
    })
  }

  async #replug(libvirt: Libvirt, plan: ReplugPlan, progress: Progress): Promise<Outcome> {
    const { machine, nic, at } = plan
    return this.#accompany(plan, at, async (companions, known) => {
      const outcome = await this.#parts.replugCable(libvirt, {
        ...{ machine: machine.id, mac: nic.mac },
        ...searchAt(companions, at, nic.mac),
        progress: shownIn(progress, companions),
      })
      const seen = await known(outcome)
      const said = seen.inVain ? [IN_VAIN] : addressSentence(seen.address)
      return {
        summary: say('sentences', { all: [say('cable-in-again', { name: machine.name }), ...said] }),
        result: { kind: 'replugged', ...resultOf(seen) },
      }
    })
  }

  /**
   * Does something to a NIC while the World follows, and others may end the wait for its address.
   * @param work gets a function that has the World know what was seen
   */
  async #accompany(
    key: NicKey,
    to: Attachment,
    work: (companions: Companions, known: (found: FoundAddress) => Promise<FoundAddress>) => Promise<Outcome>,
  ): Promise<Outcome> {
    const { store, libvirt } = this.#opened
    const over = new AbortController()
    const refresh = (): Promise<void> =>
      libvirt.refresh({ machines: [key.machine.id], networks: networksOf(store.current, to) })
    const waiting = (isWaiting: boolean): void => {
      if (isWaiting) this.#waits.set(keyOf(key), over)
      else if (this.#waits.get(keyOf(key)) === over) this.#waits.delete(keyOf(key))
    }
    const known = async (found: FoundAddress): Promise<FoundAddress> => {
      const { address } = found
      const seen = address === null ? null : { ...address, seenAt: Date.now() }
      await refresh()
      // The word of the guest agent and of the neighbours is in no listing.
      if (seen !== null && seen.source !== 'lease') {
        store.dispatch({ type: 'addresses', found: [{ mac: key.nic.mac, address: seen }] })
      }
      return { ...resultOf(found), address: seen }
    }
    const working = work({ world: store.current, over, waiting, changed: () => void refresh() }, known)
    this.#working.set(working, over)
    try {
      return await working
    } finally {
      over.abort()
      waiting(false)
      this.#working.delete(working)
    }
  }

  /**
   * A NIC that is plugged again is not waited for any longer.
   * @throws PatchbayError `busy` when it is just being plugged in
   */
  #endWait(key: NicKey): void {
    const other = this.#opened.store.current.operations.find(
      ({ subject, status }) =>
        status.state === 'running' &&
        (subject.kind === 'connect' || subject.kind === 'replug') &&
        subject.machine === key.machine.id &&
        subject.mac === key.nic.mac,
    )
    if (other === undefined) return
    const wait = this.#waits.get(keyOf(key))
    if (wait === undefined) {
      throw new PatchbayError({
        code: 'busy',
        message: say('network-card-just-being-switched', { title: other.title }),
        hint: say('wait-second-try-again'),
      })
    }
    wait.abort()
  }
}

const keyOf = ({ machine, nic }: NicKey): string => `${machine.id} ${nic.mac}`

/** @throws PatchbayError `usage` */
function refuseTwice(plans: readonly NicKey[]): void {
  const twice = plans.find((plan, i) => plans.findIndex((other) => keyOf(other) === keyOf(plan)) !== i)
  if (twice === undefined) return
  throw new PatchbayError({
    code: 'usage',
    message: say('named-twice', { name: twice.machine.name }),
    hint: say('name-each-machine-once'),
  })
}

/** The outcome of a search alone. */
const resultOf = ({ address, inVain }: FoundAddress): FoundAddress =>
  inVain === undefined ? { address } : { address, inVain }

function nothingToDo({ machine, nic, to, place, live }: ConnectPlan): Outcome {
  return {
    summary: say('sentences', {
      all: [
        say('is-already-on', { name: machine.name, place }),
        ...addressSentence(nic.addresses[0] ?? null),
      ],
    }),
    result: { kind: 'connected', before: to, after: to, live, address: nic.addresses[0] ?? null },
  }
}

/** The libvirt networks whose leases tell of whoever is plugged in there. */
function networksOf(world: World, to: Attachment): string[] {
  const network = servingNetwork(to, libvirtNetworks(world.networks))
  return network === undefined ? [] : [network.uuid]
}
