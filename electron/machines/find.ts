import { PatchbayError } from '../../shared/failure'
import { isNoDomain } from '../libvirt/errors'
import type { Libvirt } from '../libvirt/libvirt'
import type { Domain } from '../libvirt/wire'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Looks a machine up by UUID or name. @throws PatchbayError `not-found`. */
export async function findMachine(libvirt: Libvirt, machine: string): Promise<Domain> {
  try {
    const found = UUID.test(machine)
      ? await libvirt.call('domainLookupByUuid', { uuid: machine })
      : await libvirt.call('domainLookupByName', { name: machine })
    return found.dom
  } catch (thrown) {
    if (!isNoDomain(thrown)) throw thrown
    throw new PatchbayError(
      {
        code: 'not-found',
        message: `There is no machine called “${machine}”.`,
        hint: 'List the machines with: patchbay machines',
      },
      { cause: thrown },
    )
  }
}
