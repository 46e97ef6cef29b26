/** Making and deleting networks: what is wrong with a wish. */
export const networks = {
  'stopped-network': ({ name }: { name: string }) => `the network ${name}, which is stopped`,
  'mtu-range': ({ least, most }: { least: number; most: number }) => `Use a number from ${least} to ${most}.`,
  'mtu-range-ipv6': ({ least, most }: { least: number; most: number }) =>
    `Use a number from ${least} to ${most}, since it carries IPv6.`,
  'change-with-net-edit': ({ name }: { name: string }) => `Change them with: virsh net-edit ${name}`,
  'ipv6-out-first-or': ({ name }: { name: string }) =>
    `Take them out first (--ipv6 off), or change them with: virsh net-edit ${name}`,
  'several-subnets': ({
    name,
    count,
    family,
    subnets,
  }: {
    name: string
    count: number
    family: string
    subnets: readonly string[]
  }) =>
    `The network ${name} has ${count} ${family} subnets, ${subnets.join(' and ')}: it is not clear which one to change.`,
  'leases-stranded': ({ leases }: { leases: string }) => `Static leases have no place without it: ${leases}.`,
  'leases-stranded-in': ({ leases }: { leases: string }) =>
    `Static leases have no place in that subnet: ${leases}.`,
  'routes-stranded': ({ name, gateways }: { name: string; gateways: string }) =>
    `Static routes of ${name} lead by way of ${gateways}, which has no place without it.`,
  'routes-stranded-in': ({ name, gateways, subnet }: { name: string; gateways: string; subnet: string }) =>
    `Static routes of ${name} lead by way of ${gateways}, which has no place in that subnet (${subnet}).`,
  'started-as-before-failed': ({
    message,
    name,
    second,
  }: {
    message: string
    name: string
    second: string
  }) => `${message} Starting ${name} as it was before failed too: ${second}`,
  'network-runs-as-before': ({ name }: { name: string }) => `The network ${name} runs as before.`,
  'write-like-192-168-150':
    'Write it like 192.168.150.0/24, with a prefix from 8 to 30; leave it out for a free one.',
  'this-host': 'this host',
  'the-loopback': 'the loopback',
  'addresses-hosts-give-themselves': 'addresses that hosts give themselves',
  'nobody-yet': 'nobody yet',
  'no-ipv4-subnet': ({ text }: { text: string }) => `“${text}” is no IPv4 subnet.`,
  'subnet-with-prefix-no-room': ({ prefix }: { prefix: number }) =>
    `A subnet with the prefix /${prefix} has no room for a network.`,
  'reserved-for': ({ cidr, purpose }: { cidr: string; purpose: string }) =>
    `${cidr} is reserved for ${purpose}.`,
  'broadcast-address': ({ ip, cidr }: { ip: string; cidr: string }) =>
    `${ip} is the broadcast address of ${cidr}.`,
  'every-private-subnet-patchbay-proposes': 'Every private subnet that Patchbay proposes is in use here.',
  'name-yourself': 'Name one yourself.',
  'overlaps-with-uses': ({ cidr, other, by }: { cidr: string; other: string; by: string }) =>
    `${cidr} overlaps with ${other}, which ${by} uses.`,
  'choose-another': 'Choose another one.',
  'free-for-instance': ({ free }: { free: string }) => `Free is for instance ${free}.`,
  'write-first-last-for-instance': ({ example }: { example: string }) =>
    `Write it as FIRST-LAST, for instance ${example}, or “off”.`,
  'no-range-addresses': ({ text }: { text: string }) => `“${text}” is no range of addresses.`,
  'no-machine-address-in-subnet': ({ ip, cidr }: { ip: string; cidr: string }) =>
    `${ip} is no machine’s address in the subnet ${cidr}.`,
  'ends-before-begins': ({ text }: { text: string }) => `${text} ends before it begins.`,
  'host-own-address-lies': ({ host, text }: { host: string; text: string }) =>
    `${host}, the host’s own address, lies in the range ${text}.`,
  'use-auto-for-private-subnet':
    'Use “auto” for a private subnet of your own, or a /64 like fd12:3456:789a::/64.',
  'all-private-ipv6-addresses': 'All private IPv6 addresses are in use here.',
  'name-64-yourself': 'Name a /64 yourself.',
  'no-ipv6-subnet': ({ text }: { text: string }) => `“${text}” is no IPv6 subnet.`,
  'machines-make-own-addresses-out': 'Machines make their own addresses out of a /64 only.',
  'neither-private-nor-global-subnet': ({ cidr }: { cidr: string }) =>
    `${cidr} is neither a private nor a global subnet.`,
  'cannot-mtu': ({ text }: { text: string }) => `“${text}” can’t be the MTU.`,
  'network-no-saved-definition-takes': ({ name }: { name: string }) =>
    `The network ${name} has no saved definition, so what takes effect at its next start can’t be changed.`,
  'create-again-way-want': 'Create it again the way you want it.',
  'subnet-or-dhcp-range-changed': ({ name }: { name: string }) =>
    `The subnet or the DHCP range of ${name} was changed, and that waits for the network’s next start.`,
  'restart-first': 'Restart it first.',
  'restart-first-patchbay-network-restart': ({ name }: { name: string }) =>
    `Restart it first: patchbay network restart ${name}`,
  'network-no-saved-definition-cannot': ({ name }: { name: string }) =>
    `The network “${name}” has no saved definition, so it cannot start by itself.`,
  'route-on': ({ via, by }: { via: string; by: string }) => `a route by ${via} on ${by}`,
  'name-server': ({ ip }: { ip: string }) => `the name server ${ip}`,
  'bridge-network': ({ wanted, name }: { wanted: string; name: string }) =>
    `${wanted} is the bridge of the network ${name}.`,
  'host-link-named-already': ({ wanted }: { wanted: string }) =>
    `The host has a link named ${wanted} already.`,
  'make-with-patchbay-bridge-create': 'Make one with: patchbay bridge create',
  'plug-machines-into-network-patchbay': ({ name }: { name: string }) =>
    `Plug machines into that network: patchbay connect MACHINE network:${name}`,
  'plug-machines-into-network': 'Plug machines into that network.',
  'belongs-to-network-itself': ({ bridge, name }: { bridge: string; name: string }) =>
    `${bridge} belongs to the network ${name} itself.`,
  'not-bridge-2': ({ bridge }: { bridge: string }) => `${bridge} is not a bridge.`,
  'host-no-bridge-named': ({ bridge }: { bridge: string }) => `The host has no bridge named ${bridge}.`,
  'host-no-uplink-machines-could': 'This host has no uplink that machines could sit on.',
  'named-twice-2': ({ twice }: { twice: string }) => `${twice} is named twice.`,
  'name-each-network-card-once': 'Name each network card once.',
  'use-nat-or-routed-network': 'Use a NAT or a routed network.',
  'wi-fi-whose-access-point': ({ name }: { name: string }) =>
    `${name} is Wi-Fi, whose access point takes one MAC address only.`,
  'carries-no-ethernet-no-machine': ({ name }: { name: string }) =>
    `${name} carries no Ethernet, so no machine can sit on it.`,
  'make-bridged-network-over-instead': ({ master }: { master: string }) =>
    `Make a bridged network over ${master} instead.`,
  'make-network-over-bridge-instead': ({ master }: { master: string }) =>
    `Make a network over the bridge instead: --kind bridge --bridge ${master}`,
  'port-no-machine-can-sit': ({ name, master }: { name: string; master: string }) =>
    `${name} is a port of ${master}, so no machine can sit on it.`,
  'such-network-leads-out-through': 'Such a network leads out through one link.',
  'name-one': 'Name one.',
  'links-bridges-cannot-seen': ({ hostname }: { hostname: string }) =>
    `Which links and bridges ${hostname} has can’t be seen from here.`,
  'run-patchbay-over-for-network': 'Run Patchbay over there for a network that stands on one of them.',
  'host-no-link-named': ({ name }: { name: string }) => `The host has no link named ${name}.`,
  'name-host-shows': 'Name one that This host shows.',
  'see-with-patchbay-status': 'See what there is with: patchbay status',
  'use-letters-digits-dots-hyphens': 'Use letters, digits, dots, hyphens and underscores.',
  'network-name-cannot-empty-nor': 'A network’s name can’t be empty, nor begin or end with a space.',
  'control-characters': 'control characters',
  'network-name-cannot-contain': ({ shown }: { shown: string }) => `A network’s name can’t contain ${shown}.`,
  'network-name-cannot-longer': ({ most }: { most: number }) =>
    `A network’s name can’t be longer than ${most} bytes.`,
  'cannot-name-network-link': ({ name }: { name: string }) =>
    `“${name}” can’t be the name of a network link.`,
  'use-up-to-15-letters':
    'Use up to 15 letters, digits, dots, hyphens and underscores, beginning with a letter.',
  'no-name-in-dns': ({ name }: { name: string }) => `“${name}” is no name in DNS.`,
  'use-letters-digits-hyphens':
    'Use letters, digits and hyphens, with dots between the parts, for instance lab.example.',
  'must-begin-with-letter': ({ name }: { name: string }) => `“${name}” must begin with a letter.`,
  'take-another-name': 'Take another name.',
  'mac-looks-like-52-54': 'A MAC looks like 52:54:00:12:34:56; each machine’s card shows its own.',
  'no-mac-address': ({ text }: { text: string }) => `“${text}” is no MAC address.`,
  'belongs-to-no-single-network': ({ mac }: { mac: string }) => `${mac} belongs to no single network card.`,
  'machines-no-connection-look': ({ name }: { name: string }) =>
    `Its machines have no connection. Look at it with: virsh net-dumpxml ${name}`,
  'changed-in-still-saved-change':
    'What was changed in it is still saved: change it again before the next restart.',
  'remove-first-2': 'Remove them first.',
  'remove-first-patchbay-network-lease-remove': ({ name }: { name: string }) =>
    `Remove them first: patchbay network lease remove ${name} ADDRESS`,
  'take-route-out-first-virsh': ({ name }: { name: string }) =>
    `Take <route> out first: virsh net-edit ${name}`,
  'make-bridge-first': 'Make one first.',
  'no-more-addresses': ({ most }: { most: number }) => `libvirt gives out no more than ${most} addresses.`,
  'a-vpn': ({ name }: { name: string }) => `a VPN (${name})`,
}
