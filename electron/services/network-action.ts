import { PatchbayError } from '../../shared/failure'
import type { NetworkAction } from '../../shared/operation'
import type { LibvirtNetwork, World } from '../../shared/world'
import type { Libvirt } from '../libvirt/libvirt'
import { setNetworkAutostart, startNetwork, stopNetwork } from '../networks/change'
import type { OpenedWorld } from '../world/open-world'
import { findNetwork } from './find'
import { namesOf, usersOf } from './network-users'
import { begin } from './operations'
import { beginRestartNetwork } from './restart-network'

/** What is one call to libvirt. */
export type SimpleAction = Exclude<NetworkAction, 'restart'>

/**
 * Starts doing to a libvirt network what was asked; answers with the id of the operation.
 * @throws PatchbayError `not-found`, `refused`
 */
export function changeNetwork(
  opened: OpenedWorld,
  libvirt: Libvirt,
  { network: name, action }: { network: string; action: NetworkAction },
): string {
  const { store, libvirt: source } = opened
  const network = findNetwork(store.current, name)
  if (action === 'restart') return beginRestartNetwork(opened, libvirt, name)
  if (action === 'stop') refuseToStopInUse(store.current, network)
  const { title, done } = wordsFor(action, network.name)
  const subject = { kind: 'network', network: network.id, action } as const
  return begin(store, { subject, title, steps: [title] }, async (progress) => {
    progress.step(title, 'running')
    await actOn(libvirt, network.name, action)
    await source.refresh({ networks: [network.uuid] })
    progress.step(title, 'done')
    return { summary: done, result: { kind: 'network-changed' } }
  })
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
function wordsFor(action: SimpleAction, name: string): { title: string; done: string } {
  switch (action) {
    case 'start':
      return { title: `Start the network ${name}`, done: `The network ${name} is started.` }
    case 'stop':
      return { title: `Stop the network ${name}`, done: `The network ${name} is stopped.` }
    case 'autostart-on':
      return {
        title: `Start the network ${name} with the host`,
        done: `The network ${name} starts with the host.`,
      }
    case 'autostart-off':
      return {
        title: `No longer start the network ${name} with the host`,
        done: `The network ${name} no longer starts with the host.`,
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
    message: `The network ${network.name} is in use by ${names.join(', ')}.`,
    hint: `Shut down or move first, for instance with: patchbay connect ${names[0] ?? 'MACHINE'} lan`,
  })
}
