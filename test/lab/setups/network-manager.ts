import { lan } from '../lan'
import { dhcpProfile } from '../workstation'
import { fixed, type Setup } from './setup'

/** Where NetworkManager keeps the profile of the NIC. */
export const profileFile = '/etc/NetworkManager/system-connections/Wired.nmconnection'

const fixedProfile = `[connection]
id=Wired
uuid=6b1f2c1e-6d1c-4f0e-9d53-0f0b3c3a7a02
type=ethernet
interface-name=${lan.nic}

[ethernet]

[ipv4]
method=manual
address1=${lan.workstation}/${lan.prefix},${lan.router}
address2=${lan.second}/${lan.prefix}
route1=${fixed.behindHost},${lan.host},50
dns=${lan.router};
dns-search=${fixed.search};

[ipv6]
addr-gen-mode=default
method=manual
address1=${lan.workstation6}/64
route1=${fixed.behindHost6},${lan.host6}
`

/**
 * systemd-resolved is installed, for other setups, and brings a `resolvconf` that only works while it runs;
 * NetworkManager would use it all the same.
 */
const ownResolver = { '/etc/NetworkManager/conf.d/resolver.conf': '[main]\nrc-manager=symlink\n' }

/** A desktop as it comes: NetworkManager, and an address from the router. */
export const nmDhcp: Setup = {
  manager: 'networkManager',
  files: { ...ownResolver, [profileFile]: dhcpProfile },
  addresses: [],
}

export const nmStatic: Setup = {
  manager: 'networkManager',
  files: { ...ownResolver, [profileFile]: fixedProfile },
  addresses: fixed.addresses,
}
