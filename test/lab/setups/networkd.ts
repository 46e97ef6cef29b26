import { lan } from '../lan'
import { fixed, type Setup } from './setup'
import { withUdev } from './udev'

/** systemd-resolved asks; programs ask it at 127.0.0.53. */
export const stubResolver = { '/etc/resolv.conf': '../run/systemd/resolve/stub-resolv.conf' }

const dhcp = `[Match]
Name=${lan.nic}

[Network]
DHCP=yes
`

const fixedAddresses = `# The desk by the window.
[Match]
Name=${lan.nic}

[Network]
Address=${lan.workstation}/${lan.prefix}
Address=${lan.workstation6}/64
Gateway=${lan.router}
DNS=${lan.router}
Domains=${fixed.search}
IPv6AcceptRA=no

# For what is tested with the racks.
[Address]
Address=${lan.second}/${lan.prefix}

[Route]
Destination=${fixed.behindHost}
Gateway=${lan.host}
Metric=50

[Route]
Destination=${fixed.behindHost6}
Gateway=${lan.host6}

# What leaves from the second address has a way of its own.
[Route]
Gateway=${lan.host}
Table=100

[RoutingPolicyRule]
From=${lan.second}
Table=100
Priority=1000
`

export const networkdDhcp: Setup = {
  manager: 'networkd',
  resolved: true,
  files: { '/etc/systemd/network/20-wired.network': dhcp },
  links: stubResolver,
  addresses: [],
}

export const networkdUdev: Setup = withUdev(networkdDhcp)

export const networkdStatic: Setup = {
  manager: 'networkd',
  resolved: true,
  files: { '/etc/systemd/network/20-wired.network': fixedAddresses },
  // Programs ask the name servers themselves; systemd-resolved only writes down which.
  links: { '/etc/resolv.conf': '/run/systemd/resolve/resolv.conf' },
  addresses: fixed.addresses,
}
