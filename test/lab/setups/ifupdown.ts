import { lan } from '../lan'
import { fixed, type Setup } from './setup'

const head = `# This file describes the network interfaces available on your system
# and how to activate them. For more information, see interfaces(5).

source /etc/network/interfaces.d/*

# The loopback network interface
auto lo
iface lo inet loopback
`

/** Not \`allow-hotplug\`, as Debian's installer would write: no udev runs in a container. */
const dhcp = `${head}
# The primary network interface
auto ${lan.nic}
iface ${lan.nic} inet dhcp
`

const desk = `# The desk by the window. Ask before you change anything here: the racks
# are only reached through the route below.

auto ${lan.nic}
iface ${lan.nic} inet static
	address ${lan.workstation}/${lan.prefix}
	gateway ${lan.router}
	# The racks are behind the other host.
	up ip route add ${fixed.behindHost} via ${lan.host}
	down ip route del ${fixed.behindHost} via ${lan.host} || true

# A second address, for what is tested with the racks.
iface ${lan.nic} inet static
	address ${lan.second}/${lan.prefix}

iface ${lan.nic} inet6 static
	address ${lan.workstation6}/64
	accept_ra 0
	# It names the card, unlike the one above.
	up ip -6 route add ${fixed.behindHost6} via ${lan.host6} dev ${lan.nic}
`

export const plainResolver = {
  '/etc/resolv.conf': `# Written by hand.\nnameserver ${lan.router}\nsearch ${fixed.search}\n`,
}

/** A Debian without a desktop, as its installer leaves it. */
export const ifupdownDhcp: Setup = {
  manager: 'ifupdown',
  files: { '/etc/network/interfaces': dhcp },
  addresses: [],
}

export const ifupdownStatic: Setup = {
  manager: 'ifupdown',
  files: { '/etc/network/interfaces': head, '/etc/network/interfaces.d/lan': desk, ...plainResolver },
  addresses: fixed.addresses,
}
