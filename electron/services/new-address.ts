import { setTimeout as delay } from 'node:timers/promises'
import ipaddr from 'ipaddr.js'
import { toFailure } from '../../shared/failure'
import type { Address } from '../../shared/host'
import type { Attachment, Lease, NicAddress, World } from '../../shared/world'
import { LibvirtError } from '../libvirt/errors'
import type { Libvirt } from '../libvirt/libvirt'
import { readAddresses } from '../machines/addresses'
import { servingNetwork } from '../world/addresses'
import { libvirtNetworks } from '../world/reduce'
import type { WorldStore } from '../world/store'
import { findNeighbour } from './neighbours'

/** How long a guest gets to ask for an address and use it; DHCP servers may take 4 s for a new guest. */
export const ADDRESS_WAIT_S = 25

/** Milliseconds between questions to the guest agent, which has no event for an address. */
const AGENT_PAUSE_MS = 1500

export interface AddressSearch {
  store: WorldStore
  libvirt: Libvirt
  machine: string
  mac: string
  to: Attachment
  /** What was known before the switch: an address that is not news is no answer. */
  before: KnownBefore
}

export interface KnownBefore {
  addresses: readonly NicAddress[]
  leases: readonly Lease[]
}

/** What is known of a NIC's addresses before it is plugged into `to`. */
export function knownBefore(world: World, mac: string, to: Attachment): KnownBefore {
  const nics = world.machines.flatMap((machine) => machine.nics)
  return {
    addresses: nics.find((nic) => nic.mac === mac)?.addresses ?? [],
    leases: leasesFor(world, mac, to),
  }
}

function leasesFor(world: World, mac: string, to: Attachment): Lease[] {
  const network = servingNetwork(to, libvirtNetworks(world.networks))
  return (network?.leases ?? []).filter((lease) => lease.mac === mac)
}

/**
 * Waits for the address that a running machine gets where it was just plugged in: a fresh lease of libvirt's own DHCP,
 * what the guest agent says, or who answers for the MAC on the bridge.
 * @returns null when none showed in `ADDRESS_WAIT_S` seconds, or at once when nothing could tell
 */
export async function newAddress(search: AddressSearch): Promise<NicAddress | null> {
  const over = new AbortController()
  const timer = setTimeout(() => over.abort(), ADDRESS_WAIT_S * 1000)
  const { signal } = over
  try {
    return await firstFound([
      fromLease(search, signal),
      fromAgent(search, signal),
      fromBridge(search, signal),
    ])
  } finally {
    clearTimeout(timer)
    over.abort()
  }
}

/** The first that is not null; null when none is. */
function firstFound<T>(searches: readonly Promise<T | null>[]): Promise<T | null> {
  return new Promise((resolve, reject) => {
    for (const search of searches) search.then((found) => found !== null && resolve(found), reject)
    Promise.all(searches).then(() => resolve(null), reject)
  })
}

/** A lease that is new, or was renewed since the switch. */
async function fromLease(search: AddressSearch, signal: AbortSignal): Promise<NicAddress | null> {
  const { store, mac, to, before } = search
  const network = servingNetwork(to, libvirtNetworks(store.current.networks))
  if (!network?.subnets.some((subnet) => subnet.dhcp !== null)) return null
  const isNew = (lease: Lease): boolean =>
    !before.leases.some((old) => old.ip === lease.ip && old.expires === lease.expires)
  const lease = await store
    .until((world) => leasesFor(world, mac, to).find(isNew), signal)
    .catch(nullWhenLate)
  return lease === null ? null : { ip: lease.ip, prefix: lease.prefix, source: 'lease' }
}

function nullWhenLate(thrown: unknown): null {
  if (toFailure(thrown).code === 'timeout') return null
  throw thrown
}

/** Who answers for the MAC on a bridge of the host; the subnet is that of the host's own address there. */
async function fromBridge(search: AddressSearch, signal: AbortSignal): Promise<NicAddress | null> {
  const address = hostAddressOn(search)
  if (address === null || search.to.type !== 'bridge') return null
  const link = { name: search.to.bridge, addresses: [address] }
  const ip = await findNeighbour(link, search.mac, signal)
  return ip === null ? null : { ip, prefix: address.prefix, source: 'arp' }
}

function hostAddressOn({ store, to }: AddressSearch): Address | null {
  if (to.type !== 'bridge') return null
  const link = store.current.host.links.find((one) => one.name === to.bridge)
  return link?.addresses.find((address) => address.family === 4) ?? null
}

/** What the guest agent says, when the machine has one that answers. */
async function fromAgent(search: AddressSearch, signal: AbortSignal): Promise<NicAddress | null> {
  while (!signal.aborted) {
    const addresses = await agentAddresses(search)
    // No agent, or none that answers: it will not begin to within the wait.
    if (addresses === null) return null
    const found = addresses.find((address) => isNews(address, search))
    if (found !== undefined) return found
    await delay(AGENT_PAUSE_MS, undefined, { ref: false })
  }
  return null
}

async function agentAddresses({ libvirt, machine, mac }: AddressSearch): Promise<NicAddress[] | null> {
  const dom = { name: machine, uuid: machine, id: -1 }
  try {
    const found = await readAddresses(libvirt, dom, 'agent')
    return found.filter((one) => one.mac === mac).map((one) => one.address)
  } catch (thrown) {
    if (thrown instanceof LibvirtError || toFailure(thrown).code === 'timeout') return null
    throw thrown
  }
}

/** The guest may still have the address of before: news is one of the new subnet, or one not seen before. */
function isNews(address: { ip: string }, search: AddressSearch): boolean {
  const { store, to, before } = search
  const network = servingNetwork(to, libvirtNetworks(store.current.networks))
  const host = hostAddressOn(search)
  const subnets = [
    ...(network?.subnets ?? []).map(({ address: ip, prefix }) => ({ ip, prefix })),
    ...(host === null ? [] : [host]),
  ]
  const ip = ipaddr.parse(address.ip)
  const here = subnets.filter((subnet) => ipaddr.parse(subnet.ip).kind() === ip.kind())
  if (here.length > 0) return here.some((subnet) => ip.match(ipaddr.parse(subnet.ip), subnet.prefix))
  return !before.addresses.some((old) => old.ip === address.ip)
}
