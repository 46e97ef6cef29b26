import type { HostFacts } from '../../facts'
import type { Address, Link } from '../../../../shared/world/host'
import { leftByKernelMove } from './kernel-move'
import { type BridgeTarget, type ManagerPlan, refused } from '../manager-plan'

/** For a NIC that no network manager has: addresses and routes are moved in the kernel, and nothing is written. */
export const kernelPlan: ManagerPlan = {
  backend: 'kernel',
  lasting: false,
  refuse(target) {
    const { facts, nic } = target
    const leased = linkOf(facts, nic)?.addresses.find(isLeased)
    if (!leased) return leftByKernelMove(target)
    return refused(
      `${nic} has ${leased.ip} from a router, but no known network manager asks for it, so nobody would renew it on the bridge`,
      'Let NetworkManager, systemd-networkd, netplan or ifupdown manage the card, or give it a fixed address.',
    )
  },
  changes: ({ nic, bridge }) => [
    { text: `Make ${bridge} with the MAC address of ${nic}, no spanning tree`, target: bridge },
    { text: `Make ${nic} its port, and move its addresses and routes to ${bridge}`, target: nic },
  ],
  notices: () => [],
  undo: ({ nic, bridge }: BridgeTarget) =>
    `Addresses and routes move back to ${nic}, and ${bridge} is removed; a restart does the same.`,
  matter: () => null,
}

/** Of IPv6 a single address is a lease; others the kernel makes and renews itself, by the router's word. */
const isLeased = ({ family, origin, prefix }: Address): boolean =>
  origin === 'dynamic' && (family === 4 || prefix === 128)

const linkOf = ({ host }: HostFacts, nic: string): Link | undefined =>
  host.links.find(({ name }) => name === nic)
