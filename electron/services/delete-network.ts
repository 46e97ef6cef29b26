import { PatchbayError } from '../../shared/failure'
import { resolveTarget, type Target } from '../../shared/world/target'
import type { World } from '../../shared/world/world'
import type { Libvirt } from '../libvirt/libvirt'
import { deleteNetwork } from '../networks/change'
import type { OpenedWorld } from '../world/open-world'
import { planConnect, type ConnectRequest } from './connect'
import { findNetwork } from './find'
import { namesOf, usersOf, type NetworkUser } from './network-users'
import { begin, ended } from './operations'
import { say, type Text } from '../../shared/phrases/phrase'

export interface DeleteNetworkRequest {
  network: string
  /** Where to plug machines first that use it; null to refuse when there are any. */
  moveTo: Target | null
}

/** Starts switches of NICs, all or none, and answers with the ids of their operations. */
type ConnectAll = (libvirt: Libvirt, requests: readonly ConnectRequest[]) => string[]

/**
 * Starts deleting a network; answers with the id of the operation.
 * @throws PatchbayError `refused` while machines use it, `not-found`, `usage`
 */
export function beginDeleteNetwork(
  { store, libvirt: source }: OpenedWorld,
  libvirt: Libvirt,
  connectAll: ConnectAll,
  { network, moveTo }: DeleteNetworkRequest,
): string {
  const { name, id, uuid } = findNetwork(store.current, network)
  const moves = planMoves(store.current, name, moveTo)
  const title = say('delete-network', { name })
  const moving = say('move', { names: namesOf(usersOf(store.current, name)).join(', ') })
  const steps = moves.length === 0 ? [title] : [moving, title]
  const subject = { kind: 'network', network: id, action: 'delete' } as const
  return begin(store, { subject, title, steps }, async (progress) => {
    if (moves.length > 0) {
      await progress.during(moving, () => moveAll(store, connectAll(libvirt, moves)))
    }
    await progress.during(title, async () => {
      refuseInUse(name, usersOf(store.current, name))
      await deleteNetwork(libvirt, name)
      await source.refresh({ networks: [uuid] })
      return null
    })
    return { summary: say('network-deleted', { name }), result: { kind: 'network-changed' } }
  })
}

/** Every switch that frees the network, each found to make sense before the first is made. */
function planMoves(world: World, name: string, moveTo: Target | null): ConnectRequest[] {
  const users = usersOf(world, name)
  if (moveTo === null) {
    refuseInUse(name, users)
    return []
  }
  const to = resolveTarget(world, moveTo)
  if (!to.ok) throw new PatchbayError(to.failure)
  if (to.value.type === 'network' && to.value.network === name) {
    throw new PatchbayError({
      code: 'usage',
      field: 'moveTo',
      message: say('machines-cannot-moved-to-network', { name }),
      hint: say('name-another-for-instance-lan'),
    })
  }
  const requests = users.map(({ machine, nic }): ConnectRequest => ({
    machine: machine.id,
    mac: nic.mac,
    to: { kind: 'attachment', attachment: to.value },
    // A NIC that comes with the next start only is in no running machine that could be switched.
    live: nic.live !== null,
  }))
  for (const request of requests) planConnect(world, request)
  return requests
}

/** @throws PatchbayError `refused`, naming who uses it */
function refuseInUse(network: string, users: readonly NetworkUser[]): void {
  if (users.length === 0) return
  const names = namesOf(users).map((name) => {
    const running = users.some((user) => user.running && user.machine.name === name)
    return running ? say('running-one', { name }) : name
  })
  throw new PatchbayError({
    code: 'refused',
    message: say('network-is-used-by', { network, names: say('commas', { items: names }) }),
    hint: say('moved-to-another-network-first'),
    shellHint: say('moved-first-patchbay-network-delete', { network }),
  })
}

/** @throws PatchbayError `partly-done` when some were moved and others could not be */
async function moveAll(store: OpenedWorld['store'], begun: readonly string[]): Promise<Text> {
  const operations = await Promise.all(begun.map((operation) => ended(store, operation)))
  const failures = operations.flatMap(({ status }) => (status.state === 'failed' ? [status.failure] : []))
  const [failure] = failures
  if (failure === undefined) return say('moved-so-many', { count: operations.length })
  const some = failures.length < operations.length
  throw new PatchbayError(
    some
      ? { ...failure, code: 'partly-done', message: say('others-moved', { message: failure.message }) }
      : failure,
  )
}
