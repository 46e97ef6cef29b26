import type { AdditionOf, HostAddition } from '../../../shared/helper/host-addition'
import { acceptForwarding } from './accept-forwarding'
import { acceptServices } from './accept-services'
import { bridgePastIptables } from './bridge-past-iptables'
import { bridgeWithoutStp } from './bridge-without-stp'
import { firewalldZone } from './firewalld-zone'
import { hostAccess } from './host-access'
import { keepRouterAdvertisements } from './keep-router-advertisements'
import type { AdditionKind } from './kind'
import { libvirtGroup } from './libvirt-group'
import { noStaleBridge } from './no-stale-bridge'
import { portForward } from './port-forward'
import { tapInBridge } from './tap-in-bridge'

const kinds = {
  'host-access': hostAccess,
  'port-forward': portForward,
  'accept-forwarding': acceptForwarding,
  'accept-services': acceptServices,
  'bridge-past-iptables': bridgePastIptables,
  'bridge-without-stp': bridgeWithoutStp,
  'keep-router-advertisements': keepRouterAdvertisements,
  'firewalld-zone': firewalldZone,
  'tap-in-bridge': tapInBridge,
  'no-stale-bridge': noStaleBridge,
  'libvirt-group': libvirtGroup,
} satisfies { [K in HostAddition['kind']]: AdditionKind<AdditionOf<K>> }

/** How additions of one kind are made; `satisfies` has seen to it that each lies at the name of its kind. */
const byName: Readonly<Record<HostAddition['kind'], AdditionKind<HostAddition>>> = kinds

export const kindOf = ({ kind }: HostAddition): AdditionKind<HostAddition> => byName[kind]
