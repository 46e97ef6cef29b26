import { watch, type FSWatcher } from 'node:fs'
import { PatchbayError } from '../../shared/failure'
import type { NicAddress } from '../../shared/world'
import { isNoNetwork } from '../libvirt/errors'
import type { Libvirt } from '../libvirt/libvirt'
import type { Domain } from '../libvirt/wire'
import { readAddresses } from './addresses'

/** Whose address is looked for, and where. */
export interface AddressQuestion {
  dom: Domain
  mac: string
  /** The libvirt networks whose DHCP may have given the NIC an address. */
  dhcpNetworks: readonly string[]
}

/** An address as a source tells it now. */
export interface Sighting {
  address: NicAddress
  /** The end of a lease, in seconds since 1970 (0 for none): changes when the guest asks for the same address again. */
  leaseEnd: bigint | null
}

/** How long an address is waited for, by the best source there is. Without DHCP of ours or an agent, chances are poor. */
const PATIENCE_MS: Record<NicAddress['source'], number> = { lease: 30_000, agent: 30_000, arp: 10_000 }

/** Time between two looks where nothing tells that there is something new to see. */
const LOOK_EVERY_MS = 500

/** libvirt's DHCP helper keeps its leases there, and has no event for them (libvirt src/network/leaseshelper.c). */
const LEASES_FOLDER = '/var/lib/libvirt/dnsmasq'

/** Everything that is known of the NIC's addresses now, old or new, best source first. */
export async function seeAddresses(libvirt: Libvirt, question: AddressQuestion): Promise<Sighting[]> {
  const { dom, mac, dhcpNetworks } = question
  const told = async (source: 'agent' | 'arp'): Promise<Sighting[]> => {
    const found = await unlessSilent(() => readAddresses(libvirt, dom, source))
    return found.filter((one) => one.mac === mac).map(({ address }) => ({ address, leaseEnd: null }))
  }
  const seen = await Promise.all([
    ...dhcpNetworks.map((network) => leased(libvirt, network, mac)),
    told('agent'),
    told('arp'),
  ])
  return seen.flat()
}

export interface WaitOptions {
  /** What was seen before the guest was made to ask again. */
  before: readonly Sighting[]
  signal?: AbortSignal | undefined
  /** Milliseconds; decided by the sources there are unless told. */
  patienceMs?: number | undefined
  leasesFolder?: string | undefined
}

/**
 * Waits for an address that the NIC did not have before, or has asked for again.
 * libvirt has no event for addresses: a change in the folder of its leases is one where it can be watched; otherwise
 * this looks twice a second, within a fixed time.
 * @returns null when none was seen in time.
 */
export async function waitForAddress(
  libvirt: Libvirt,
  question: AddressQuestion,
  { before, signal, patienceMs, leasesFolder = LEASES_FOLDER }: WaitOptions,
): Promise<NicAddress | null> {
  const deadline = performance.now() + (patienceMs ?? patienceFor(question, before))
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
  const aborted = (): void => wake()
  signal?.addEventListener('abort', aborted)
  try {
    for (;;) {
      const fresh = newAddresses(before, await seeAddresses(libvirt, question))
      const late = performance.now() >= deadline || signal?.aborted === true
      // A guest often has an IPv6 address first, and its IPv4 address is the one people type.
      const best = fresh.find(({ ip }) => !ip.includes(':')) ?? (late ? fresh[0] : undefined)
      if (best || late) return best ?? null
      await nextLook()
    }
  } finally {
    signal?.removeEventListener('abort', aborted)
    watcher?.close()
  }
}

/**
 * The addresses that were not there before. A lease also counts when the guest has asked for it again, which can't be
 * seen of one without end: that one always counts.
 */
export const newAddresses = (before: readonly Sighting[], now: readonly Sighting[]): NicAddress[] =>
  now
    .filter(({ address, leaseEnd }) => {
      const known = before.filter((old) => old.address.ip === address.ip)
      if (leaseEnd === null) return known.length === 0
      return leaseEnd === 0n || !known.some((old) => old.leaseEnd === leaseEnd)
    })
    .map(({ address }) => address)

function patienceFor({ dhcpNetworks }: AddressQuestion, before: readonly Sighting[]): number {
  if (dhcpNetworks.length > 0) return PATIENCE_MS.lease
  return before.some(({ address }) => address.source === 'agent') ? PATIENCE_MS.agent : PATIENCE_MS.arp
}

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
