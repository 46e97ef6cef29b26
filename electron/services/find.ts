import { PatchbayError } from '../../shared/failure'
import type { End } from '../../shared/reach/reach'
import type { LibvirtNetwork, Machine, Nic, World } from '../../shared/world/world'
import { say } from '../../shared/phrases/phrase'

/** A machine by its name or UUID. @throws PatchbayError `not-found` */
export function findMachine({ machines }: Pick<World, 'machines'>, nameOrId: string): Machine {
  const machine =
    machines.find((one) => one.name === nameOrId) ?? machines.find((one) => one.id === nameOrId.toLowerCase())
  if (machine !== undefined) return machine
  throw new PatchbayError({
    code: 'not-found',
    message: say('no-machine-named', { nameOrId }),
    shellHint: say('see-with-patchbay-machines'),
  })
}

/**
 * An end by its word: `host`, `lan`, `internet`, or a machine's name; `machine:NAME` for one that is named like these.
 * @throws PatchbayError `not-found`
 */
export function findEnd(world: Pick<World, 'machines'>, word: string): End {
  if (word === 'host' || word === 'lan' || word === 'internet') return { type: word }
  return { type: 'machine', machine: findMachine(world, word.replace(/^machine:/, '')) }
}

/**
 * A machine's NIC by its MAC; without one, the only NIC there is.
 * @throws PatchbayError `not-found`, or `usage` when there are several to choose from
 */
export function findNic(machine: Machine, mac: string | null): Nic {
  const macs = machine.nics.map((nic) => nic.mac)
  const [only] = machine.nics
  if (only === undefined) {
    throw new PatchbayError({
      code: 'refused',
      message: say('no-network-card', { name: machine.name }),
      hint: say('give-in-usual-tool-first'),
      shellHint: say('give-for-instance-with-virsh', { name: machine.name }),
    })
  }
  if (mac === null) {
    if (machine.nics.length === 1) return only
    throw new PatchbayError({
      code: 'usage',
      message: say('network-cards-say', { name: machine.name, count: machine.nics.length }),
      hint: say('add-nic', { macs: macs.join(', ') }),
    })
  }
  const nic = machine.nics.find((one) => one.mac === mac.toLowerCase())
  if (nic !== undefined) return nic
  throw new PatchbayError({
    code: 'not-found',
    message: say('no-network-card-2', { name: machine.name, mac }),
    hint: say('it-has', { macs: macs.join(', ') }),
  })
}

/** A libvirt network by its name, or by its key in the World. @throws PatchbayError `not-found` */
export function findNetwork({ networks }: Pick<World, 'networks'>, name: string): LibvirtNetwork {
  for (const network of networks)
    if (network.source === 'libvirt' && (network.name === name || network.id === name)) return network
  throw new PatchbayError({
    code: 'not-found',
    message: say('libvirt-no-network-named', { name }),
    shellHint: say('see-with-patchbay-networks'),
  })
}
