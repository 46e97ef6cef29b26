import type { NicAddress } from '../../shared/world/world'
import { AddressSource } from '../libvirt/flags'
import type { Libvirt } from '../libvirt/libvirt'
import type { Domain } from '../libvirt/wire'

/** An address of one of a machine's NICs. */
export interface FoundAddress {
  mac: string
  address: NicAddress
}

/** The agent runs inside the guest, which may be slow or hang. */
const AGENT_TIMEOUT_MS = 5000

/**
 * The addresses of a running machine's NICs as one source knows them: libvirt's DHCP leases, the guest agent, or the
 * host's neighbour table. Loopback and link-local addresses are left out.
 * @throws LibvirtError when the source is not there, such as a machine without an agent.
 */
export async function readAddresses(
  libvirt: Libvirt,
  dom: Domain,
  source: NicAddress['source'],
): Promise<FoundAddress[]> {
  const { ifaces } = await libvirt.call(
    'domainInterfaceAddresses',
    { dom, source: AddressSource[source], flags: 0 },
    source === 'agent' ? { timeoutMs: AGENT_TIMEOUT_MS } : {},
  )
  return ifaces.flatMap(({ hwaddr, addrs }) =>
    hwaddr === null
      ? []
      : addrs
          .filter(({ addr }) => isReachable(addr))
          .map(({ addr, prefix }) => ({
            mac: hwaddr.toLowerCase(),
            address: { ip: addr, prefix, source },
          })),
  )
}

/** False for loopback (127/8, ::1) and link-local addresses (169.254/16, fe80::/10). */
const isReachable = (ip: string): boolean => !/^(127\.|169\.254\.|::1$|fe[89ab])/i.test(ip)
