import { CHECK_IDS, type CheckId, type CheckReport } from '../../shared/doctor/doctor'
import type { Check } from './check'
import { bridgeMac } from './checks/bridge-mac'
import { bridgeStp } from './checks/bridge-stp'
import { closedFirewall } from './checks/closed-firewall'
import { defaultNetwork } from './checks/default-network'
import { dockerDropsBridged } from './checks/docker-drops-bridged'
import { dockerDropsNat } from './checks/docker-drops-nat'
import { firewalldZone } from './checks/firewalld-zone'
import { ipv6Forwarding } from './checks/ipv6-forwarding'
import { libvirtGroup } from './checks/libvirt-group'
import { macvtapHostAccess } from './checks/macvtap-host-access'
import { noNetworkManager } from './checks/no-network-manager'
import { noTray } from './checks/no-tray'
import { oldAddress } from './checks/old-address'
import { overlappingSubnets } from './checks/overlapping-subnets'
import { staleVirbr } from './checks/stale-virbr'
import { tapOutOfBridge } from './checks/tap-out-of-bridge'
import { vpnDefaultRoute } from './checks/vpn-default-route'
import { wifiUplink } from './checks/wifi-uplink'
import type { DoctorFacts } from './facts'

/** Each lies at its own name. */
const checks: Readonly<Record<CheckId, Check>> = {
  'libvirt-group': libvirtGroup,
  'default-network': defaultNetwork,
  'stale-virbr': staleVirbr,
  'overlapping-subnets': overlappingSubnets,
  'closed-firewall': closedFirewall,
  'firewalld-zone': firewalldZone,
  'docker-drops-nat': dockerDropsNat,
  'docker-drops-bridged': dockerDropsBridged,
  'tap-out-of-bridge': tapOutOfBridge,
  'old-address': oldAddress,
  'macvtap-host-access': macvtapHostAccess,
  'ipv6-forwarding': ipv6Forwarding,
  'bridge-mac': bridgeMac,
  'bridge-stp': bridgeStp,
  'wifi-uplink': wifiUplink,
  'vpn-default-route': vpnDefaultRoute,
  'no-network-manager': noNetworkManager,
  'no-tray': noTray,
}

/** What every check says, in the order in which they are shown. Pure. */
export const judge = (facts: DoctorFacts): CheckReport[] =>
  CHECK_IDS.map((check) => ({ check, title: checks[check].title, verdict: checks[check].verdict(facts) }))
