import type { HostFacts } from '../../facts'
import type { Address, Link } from '../../../../shared/world/host'
import { leftByKernelMove } from './kernel-move'
import { type BridgeTarget, type ManagerPlan, refused } from '../manager-plan'
import { say } from '../../../../shared/phrases/phrase'

/** For a NIC that no network manager has: addresses and routes are moved in the kernel, and nothing is written. */
export const kernelPlan: ManagerPlan = {
  backend: 'kernel',
  lasting: false,
  refuse(target) {
    const { facts, nic } = target
    const leased = linkOf(facts, nic)?.addresses.find(isLeased)
    if (!leased) return leftByKernelMove(target)
    return refused(
      say('from-router-but-no-known', { nic, ip: leased.ip }),
      say('let-networkmanager-systemd-networkd-netplan'),
    )
  },
  changes: ({ nic, bridge }) => [
    { text: say('make-with-mac-address', { bridge, nic }), target: bridge },
    { text: say('make-port-move-addresses-routes', { nic, bridge }), target: nic },
  ],
  notices: () => [],
  undo: ({ nic, bridge }: BridgeTarget) => say('addresses-routes-move-back', { nic, bridge }),
  matter: () => null,
}

/** Of IPv6 a single address is a lease; others the kernel makes and renews itself, by the router's word. */
const isLeased = ({ family, origin, prefix }: Address): boolean =>
  origin === 'dynamic' && (family === 4 || prefix === 128)

const linkOf = ({ host }: HostFacts, nic: string): Link | undefined =>
  host.links.find(({ name }) => name === nic)
