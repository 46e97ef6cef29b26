import type { Failure } from '../../../shared/failure'
import type { HostFacts } from '../facts'
import { activeProfile } from './network-manager/profiles'
import { ifupdownPlan } from './ifupdown/plan'
import { kernelPlan } from './unmanaged/plan'
import { type ManagerPlan, refused } from './manager-plan'
import { networkManagerPlan } from './network-manager/plan'
import { networkdPlan } from './networkd/plan'
import { say } from '../../../shared/phrases/phrase'

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
      return { kind: 'plan', plan: ifupdownPlan }
    case 'unknown':
      return { kind: 'refused', failure: unknownManager(nic) }
  }
}

const unknownManager = (nic: string): Failure =>
  refused(say('cannot-told-who-manages', { nic }), say('connect-with-networkmanager-systemd-networkd'))
