import { watch, type FSWatcher } from 'node:fs'
import { PatchbayError } from '../../shared/failure'
import { fitOf, type Whereabouts } from '../../shared/world/whereabouts'
import type { NicAddress } from '../../shared/world/world'
import { isNoNetwork } from '../libvirt/errors'
import type { Libvirt } from '../libvirt/libvirt'
import type { Domain } from '../libvirt/wire'
import { readAddresses } from './addresses'
import { LEASES_FOLDER } from '../libvirt/leases-folder'

/** Whose address is looked for, and where. */
export interface AddressQuestion {
  dom: Domain
  mac: string
  /** The libvirt network whose DHCP will give the NIC an address; null when none will. */
  dhcpNetwork: string | null
  where: Whereabouts
  /** Looks among the host's neighbours there; null where the host meets nobody. */
  meet: Meet | null
}

/** A look among the host's neighbours at the NIC's place. */
export interface Meet {
  /** Whether the host asks everybody there, and so meets whoever has an address. */
  everybody: boolean
  /**
   * Tells of every address at which the host meets the NIC, seen there after `since`, until the signal comes.
   * @param since milliseconds since 1970
   */
  look: (found: (address: NicAddress) => void, since: number, signal: AbortSignal) => void
}

/** An address as a source tells it now. */
export interface Sighting {
  address: NicAddress
  /** The end of a lease, in seconds since 1970 (0 for none): changes when the guest asks for the same address again. */
  leaseEnd: bigint | null
}

/** Time between two looks where nothing tells that there is something new to see. */
const LOOK_EVERY_MS = 500

/**
 * Everything that is told of the NIC's addresses now, old or new, best source first. libvirt's own look into its host's neighbour
 * table is asked only where nobody here can look into it: it tells neither the link nor how long ago an entry was confirmed.
 */
export async function seeAddresses(libvirt: Libvirt, question: AddressQuestion): Promise<Sighting[]> {
  const { dom, mac, dhcpNetwork, meet } = question
  const told = async (source: 'agent' | 'arp'): Promise<Sighting[]> => {
    const found = await unlessSilent(() => readAddresses(libvirt, dom, source))
    return found.filter((one) => one.mac === mac).map(({ address }) => ({ address, leaseEnd: null }))
  }
  const seen = await Promise.all([
    dhcpNetwork === null ? [] : leased(libvirt, dhcpNetwork, mac),
    told('agent'),
    meet === null ? told('arp') : [],
  ])
  return seen.flat()
}

export interface WaitOptions {
  /** What was told before the NIC was moved. */
  before: readonly Sighting[]
  /** When it was moved, in milliseconds since 1970. */
  since: number
  signal?: AbortSignal | undefined
  patienceMs: number
  leasesFolder?: string | undefined
}

/**
 * Waits for an address that the NIC has at its new place.
 * libvirt has no event for addresses: a change in the folder of its leases is one where it can be watched; otherwise
 * this looks twice a second, within a fixed time.
 * @returns null when none was seen in time.
 */
export async function waitForAddress(
  libvirt: Libvirt,
  question: AddressQuestion,
  { before, since, signal, patienceMs, leasesFolder = LEASES_FOLDER }: WaitOptions,
): Promise<NicAddress | null> {
  const deadline = performance.now() + patienceMs
  let wake = (): void => undefined
  const watcher = watchFolder(leasesFolder, () => wake())
  const nextLook = (): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, Math.min(LOOK_EVERY_MS, deadline - performance.now()))
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  const over = new AbortController()
  const aborted = (): void => {
    over.abort()
    wake()
  }
  signal?.addEventListener('abort', aborted)
  if (signal?.aborted === true) over.abort()
  const met: NicAddress[] = []
  try {
    const meets = (address: NicAddress): void => {
      met.push(address)
      wake()
    }
    if (!over.signal.aborted) question.meet?.look(meets, since, over.signal)
    for (;;) {
      const told = newAddresses(before, await seeAddresses(libvirt, question), question.where)
      const fresh = [...told, ...met]
      const late = performance.now() >= deadline || over.signal.aborted
      // A guest often has an IPv6 address first, and its IPv4 address is the one people type.
      const best = fresh.find(({ ip }) => !ip.includes(':')) ?? (late ? fresh[0] : undefined)
      if (best || late) return best ?? null
      await nextLook()
    }
  } finally {
    over.abort()
    signal?.removeEventListener('abort', aborted)
    watcher?.close()
  }
}

/**
 * The addresses among those told now that the NIC has got at its new place. A lease counts when the guest has asked for it since,
 * which can't be seen of one without end: that one always counts. The guest agent's word counts where it fits the subnets
 * there; where none are known, when it is new. What does not fit is the address of before.
 */
export const newAddresses = (
  before: readonly Sighting[],
  now: readonly Sighting[],
  where: Pick<Whereabouts, 'subnets' | 'complete'>,
): NicAddress[] =>
  now
    .filter(({ address: { ip, source }, leaseEnd }) => {
      const fit = fitOf(where, ip)
      if (fit === 'outside') return false
      const known = before.filter((old) => old.address.ip === ip)
      if (leaseEnd !== null) return leaseEnd === 0n || !known.some((old) => old.leaseEnd === leaseEnd)
      // The table of a host that is not this one says neither where nor when.
      if (source === 'arp') return fit === 'inside' && known.length === 0
      return fit === 'inside' || known.length === 0
    })
    .map(({ address }) => address)

async function leased(libvirt: Libvirt, network: string, mac: string): Promise<Sighting[]> {
  try {
    const { net } = await libvirt.call('networkLookupByName', { name: network })
    const question = { net, mac, needResults: true, flags: 0 }
    const { leases } = await libvirt.call('networkGetDhcpLeases', question)
    return leases.map(({ ipaddr, prefix, expirytime }) => ({
      address: { ip: ipaddr, prefix, source: 'lease' },
      leaseEnd: expirytime,
    }))
  } catch (thrown) {
    if (isNoNetwork(thrown)) return []
    throw thrown
  }
}

/** No addresses from a source that is not there or does not answer, such as the agent of a guest without one. */
async function unlessSilent<T>(read: () => Promise<T[]>): Promise<T[]> {
  try {
    return await read()
  } catch (thrown) {
    const silent =
      thrown instanceof PatchbayError && ['libvirt-error', 'timeout'].includes(thrown.failure.code)
    if (silent) return []
    throw thrown
  }
}

/** Tells of changes in a folder; null for one that is missing or may not be watched. */
function watchFolder(path: string, changed: () => void): FSWatcher | null {
  try {
    return watch(path, { persistent: false }, changed).on('error', changed)
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown) return null
    throw thrown
  }
}
