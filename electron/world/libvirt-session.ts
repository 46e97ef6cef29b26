import { dirname } from 'node:path'
import { PatchbayError } from '../../shared/failure'
import type { Machine } from '../../shared/world/world'
import { resolveUri } from '../libvirt/endpoint'
import { DomainEvent } from '../libvirt/events'
import { connectLibvirt, type Libvirt } from '../libvirt/libvirt'
import type { OpenOptions } from '../libvirt/open'
import { isRemote } from '../libvirt/uri'
import type { Domain, NetworkRef } from '../libvirt/wire'
import { listMachines, readMachine } from '../machines/list'
import { readLeases } from '../networks/leases'
import { listNetworks, readNetwork } from '../networks/list'
import { withNeighbours } from './neighbours'
import type { LibvirtChange, LibvirtSession } from './session'

/**
 * Connects to libvirt.
 * @throws PatchbayError `libvirt-unreachable`, `not-permitted`, `unsupported`, `usage`, `timeout`
 */
export async function connectSession(uri: string, options: OpenOptions = {}): Promise<LibvirtSession> {
  const { signal } = options
  const libvirt = await connectLibvirt(uri, options)
  const giveUp = (): void => void libvirt.close()
  signal?.addEventListener('abort', giveUp)
  try {
    const [{ version }, { hostname }] = await Promise.all([
      libvirt.call('connectGetLibVersion', {}),
      libvirt.call('connectGetHostname', {}),
    ])
    return session(libvirt, versionText(version), hostname, isRemote(uri) ? asListed : withNeighbours)
  } catch (thrown) {
    await libvirt.close()
    throw thrown
  } finally {
    signal?.removeEventListener('abort', giveUp)
  }
}

type Complete = (machines: readonly Machine[]) => Promise<Machine[]>

/** This computer's neighbours say nothing about another's bridges. */
const asListed: Complete = (machines) => Promise.resolve([...machines])

function session(libvirt: Libvirt, version: string, hostname: string, complete: Complete): LibvirtSession {
  return {
    libvirt,
    version,
    hostname,
    list: async () => {
      const [machines, networks] = await Promise.all([listMachines(libvirt), listNetworks(libvirt)])
      return { machines: await complete(machines), networks }
    },
    readMachine: async (id) => {
      const machine = await readMachine(libvirt, id)
      if (machine === null) return null
      const [completed] = await complete([machine])
      return completed ?? machine
    },
    readNetwork: (uuid) => readNetwork(libvirt, uuid),
    readLeases: (uuid) => readLeases(libvirt, networkRef(uuid)),
    onChange: (listener) => followChanges(libvirt, listener),
    onClose: (listener) => void libvirt.onClose(listener),
    close: () => libvirt.close(),
  }
}

/** The daemon finds a network by its UUID; the name is for its messages. */
const networkRef = (uuid: string): NetworkRef => ({ name: uuid, uuid })

async function followChanges(libvirt: Libvirt, listener: (change: LibvirtChange) => void): Promise<void> {
  const device = ({ dom }: { dom: Domain }): void =>
    listener({ what: 'machine', id: dom.uuid, started: false })
  await Promise.all([
    libvirt.subscribe('domainLifecycle', ({ dom, event }) => {
      const started = event === DomainEvent.started || event === DomainEvent.resumed
      listener({ what: 'machine', id: dom.uuid, started })
    }),
    libvirt.subscribe('deviceAdded', device),
    libvirt.subscribe('deviceRemoved', device),
    // Patchbay's own note in a machine tells of a NIC that it has updated, for which libvirt has no event.
    libvirt.subscribe('metadataChanged', device),
    libvirt.subscribe('networkLifecycle', ({ net }) => listener({ what: 'network', uuid: net.uuid })),
  ])
}

/** libvirt numbers its versions as major · 1 000 000 + minor · 1 000 + release. */
function versionText(version: bigint): string {
  const number = Number(version)
  return [Math.floor(number / 1_000_000), Math.floor(number / 1000) % 1000, number % 1000].join('.')
}

/** Where the daemon's socket for a URI appears; null for another computer's, and for a URI that Patchbay does not serve. */
export function socketFolder(uri: string): string | null {
  try {
    const [layout] = resolveUri(uri).layouts
    if (layout === undefined) return null
    const endpoint = layout.kind === 'monolithic' ? layout.all : layout.qemu
    return endpoint.via === 'socket' ? dirname(endpoint.socket) : null
  } catch (thrown) {
    if (thrown instanceof PatchbayError) return null
    throw thrown
  }
}
