import { PatchbayError } from '../../shared/failure'
import { isNoDomain, isNoNetwork } from './errors'
import type { Libvirt } from './libvirt'
import type { Domain, NetworkRef } from './wire'
import { say } from '../../shared/phrases/phrase'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Looks a machine up by UUID or name. @throws PatchbayError `not-found`. */
export async function findMachine(libvirt: Libvirt, machine: string): Promise<Domain> {
  try {
    const found = UUID.test(machine)
      ? await libvirt.call('domainLookupByUuid', { uuid: machine })
      : await libvirt.call('domainLookupByName', { name: machine })
    return found.dom
  } catch (thrown) {
    throw isNoDomain(thrown) ? notFound('machine', machine, thrown) : thrown
  }
}

/** Looks a network up by name. @throws PatchbayError `not-found`. */
export async function findNetwork(libvirt: Libvirt, name: string): Promise<NetworkRef> {
  try {
    return (await libvirt.call('networkLookupByName', { name })).net
  } catch (thrown) {
    throw isNoNetwork(thrown) ? notFound('network', name, thrown) : thrown
  }
}

const notFound = (what: 'machine' | 'network', name: string, cause: Error): PatchbayError =>
  new PatchbayError(
    {
      code: 'not-found',
      message: say(what === 'machine' ? 'no-machine-called' : 'no-network-called', { name }),
      shellHint: say('list-with', { command: `patchbay ${what}s` }),
    },
    { cause },
  )
