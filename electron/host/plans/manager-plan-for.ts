import type { Failure } from '../../../shared/failure'
import type { HostManager } from '../../../shared/host'
import type { HostFacts } from '../facts'
import { activeProfile } from '../profiles'
import { kernelPlan } from './kernel'
import { type ManagerPlan, refused } from './manager-plan'
import { networkManagerPlan } from './network-manager'
import { networkdPlan } from './networkd'

type Found = { kind: 'plan'; plan: ManagerPlan } | { kind: 'refused'; failure: Failure }

/** Chooses by who really manages the NIC, never by what is installed. Pure. */
export function managerPlanFor(facts: HostFacts, nic: string): Found {
  const manager = facts.managers[nic] ?? 'unknown'
  switch (manager) {
    case 'networkmanager':
      return { kind: 'plan', plan: networkManagerPlan }
    case 'netplan':
      // netplan has its work done by one of the others.
      return { kind: 'plan', plan: activeProfile(facts, nic) ? networkManagerPlan : networkdPlan }
    case 'systemd-networkd':
      return { kind: 'plan', plan: networkdPlan }
    case 'none':
      return { kind: 'plan', plan: kernelPlan }
    case 'ifupdown':
    case 'unknown':
      return notYet(nic, manager)
  }
}

const NAMES: Record<HostManager, string> = {
  networkmanager: 'NetworkManager',
  'systemd-networkd': 'systemd-networkd',
  netplan: 'netplan',
  ifupdown: 'ifupdown (/etc/network/interfaces)',
  none: 'nobody (no network manager)',
  unknown: 'an unknown network manager',
}

const notYet = (nic: string, manager: HostManager): Found => ({
  kind: 'refused',
  failure: refused(
    `${nic} is managed by ${NAMES[manager]}, which Patchbay can’t make the bridge with yet`,
    'Make the bridge with that manager’s own means (Patchbay then uses it), or use NAT.',
  ),
})
