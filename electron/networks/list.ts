import { servesDhcp, type LibvirtNetwork } from '../../shared/world/world'
import { isNoNetwork } from '../libvirt/errors'
import { ListNetworks, NetworkXml } from '../libvirt/flags'
import type { Libvirt } from '../libvirt/libvirt'
import type { NetworkRef } from '../libvirt/wire'
import { readLeases } from './leases'
import { parseNetwork, type NetworkDefinition } from './network-xml'
import { pendingChanges } from './pending'

type NetworkState = Pick<LibvirtNetwork, 'active' | 'persistent' | 'autostart'>

/**
 * Every network that libvirt keeps, by name. The state of all of them comes from three filtered lists,
 * so that a network costs a call for each of its definitions and one for its leases, all pipelined.
 */
export async function listNetworks(libvirt: Libvirt): Promise<LibvirtNetwork[]> {
  const list = async (flags: number): Promise<readonly NetworkRef[]> =>
    (await libvirt.call('connectListAllNetworks', { needResults: true, flags })).nets
  const uuids = async (flags: number): Promise<Set<string>> =>
    new Set((await list(flags)).map(({ uuid }) => uuid))
  const [refs, active, transient, autostart] = await Promise.all([
    list(0),
    uuids(ListNetworks.active),
    uuids(ListNetworks.transient),
    uuids(ListNetworks.autostart),
  ])
  const networks = await Promise.all(
    refs.map((ref) =>
      describe(libvirt, ref, {
        active: active.has(ref.uuid),
        persistent: !transient.has(ref.uuid),
        autostart: autostart.has(ref.uuid),
      }),
    ),
  )
  return networks.filter((network) => network !== null).sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** One network as it is now, by its UUID; null when there is none. */
export async function readNetwork(libvirt: Libvirt, uuid: string): Promise<LibvirtNetwork | null> {
  try {
    const { net } = await libvirt.call('networkLookupByUuid', { uuid })
    const [{ active }, { persistent }, { autostart }] = await Promise.all([
      libvirt.call('networkIsActive', { net }),
      libvirt.call('networkIsPersistent', { net }),
      libvirt.call('networkGetAutostart', { net }),
    ])
    return await describe(libvirt, net, { active, persistent, autostart })
  } catch (thrown) {
    if (isNoNetwork(thrown)) return null
    throw thrown
  }
}

async function describe(
  libvirt: Libvirt,
  ref: NetworkRef,
  state: NetworkState,
): Promise<LibvirtNetwork | null> {
  try {
    const read = async (flags: number): Promise<NetworkDefinition> =>
      parseNetwork((await libvirt.call('networkGetXmlDesc', { net: ref, flags })).xml)
    const waits = state.active && state.persistent
    const [definition, next] = await Promise.all([
      read(NetworkXml.current),
      waits ? read(NetworkXml.inactive) : null,
    ])
    const leased = state.active && definition.subnets.some(servesDhcp)
    const leases = leased ? await readLeases(libvirt, ref) : []
    const pending = next === null ? [] : pendingChanges(definition, next)
    return { source: 'libvirt', id: `network:${definition.name}`, ...definition, ...state, leases, pending }
  } catch (thrown) {
    // It was deleted, or stopped for good, since it was listed.
    if (isNoNetwork(thrown)) return null
    throw thrown
  }
}
