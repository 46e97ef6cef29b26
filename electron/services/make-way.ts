import type { CableInTheWay } from '../../shared/world/cables'
import { PatchbayError, toFailure, type Failure } from '../../shared/failure'
import { isEnded, type Operation } from '../../shared/world/operation'
import { resolveTarget, type Target } from '../../shared/world/target'
import { sameAttachment, type Attachment, type World } from '../../shared/world/world'
import { SWITCH_STEPS } from '../machines/move-nic'
import type { WorldStore } from '../world/store'
import { placeOf, planConnect, type ConnectRequest } from './connect'
import { say, type Text, sameWords } from '../../shared/phrases/phrase'

/** Starts switches of NICs, all or none, and answers with the ids of their operations. */
export type ConnectAll = (requests: readonly ConnectRequest[]) => string[]

/** Cables that are moved out of the way of a change, and back again when it does not come about. */
export interface Way {
  /** One sentence: "Move web01 to the network default". */
  title: Text
  /** Resolves when all are out of the way; when one can't be moved, those that were are back. */
  make: () => Promise<Text>
  /** Takes them back after the change has failed; the failure then says where they are. */
  giveBack: (failure: Failure) => Promise<Failure>
}

interface Free {
  to: Target
  /** Whether a place is what they are to make way for. */
  isInTheWay: (attachment: Attachment) => boolean
  /** Refuses when somebody else was plugged in meanwhile. @throws PatchbayError */
  check: () => void
}

/**
 * Plans the way, each switch of which is found to make sense before the first is made.
 * @throws PatchbayError `usage` at `moveTo`, `refused`, `not-found`
 */
export function planWay(
  store: WorldStore,
  connectAll: ConnectAll,
  cables: readonly CableInTheWay[],
  { to, isInTheWay, check }: Free,
): Way {
  const place = resolveTarget(store.current, to)
  if (!place.ok) throw new PatchbayError(place.failure)
  const attachment = place.value
  if (isInTheWay(attachment)) {
    throw new PatchbayError({
      code: 'usage',
      field: 'moveTo',
      message: say('machines-cannot-moved', { place: placeOf(store.current, attachment) }),
      hint: say('name-another-place-for-instance'),
    })
  }
  const requests = cables.map(({ machine, nic, running }): ConnectRequest => ({
    machine: machine.id,
    mac: nic.mac,
    to: { kind: 'attachment', attachment },
    // What a running machine gets with its next start only is in its saved definition only.
    live: running,
  }))
  for (const request of requests) planConnect(store.current, request)
  const names = [...new Set(cables.map(({ machine }) => machine.name))].join(', ')
  const back = async (which: (i: number) => boolean): Promise<Operation[]> =>
    switched(store, connectAll(cables.map(backTo).filter((_, i) => which(i))))
  return {
    title: say('move-to', { names, place: placeOf(store.current, attachment) }),
    make: async () => {
      const ends = await switched(store, connectAll(requests))
      const failures = ends.flatMap(failureOf)
      const [failure] = failures
      if (failure === undefined) {
        try {
          check()
        } catch (thrown) {
          await back(() => true)
          throw thrown
        }
        return say('moved-so-many', { count: requests.length })
      }
      await back((i) => ends[i]?.status.state !== 'failed')
      throw new PatchbayError({
        ...failure,
        message: say('sentences', { all: [failure.message, say('nothing-else-changed')] }),
      })
    },
    giveBack: async (failure) => {
      const lost = await back(() => true).then(
        (ends) => ends.flatMap(failureOf),
        (thrown: unknown) => [toFailure(thrown)],
      )
      const [first] = lost
      return first === undefined
        ? {
            ...failure,
            message: say('sentences', { all: [failure.message, say('plugged-in-as-before', { names })] }),
          }
        : {
            ...failure,
            code: 'partly-done',
            hint: say('could-not-plugged-in-again', { names, message: first.message }),
          }
    },
  }
}

const failureOf = ({ status }: Operation): Failure[] => (status.state === 'failed' ? [status.failure] : [])

/** A running machine's last switch is noted with all that belongs to it; what was saved only is put back as it was. */
function backTo({ machine, nic, running }: CableInTheWay): ConnectRequest {
  const before = nic.saved
  const to: ConnectRequest['to'] =
    running || before === null ? { kind: 'back' } : { kind: 'attachment', attachment: before }
  return { machine: machine.id, mac: nic.mac, to, live: running }
}

/** Resolves when each NIC is in its place, whether or not its guest has an address there yet. */
const switched = (store: WorldStore, ids: readonly string[]): Promise<Operation[]> =>
  Promise.all(
    ids.map((id) =>
      store.until((world) => {
        const operation = world.operations.find((one) => one.id === id)
        return operation !== undefined && (isEnded(operation) || isInPlace(operation, world))
          ? operation
          : undefined
      }),
    ),
  )

function isInPlace({ subject, steps }: Operation, { machines }: World): boolean {
  if (subject.kind !== 'connect') return false
  const isDone = steps.every(({ name, state }) => sameWords(name, SWITCH_STEPS.address) || state === 'done')
  const nic = machines.find(({ id }) => id === subject.machine)?.nics.find(({ mac }) => mac === subject.mac)
  return isDone && [nic?.live, nic?.saved].some((side) => sameAttachment(side ?? null, subject.to))
}
