import { PatchbayError, toFailure } from '../../shared/failure'
import type { NetworkAction } from '../../shared/world/operation'
import type { Target } from '../../shared/world/target'
import type { Attachment, LibvirtNetwork, World } from '../../shared/world/world'
import type { Libvirt } from '../libvirt/libvirt'
import { setNetworkAutostart, startNetwork, stopNetwork } from '../networks/change'
import type { WorldStore } from '../world/store'
import type { OpenedWorld } from '../world/open-world'
import { findNetwork } from './find'
import { planWay, type ConnectAll, type Way } from './make-way'
import { namesOf, usersOf } from './network-users'
import { begin } from './operations'
import { beginRestartNetwork } from './restart-network'
import { type Text, say } from '../../shared/phrases/phrase'

export interface NetworkActionRequest {
  network: string
  action: NetworkAction
  /** Where running machines are plugged in first when it is stopped; without it that is refused while there are any. */
  moveTo?: Target | null
}

/** What is one call to libvirt. */
export type SimpleAction = Exclude<NetworkAction, 'restart'>

/**
 * Starts doing to a libvirt network what was asked; answers with the id of the operation.
 * @throws PatchbayError `not-found`, `refused`
 */
export function changeNetwork(
  opened: OpenedWorld,
  libvirt: Libvirt,
  connectAll: ConnectAll,
  { network: name, action, moveTo = null }: NetworkActionRequest,
): string {
  const { store, libvirt: source } = opened
  const network = findNetwork(store.current, name)
  if (action === 'restart') return beginRestartNetwork(opened, libvirt, name)
  const way = action === 'stop' ? wayOutOf(store, connectAll, network, moveTo) : null
  const { title, done } = wordsFor(action, network.name)
  const subject = { kind: 'network', network: network.id, action } as const
  const steps = way === null ? [title] : [way.title, title]
  return begin(store, { subject, title, steps }, async (progress) => {
    if (way !== null) await progress.during(way.title, way.make)
    try {
      await progress.during(title, async () => {
        await actOn(libvirt, network.name, action)
        await source.refresh({ networks: [network.uuid] })
        return null
      })
    } catch (thrown) {
      throw way === null
        ? thrown
        : new PatchbayError(await way.giveBack(toFailure(thrown)), { cause: thrown })
    }
    return { summary: done, result: { kind: 'network-changed' } }
  })
}

/** The way for the running machines on a network that is to be stopped. @throws PatchbayError `refused`, … */
function wayOutOf(
  store: WorldStore,
  connectAll: ConnectAll,
  network: LibvirtNetwork,
  to: Target | null,
): Way | null {
  const cables = usersOf(store.current, network.name).filter(({ running }) => running)
  if (to === null || cables.length === 0) {
    refuseToStopInUse(store.current, network)
    return null
  }
  const isInTheWay = (attachment: Attachment): boolean =>
    attachment.type === 'network' && attachment.network === network.name
  const check = (): void => refuseToStopInUse(store.current, network)
  return planWay(store, connectAll, cables, { to, isInTheWay, check })
}

/** One call, without an operation of its own. @throws PatchbayError `not-found`, LibvirtError */
export function actOn(libvirt: Libvirt, name: string, action: SimpleAction): Promise<void> {
  switch (action) {
    case 'start':
      return startNetwork(libvirt, name)
    case 'stop':
      return stopNetwork(libvirt, name)
    case 'autostart-on':
      return setNetworkAutostart(libvirt, name, true)
    case 'autostart-off':
      return setNetworkAutostart(libvirt, name, false)
  }
}

/** What an action is called while it runs, and when it is done. */
function wordsFor(action: SimpleAction, name: string): { title: Text; done: Text } {
  switch (action) {
    case 'start':
      return { title: say('start-network', { name }), done: say('network-started-2', { name }) }
    case 'stop':
      return { title: say('stop-network', { name }), done: say('network-stopped-2', { name }) }
    case 'autostart-on':
      return {
        title: say('start-network-with-host', { name }),
        done: say('network-starts-with-host', { name }),
      }
    case 'autostart-off':
      return {
        title: say('no-longer-start-network', { name }),
        done: say('network-no-longer-starts-with-host', { name }),
      }
  }
}

/**
 * Refuses to pull a network away from under machines that run on it: starting it again does not plug them back in.
 * @throws PatchbayError `refused`
 */
export function refuseToStopInUse(world: Pick<World, 'machines'>, network: LibvirtNetwork): void {
  const names = namesOf(usersOf(world, network.name).filter((user) => user.running))
  if (names.length === 0) return
  throw new PatchbayError({
    code: 'refused',
    message: say('network-in-use', { name: network.name, names: names.join(', ') }),
    hint: say('shut-down-or-moved'),
    shellHint: say('shut-down-or-moved-first', { name: network.name }),
  })
}
