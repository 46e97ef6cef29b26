/** What a network manager would change, and what speaks against it. */
export const managers = {
  'route-to-several-hops-over': ({ to, link }: { to: string; link: string }) =>
    `The route to ${to} has several hops, one of them over ${link}, and such a route can’t be moved yet`,
  'set-with-hop-ip-route': ({ to }: { to: string }) =>
    `Set it with one hop (ip route replace ${to} via …), or use NAT.`,
  'route-to-goes-nexthop-object': ({ to, link }: { to: string; link: string }) =>
    `The route to ${to} goes by a nexthop object over ${link}, and such a route can’t be moved yet`,
  'set-without-ip-route-replace': ({ to, via, link }: { to: string; via: string; link: string }) =>
    `Set it without one (ip route replace ${to} via ${via} dev ${link}), or use NAT.`,
  'cannot-told-who-manages': ({ nic }: { nic: string }) => `It can’t be told who manages ${nic}`,
  'connect-with-networkmanager-systemd-networkd':
    'Connect it with NetworkManager, systemd-networkd, netplan or ifupdown first, or use NAT.',
  'networkmanager-answer-to-makes': ({ member }: { member: string }) =>
    `NetworkManager’s answer to ${member} makes no sense`,
  'no-networkmanager-profile-active': ({ nic }: { nic: string }) =>
    `No NetworkManager profile is active on ${nic}`,
  'connect-first-nmcli-device-connect': ({ nic }: { nic: string }) =>
    `Connect it first: nmcli device connect ${nic}`,
  'profile-signs-in-802-1x': ({ id, nic }: { id: string; nic: string }) =>
    `The profile “${id}” of ${nic} signs in by 802.1X, which a bridge’s port can’t do for the machines behind it`,
  'profile-type-not-wired-connection': ({ id, nic, type }: { id: string; nic: string; type: string }) =>
    `The profile “${id}” of ${nic} is of the type ${type}, not a wired connection, bond or VLAN`,
  'shares-computer-connection-with-others': ({ nic, id }: { nic: string; id: string }) =>
    `${nic} shares this computer’s connection with others (profile “${id}”); it doesn’t lead to a LAN`,
  'choose-network-card-leads': 'Choose the network card that leads to the LAN with --nic.',
  'profile-for-port-profile': ({ port, profile, nic }: { port: string; profile: string; nic: string }) =>
    `The profile “${port}” is for a port of the profile “${profile}”, not of the link ${nic}`,
  'let-name-link-try-again': ({ uuid, nic }: { uuid: string; nic: string }) =>
    `Let it name the link, and try again: nmcli connection modify ${uuid} master ${nic}`,
  'vpn-runs-over-networkmanager-end': ({ id, nic }: { id: string; nic: string }) =>
    `The VPN “${id}” runs over ${nic}, and NetworkManager would end it together with the card’s connection`,
  'disconnect-nmcli-connection-down-id': ({ id }: { id: string }) =>
    `Disconnect it (nmcli connection down id "${id}"), make the bridge, and connect it again.`,
  'set-hand-not-in-profile': 'it was set by hand and is not in the profile',
  'other-profiles-for-rest-meanwhile': ({ nic, rivals }: { nic: string; rivals: string }) =>
    `Other profiles for ${nic} rest meanwhile: ${rivals}.`,
  'highest-priority-too-profile-used': ({ id }: { id: string }) =>
    `“${id}” has the highest priority too; the profile used last wins at the next start.`,
  'networkmanager-attaches-ports-anew-network': ({ nic }: { nic: string }) =>
    `NetworkManager attaches the ports of ${nic} anew, so the network may be gone for a few seconds.`,
  'add-profile-for-bridge-ip': ({ bridge, id, mac }: { bridge: string; id: string; mac: string }) =>
    `Add a profile for the bridge ${bridge}: the IP settings of “${id}”, MAC ${mac}, no spanning tree`,
  'add-profile-makes-port': ({ nic }: { nic: string }) => `Add a profile that makes ${nic} its port`,
  'activate-both-stays-rests': ({ id }: { id: string }) => `Activate both; “${id}” stays as it is and rests`,
  'profile-activated-again-with-two': ({ id, bridge }: { id: string; bridge: string }) =>
    `The profile “${id}” is activated again, and ${bridge} with its two profiles is removed.`,
  'systemd-networkd-no-configuration-file': ({ nic }: { nic: string }) =>
    `systemd-networkd has no configuration file for ${nic}`,
  'configure-card-with-network-file': 'Configure the card with a .network file or netplan first.',
  'no-file-can-come': ({ path, nic }: { path: string; nic: string }) =>
    `No file can come before ${path}, which ${nic} has, in the order of names`,
  'give-file-name-begins': 'Give the file a name that begins with a higher number, and try again.',
  'cannot-go-along-to-bridge': ({ path, nic, obstacle }: { path: string; nic: string; obstacle: string }) =>
    `${path} of ${nic} has ${obstacle}, which can’t go along to a bridge`,
  'take-out-file-first-choose':
    'Take it out of the file first, choose another network card with --nic, or use NAT.',
  'set-hand': ({ path }: { path: string }) => `it was set by hand and is not in ${path}`,
  'add-bridge-with-mac-address': ({ bridge, nic }: { bridge: string; nic: string }) =>
    `Add the bridge ${bridge} with the MAC address of ${nic}, no spanning tree`,
  'give-network-settings-stays': ({ path }: { path: string }) =>
    `Give it the network settings of ${path}, which stays as it is`,
  'make-port': ({ nic }: { nic: string }) => `Make ${nic} its port`,
  'netplan-own-files-stay-bridge':
    'netplan’s own files stay as they are; the bridge’s files come before those that netplan makes of them.',
  'three-files-removed-own-file': ({ bridge, nic }: { bridge: string; nic: string }) =>
    `The three files and ${bridge} are removed, and ${nic} has its own file again.`,
  'policy-rule-goes-link': ({ priority, nic, why }: { priority: number; nic: string; why: string }) =>
    `The policy rule ${priority} goes by the link ${nic}; ${why}`,
  'let-go-addresses-instead': ({ family, priority }: { family: number; priority: number }) =>
    `Let it go by addresses instead, or remove it first (ip -${family} rule delete priority ${priority}) and add it for the bridge afterwards.`,
  'not-hold-for-bridge': 'it would not hold for the bridge',
  'from-router-but-no-known': ({ nic, ip }: { nic: string; ip: string }) =>
    `${nic} has ${ip} from a router, but no known network manager asks for it, so nobody would renew it on the bridge`,
  'let-networkmanager-systemd-networkd-netplan':
    'Let NetworkManager, systemd-networkd, netplan or ifupdown manage the card, or give it a fixed address.',
  'make-with-mac-address': ({ bridge, nic }: { bridge: string; nic: string }) =>
    `Make ${bridge} with the MAC address of ${nic}, no spanning tree`,
  'make-port-move-addresses-routes': ({ nic, bridge }: { nic: string; bridge: string }) =>
    `Make ${nic} its port, and move its addresses and routes to ${bridge}`,
  'addresses-routes-move-back': ({ nic, bridge }: { nic: string; bridge: string }) =>
    `Addresses and routes move back to ${nic}, and ${bridge} is removed; a restart does the same.`,
}
