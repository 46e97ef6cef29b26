/** What the doctor finds, why, and what it would change. */
export const doctor = {
  'docker-closed-forward': ({ bridge }: { bridge: string }) =>
    `Docker has closed the firewall’s FORWARD chain, and no rule in it lets ${bridge} pass.`,
  'forward-closed': ({ bridge }: { bridge: string }) =>
    `The firewall’s FORWARD chain is closed, and no rule in it lets ${bridge} pass.`,
  'network-gets-subnet': ({ network, subnet }: { network: string; subnet: string }) =>
    `the network ${network} gets the subnet ${subnet}, with DHCP over all of it`,
  'give-another-subnet': ({ name, option }: { name: string; option: string }) =>
    `Give one of them another subnet: patchbay network change ${name} --${option} CIDR`,
  'again-after-each-restart-computer': 'again after each restart of this computer, until it is undone',
  'network-restarted-machines-plugged': ({ network }: { network: string }) =>
    `the network ${network} is restarted, and its machines are plugged in again`,
  'link-goes-down-for-second': ({ mac }: { mac: string }) =>
    `the link of ${mac} goes down for a second, so that the guest asks for an address`,
  'network-started': ({ network }: { network: string }) => `the network ${network} is started`,
  'network-stopped': ({ network }: { network: string }) => `the network ${network} is stopped`,
  'network-restarted': ({ network }: { network: string }) => `the network ${network} is restarted`,
  'network-starts-with-computer': ({ network }: { network: string }) =>
    `the network ${network} starts with this computer from now on`,
  'network-no-longer-starts': ({ network }: { network: string }) =>
    `the network ${network} no longer starts with this computer`,
  'iptables-ip6tables-last-in-forward': ({ bridge }: { bridge: string }) =>
    `iptables and ip6tables, last in FORWARD: what ${bridge} forwards is accepted`,
  'iptables-ip6tables-first-in-input': ({ bridge }: { bridge: string }) =>
    `iptables and ip6tables, first in INPUT: DHCP and DNS from ${bridge} are accepted`,
  'same-in-etc-sysctl-d': 'the same in /etc/sysctl.d/90-patchbay-bridge.conf',
  'etc-udev-rules-d-90': '/etc/udev/rules.d/90-patchbay-bridge.rules sets them when br_netfilter is loaded',
  'etc-firewalld-zones-libvirt-xml': '/etc/firewalld/zones/libvirt.xml is made',
  'networkmanager-leaves-vnet-alone-file':
    'NetworkManager leaves vnet* alone (a file in /etc/NetworkManager/conf.d)',
  'gpasswd-add-user-libvirt': 'gpasswd --add USER libvirt, with USER the one who asks',
  'macvlan-link-on-with-address': ({ link, address }: { link: string; address: string }) =>
    `a macvlan link on ${link} with the address of ${address}`,
  'route-through': ({ machines }: { machines: string }) => `a route through it to ${machines}`,
  'port-leads': ({
    protocol,
    hostPort,
    machine,
    machinePort,
  }: {
    protocol: string
    hostPort: number
    machine: string
    machinePort: number
  }) => `${protocol} port ${hostPort} leads to ${machine}:${machinePort}`,
  'bridge-to-lan-card-mac': 'The bridge to the LAN has its card’s MAC',
  'no-bridge-to-lan': 'There is no bridge to the LAN.',
  'mac-or-not-told': ({ bridge, nic }: { bridge: string; nic: string }) =>
    `The MAC of ${bridge} or ${nic} is not told.`,
  'has-the-mac-of': ({ bridge, nic }: { bridge: string; nic: string }) => `${bridge} has the MAC of ${nic}.`,
  'mac-card': ({ bridge, own, nic, mac }: { bridge: string; own: string; nic: string; mac: string }) =>
    `${bridge} has the MAC ${own}, and its card ${nic} has ${mac}.`,
  'whoever-made-gave-another-router':
    'Whoever made it gave it another one, so the router leases this computer another address than before.',
  'where-matters-undo-bridge-patchbay':
    'Where that matters, undo the bridge and have Patchbay make it, which keeps the MAC: patchbay bridge create',
  'bridges-connect-at-once': 'Bridges connect at once',
  'no-bridge-computer-card-port': 'No bridge of this computer has a card as a port.',
  'spanning-tree': ({ name }: { name: string }) => `${name} has spanning tree on.`,
  'port-passes-nothing-now-new': ({ dead }: { dead: string }) =>
    `Its port ${dead} passes nothing now; a new port needs half a minute.`,
  'machine-plugged-in-without-connection':
    'A machine that is plugged in is without connection for half a minute. Keep it where cables could form a loop.',
  'none-spanning-tree': 'None has spanning tree on.',
  'machines-get-addresses-through-firewall': 'Machines get addresses through the firewall',
  'no-network-runs-hands-out': 'No network that runs hands out addresses.',
  'machines-on-network-get': ({ name }: { name: string }) =>
    `Machines on the network ${name} get no address.`,
  'ufw-closes-computer-libvirt-nftables': ({ bridge }: { bridge: string }) =>
    `ufw closes this computer, and libvirt’s nftables rules do not open it for ${bridge}.`,
  'firewall-input-takes-send': ({ bridge }: { bridge: string }) =>
    `The firewall (INPUT) takes what they send to the DHCP server on ${bridge}.`,
  'dhcp-passes-on-every-virtual': 'DHCP passes on every virtual bridge.',
  'networks-machines-need-started': 'Networks that machines need are started',
  'libvirt-no-network': 'libvirt has no network.',
  'network-default-starts-with-computer': 'They are, and the network default starts with this computer.',
  'they-are': 'They are.',
  'machines-plugged': 'Machines plugged into it',
  'network-does-not-start': ({ name }: { name: string }) =>
    `The network ${name} does not start with this computer.`,
  'network-stopped-2': ({ name }: { name: string }) => `The network ${name} is stopped.`,
  'after-next-restart-stopped-cannot': ({ who }: { who: string }) =>
    `After the next restart it is stopped, and ${who} can’t start.`,
  'cannot-start-until-started': ({ who }: { who: string }) => `${who} can’t start until it is started.`,
  'give-network-bridge-first': ({ name }: { name: string }) => `Give the network ${name} a bridge first.`,
  'bridged-machines-reach-lan': 'Bridged machines reach the LAN',
  'no-bridge-computer-leads-machines': 'No bridge of this computer leads machines to the LAN.',
  'stays-inside-bridge-does': 'What stays inside a bridge does not pass iptables.',
  'machines-on-do-not-reach': ({ dropped }: { dropped: string }) =>
    `Machines on ${dropped} do not reach the LAN.`,
  'module-br-netfilter-sends-stays':
    'The module br_netfilter sends what stays inside a bridge through iptables (bridge-nf-call-iptables is 1), and FORWARD drops it.',
  'stays-inside-bridge-passes-iptables': 'What stays inside a bridge passes iptables, which lets it through.',
  'machines-reach-outside-through-computer': 'Machines reach the outside through this computer',
  'no-network-runs-leads-out': 'No network that runs leads out through this computer.',
  'computer-itself-no-way-out': 'This computer itself has no way out.',
  'machines-on-network-do': ({ name }: { name: string }) =>
    `Machines on the network ${name} do not reach the outside.`,
  'machines-send-to-outside-passes': 'What machines send to the outside passes the firewall.',
  'firewalld-libvirt-zone': 'firewalld has libvirt’s zone',
  'firewalld-does-not-run': 'firewalld does not run here.',
  'firewalld-zone-libvirt': 'firewalld has the zone “libvirt”.',
  'firewalld-no-zone-libvirt': 'firewalld has no zone “libvirt”.',
  'virtual-bridges-fall-into-default':
    'Virtual bridges fall into the default zone, which takes what machines ask of DHCP and DNS.',
  'computer-keeps-ipv6': 'This computer keeps its IPv6',
  'computer-no-ipv6': 'This computer has no IPv6.',
  'computer-no-way-out': 'This computer has no way out.',
  'computer-does-not-forward-ipv6': 'This computer does not forward IPv6.',
  'forwarding-does-not-keep': ({ link }: { link: string }) =>
    `Forwarding does not keep ${link} from listening to routers.`,
  'computer-loses-ipv6': ({ link }: { link: string }) =>
    `This computer loses its IPv6 on ${link}, or has none.`,
  'forwards-ipv6-then-listens':
    'It forwards IPv6, and then listens to router advertisements only with accept_ra = 2.',
  'permission-to-use-libvirt': 'Permission to use libvirt',
  'user-own-libvirt-needs': 'The user’s own libvirt needs no permission.',
  'root-may-use-libvirt': 'root may use libvirt.',
  'in-group-libvirt': ({ name }: { name: string }) => `${name} is in the group “libvirt”.`,
  'no-group-libvirt-on-computer': 'There is no group “libvirt” on this computer.',
  'in-group-libvirt-libvirt-answers': ({ name }: { name: string }) =>
    `${name} is in the group “libvirt”, and libvirt answers.`,
  'in-group-libvirt-but-session': ({ name }: { name: string }) =>
    `${name} is in the group “libvirt”, but this session is not yet.`,
  'session-groups-user-had-when': 'A session has the groups that the user had when it began.',
  'sign-out-in-again': 'Sign out and in again.',
  'not-in-group-libvirt': ({ name }: { name: string }) => `${name} is not in the group “libvirt”.`,
  'libvirt-answers-rule-polkit-may':
    'libvirt answers by a rule of polkit, which may ask for a password each time.',
  'libvirt-socket-open-to-root': 'libvirt’s socket is open to root and to that group only.',
  'computer-reaches-machines-on-macvtap': 'This computer reaches machines on macvtap',
  'no-machine-runs-plugged': 'No machine that runs is plugged into macvtap.',
  'does-through-link-own': 'It does, through a link of its own.',
  'computer-do-not-reach-each': ({ names }: { names: string }) =>
    `This computer and ${names} do not reach each other.`,
  'on-macvtap-kernel-keeps-card': ({ card }: { card: string }) =>
    `They are on macvtap of ${card}, and the kernel keeps a card and its macvtaps apart.`,
  'addresses-not-known-with-patchbay': ({ card, machine }: { card: string; machine: string }) =>
    `Their addresses are not known here. With them: patchbay host-access add ${card} --machine IP. Or plug them into a bridge: patchbay connect ${machine} lan`,
  'somebody-manages-way-out': 'Somebody manages the way out',
  'manages-bridge-made-through': ({ manager, link }: { manager: string; link: string }) =>
    `${manager} manages ${link}, and a bridge is made through it.`,
  'nothing-patchbay-knows-manages': ({ link }: { link: string }) =>
    `Nothing that Patchbay knows manages ${link}.`,
  'addresses-set-hand-or-script':
    'Its addresses were set by hand or by a script. A bridge is then made in the kernel alone, and lasts until the next restart.',
  'for-bridge-lasts-set-card':
    'For a bridge that lasts, set the card up in NetworkManager, systemd-networkd, netplan or ifupdown first.',
  'desktop-shows-status-icons': 'The desktop shows status icons',
  'no-desktop-in-session': 'There is no desktop in this session.',
  'it-does': 'It does.',
  'desktop-shows-no-status-icons': 'This desktop shows no status icons.',
  'patchbay-works-without-closing-window': 'Patchbay works without one: closing its window then ends it.',
  'on-gnome-install-extension-appindicator': 'On GNOME install the extension AppIndicator Support.',
  'addresses-fit-network': 'Addresses fit the network',
  'no-address-network': ({ name, own, network }: { name: string; own: string; network: string }) =>
    `${name} has ${own}, which is no address of the network ${network}.`,
  'kept-had-elsewhere-nobody-answers': 'It kept what it had elsewhere, and nobody here answers it.',
  'no-machine-known-to-another': 'No machine is known to have one of another network.',
  'subnets-do-not-overlap': 'Subnets do not overlap',
  'no-network-libvirt-addresses-own': 'No network of libvirt has addresses of its own.',
  'no-network-shares-addresses':
    'No network shares addresses with another, with this computer’s links, or with a route.',
  'network-overlaps': ({
    name,
    cidr,
    by,
    other,
  }: {
    name: string
    cidr: string
    by: string
    other: string
  }) => `The network ${name} has ${cidr}, which overlaps with ${by} (${other}).`,
  'sent-to-these-addresses-reaches': 'What is sent to these addresses reaches only one of the two.',
  'cannot-start-beside-or-takes': 'It can’t start beside it, or takes the other’s addresses when it does.',
  'no-virtual-bridge-left-behind': 'No virtual bridge is left behind',
  'user-own-libvirt-makes': 'The user’s own libvirt makes no bridges.',
  'bridge-but-no-network-runs': ({ name }: { name: string }) =>
    `The bridge ${name} is there, but no network that runs has it.`,
  'network-left-behind-addresses-name': 'A network left it behind; its addresses and its name stay taken.',
  'network-cannot-start-long': ({ owner }: { owner: string }) =>
    `The network ${owner} can’t start as long as it is there.`,
  'every-virtual-bridge-belongs': 'Every virtual bridge belongs to a network that runs.',
  'cables-machines-run-plugged': 'Cables of machines that run are plugged in',
  'user-own-libvirt-no-taps': 'The user’s own libvirt has no taps of its own.',
  'no-connection-tap': ({ name, tap, bridge }: { name: string; tap: string; bridge: string }) =>
    `${name} has no connection: its tap ${tap} is not in ${bridge}.`,
  'something-taken-out-bridge-network':
    'Something has taken it out of the bridge, as network managers do that claim every link.',
  'something-put-into-instead': ({ master }: { master: string }) =>
    `Something has put it into ${master} instead.`,
  'move-where-belongs-patchbay-connect': ({ name, machine }: { name: string; machine: string }) =>
    `Move ${name} where it belongs: patchbay connect ${machine} nat`,
  'every-tap-in-bridge-machine': 'Every tap is in the bridge that its machine is plugged into.',
  'way-out-no-tunnel': 'The way out is no tunnel',
  'no-tunnel-on-computer': 'There is no tunnel on this computer.',
  'tunnel-but-most-traffic-goes': 'A tunnel is there, but most traffic goes past it.',
  'vpn-takes-everything-leaves-computer': ({ link }: { link: string }) =>
    `The VPN ${link} takes everything that leaves this computer.`,
  'machines-on-nat-go-through':
    'Machines on NAT go through it, too. A tunnel has no Ethernet, so it can’t be a port of a bridge.',
  'for-machines-beside-vpn-bridge':
    'For machines beside the VPN, bridge the card itself: patchbay bridge create --nic NIC. For NAT that follows the VPN nothing is to be done.',
  'way-out-can-bridged': 'The way out can be bridged',
  'no-wi-fi-card': ({ nic }: { nic: string }) => `${nic} is no Wi-Fi card.`,
  'wi-fi-card-cannot-port': ({ name }: { name: string }) =>
    `${name} is a Wi-Fi card, which can’t be a port of a bridge.`,
  'access-point-accepts-mac':
    'An access point accepts one MAC for each station, and drops what machines send with theirs.',
  'plug-machines-into-nat': 'Plug machines into NAT or a routed network, or connect this computer by cable.',
  'libvirt-does-not-answer-networks': 'libvirt does not answer, so its networks and machines are not known.',
  'no-iptables-on-computer': 'There is no iptables on this computer to read the firewall with.',
  'only-root-may-read-firewall':
    'Only root may read the firewall. To have it looked at: sudo patchbay doctor',
  'firewall-does-with-comes': ({ bridges }: { bridges: string }) =>
    `What the firewall does with what comes from ${bridges} is not clear: a rule asks for more than is known here. See: sudo iptables -S`,
}
