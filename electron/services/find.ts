import { PatchbayError } from '../../shared/failure'
import type { End } from '../../shared/reach/reach'
import type { LibvirtNetwork, Machine, Nic, World } from '../../shared/world/world'

/** A machine by its name or UUID. @throws PatchbayError `not-found` */
export function findMachine({ machines }: Pick<World, 'machines'>, nameOrId: string): Machine {
  const machine =
    machines.find((one) => one.name === nameOrId) ?? machines.find((one) => one.id === nameOrId.toLowerCase())
  if (machine !== undefined) return machine
  throw new PatchbayError({
    code: 'not-found',
    message: `There is no machine named ${nameOrId}.`,
    shellHint: 'See what there is with: patchbay machines',
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
      message: `${machine.name} has no network card.`,
      hint: 'Give it one in your usual tool first.',
      shellHint: `Give it one, for instance with: virsh attach-interface ${machine.name} network default --config`,
    })
  }
  if (mac === null) {
    if (machine.nics.length === 1) return only
    throw new PatchbayError({
      code: 'usage',
      message: `${machine.name} has ${machine.nics.length} network cards: say which one.`,
      hint: `Add --nic with one of ${macs.join(', ')}`,
    })
  }
  const nic = machine.nics.find((one) => one.mac === mac.toLowerCase())
  if (nic !== undefined) return nic
  throw new PatchbayError({
    code: 'not-found',
    message: `${machine.name} has no network card ${mac}.`,
    hint: `It has ${macs.join(', ')}.`,
  })
}

/** A libvirt network by its name, or by its key in the World. @throws PatchbayError `not-found` */
export function findNetwork({ networks }: Pick<World, 'networks'>, name: string): LibvirtNetwork {
  for (const network of networks)
    if (network.source === 'libvirt' && (network.name === name || network.id === name)) return network
  throw new PatchbayError({
    code: 'not-found',
    message: `libvirt has no network named ${name}.`,
    shellHint: 'See what there is with: patchbay networks',
  })
}
