import {
  attachmentOf,
  isLive,
  sameAttachment,
  type Attachment,
  type Lease,
  type LibvirtNetwork,
  type Machine,
  type Nic,
  type NicAddress,
} from '../../shared/world/world'
import type { FoundAddress } from '../machines/addresses'

/** The machine with the leases of the networks its NICs are plugged into. A machine that is off has no addresses. */
export function withLeases(machine: Machine, networks: readonly LibvirtNetwork[]): Machine {
  const nics = machine.nics.map((nic) => ({
    ...nic,
    addresses: isLive(machine.state) ? [...leased(nic, networks), ...seen(nic)] : [],
  }))
  return { ...machine, nics }
}

/**
 * A machine that was read again, with what the guest agent or the neighbour table had told of a NIC when they tell
 * nothing now: that holds until the NIC is plugged into something else. From then on only what was seen after that counts.
 */
export function withSeen(machine: Machine, before: Machine | undefined): Machine {
  const nics = machine.nics.map(afterMove).map((nic) => {
    const old = before?.nics.find((other) => other.mac === nic.mac)
    if (old === undefined || nic.addresses.length > 0) return nic
    return sameAttachment(attachmentOf(old), attachmentOf(nic)) ? { ...nic, addresses: seen(old) } : nic
  })
  return { ...machine, nics }
}

/** The NIC without what the neighbour table tells from before its move. */
function afterMove(nic: Nic): Nic {
  const { moved } = nic
  if (moved === undefined) return nic
  const isFromThere = ({ source, seenAt }: NicAddress): boolean =>
    source !== 'arp' || (seenAt !== undefined && seenAt >= moved.at)
  return { ...nic, addresses: nic.addresses.filter(isFromThere) }
}

/** The machine whose NICs carry what was found, in place of what was found before. */
export function withFound(machine: Machine, found: readonly FoundAddress[]): Machine {
  const nics = machine.nics.map((nic) => {
    const addresses = found.filter((one) => one.mac === nic.mac).map((one) => one.address)
    return addresses.length === 0 ? nic : { ...nic, addresses }
  })
  return { ...machine, nics }
}

const seen = (nic: Nic): NicAddress[] => nic.addresses.filter((address) => address.source !== 'lease')

const leased = (nic: Nic, networks: readonly LibvirtNetwork[]): NicAddress[] =>
  leasesOf(nic, networks)
    .filter((lease) => isNewSince(nic.moved, lease))
    .map(({ ip, prefix }) => ({ ip, prefix, source: 'lease' }))

const leasesOf = (nic: Nic, networks: readonly LibvirtNetwork[]): Lease[] =>
  (servingNetwork(attachmentOf(nic), networks)?.leases ?? []).filter((lease) => lease.mac === nic.mac)

/** A renewal shows in a lease's end; that of a lease without end leaves no trace. */
const isNewSince = (moved: Nic['moved'], { ip, expires }: Lease): boolean =>
  expires === null || moved?.oldLeases.some((old) => old.ip === ip && old.expires === expires) !== true

/** The libvirt network that serves a NIC, also when the NIC names the network's virtual bridge itself. */
export function servingNetwork(
  attachment: Attachment | null,
  networks: readonly LibvirtNetwork[],
): LibvirtNetwork | undefined {
  switch (attachment?.type) {
    case 'network':
      return networks.find((network) => network.name === attachment.network)
    case 'bridge':
      return networks.find((network) => network.kind !== 'bridged' && network.bridge === attachment.bridge)
    default:
      return undefined
  }
}
