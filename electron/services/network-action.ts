import { PatchbayError } from '../../shared/failure'
import type { NetworkAction } from '../../shared/operation'
import { attachmentOf, isLive, type LibvirtNetwork, type Machine, type World } from '../../shared/world'
import type { Libvirt } from '../libvirt/libvirt'
import { setNetworkAutostart, startNetwork, stopNetwork } from '../networks/change'

/** Does to a libvirt network what was asked. @throws PatchbayError `not-found`, `refused`; LibvirtError */
export async function actOnNetwork(libvirt: Libvirt, name: string, action: NetworkAction): Promise<void> {
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
export function wordsFor(action: NetworkAction, name: string): { title: string; done: string } {
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
  const machines = world.machines.filter((machine) => runsOn(machine, network))
  if (machines.length === 0) return
  const names = machines.map((machine) => machine.name)
  throw new PatchbayError({
    code: 'refused',
    message: `The network ${network.name} is in use by ${names.join(', ')}.`,
    hint: `Shut down or move first, for instance with: patchbay connect ${names[0] ?? 'MACHINE'} lan`,
  })
}

function runsOn(machine: Machine, network: LibvirtNetwork): boolean {
  if (!isLive(machine.state)) return false
  return machine.nics.some((nic) => {
    const attachment = attachmentOf(nic)
    return attachment?.type === 'network' && attachment.network === network.name
  })
}
