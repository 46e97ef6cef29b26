/** The plan of a bridge, and what of the host speaks against it. */
export const host = {
  'foreign-goes-along': ({ nic, names, bridge }: { nic: string; names: readonly string[]; bridge: string }) =>
    `No configuration of ${nic} has ${names.join(', ')}: that goes along to ${bridge}, and back with the undo, but only until the next restart.`,
  'the-default-route': 'the default route',
  'the-route-to': ({ to }: { to: string }) => `the route to ${to}`,
  'in-table': ({ route, table }: { route: string; table: string }) => `${route} in table ${table}`,
  'name-servers-are': ({ servers }: { servers: string }) => `name servers ${servers}`,
  'mac-is': ({ mac }: { mac: string }) => `MAC ${mac}`,
  'mac-unknown': 'MAC unknown',
  'bridge-with-port': ({ nic }: { nic: string }) => `bridge, port ${nic}`,
  'role-port-of': ({ role, bridge }: { role: string; bridge: string }) => `${role}, port of ${bridge}`,
  'no-own-address': 'no address of its own',
  'role-bond': 'bond',
  'role-vlan-on': ({ parent }: { parent: string }) => `VLAN on ${parent}`,
  'role-network-card': 'network card',
  'address-from-router': ({ address }: { address: string }) => `${address} from the router`,
  'address-fixed': ({ address }: { address: string }) => `${address} fixed`,
  'default-route-via': ({ via }: { via: string }) => `default route via ${via}`,
  'default-route': 'default route',
  'route-to-via': ({ to, via }: { to: string; via: string }) => `route to ${to} via ${via}`,
  'route-to': ({ to }: { to: string }) => `route to ${to}`,
  'wifi-passes-own-frames': ({ what }: { what: string }) =>
    `${what}: an access point passes only frames with the card’s own MAC address, so it can’t be a port of a bridge`,
  'bond-rewrites': ({ bond, mode }: { bond: string; mode: string }) =>
    `The bond ${bond} has the mode ${mode}, which changes MAC addresses in what machines send`,
  'bond-below-rewrites': ({ bond, nic, mode }: { bond: string; nic: string; mode: string }) =>
    `The bond ${bond} below ${nic} has the mode ${mode}, which changes MAC addresses in what machines send`,
  'is-port-of': ({ nic, master }: { nic: string; master: string }) => `${nic} is a port of ${master}`,
  'profile-named': ({ id }: { id: string }) => `the profile “${id}”`,
  'if-anything-fails-or-computer':
    'If anything fails, or the computer loses power, everything is as before by itself.',
  'takes-over-mac-address-router': ({ bridge, nic }: { bridge: string; nic: string }) =>
    `${bridge} takes over the MAC address of ${nic}, so the router gives it the same address.`,
  'does-not-carry-default-route': ({ nic }: { nic: string }) => `${nic} doesn’t carry the default route.`,
  'connected-over-network-confirm-change':
    'You are connected over the network: confirm the change in time, or it is taken back.',
  'on-work-before-carry-does': ({ names, nic, bridge }: { names: string; nic: string; bridge: string }) =>
    `${names} on ${nic} work as before; what they carry does not come to ${bridge}.`,
  'may-to-connect-again': ({ vpn }: { vpn: string }) => `${vpn} may have to connect again.`,
  'no-network-manager-bridge-lasts': ({ nic }: { nic: string }) =>
    `No network manager has ${nic}, so the bridge lasts until the computer is restarted; make it again then.`,
  'wi-fi-card': ({ nic }: { nic: string }) => `${nic} is a Wi-Fi card`,
  'sends-through-wi-fi-card': ({ nic, name }: { nic: string; name: string }) =>
    `${nic} sends through the Wi-Fi card ${name}`,
  'use-nat-or-plug': 'Use NAT, or plug in a network cable.',
  'give-mode-active-backup-balance': 'Give it the mode active-backup, balance-xor or 802.3ad, or use NAT.',
  'stop-uses-macvtap-or-macvlan': 'Stop what uses macvtap or macvlan on this card first, or keep using it.',
  'carries-kernel-lets-card-either': ({ nic, taker }: { nic: string; taker: string }) =>
    `${nic} carries ${taker}; the kernel lets a card be either a port of a bridge or below a macvlan`,
  'link-with-mac-address': ({ mac }: { mac: string }) =>
    `a link with the MAC address ${mac} in another network namespace, such as a container’s macvlan`,
  'stop-container-first-or-keep': ({ mac, nic }: { mac: string; nic: string }) =>
    `Stop the container first, or keep using it. An address that was set by hand is removed so: bridge fdb delete ${mac} dev ${nic} self`,
  'sends-through-itself-no-address': ({ above, nic }: { above: string; nic: string }) =>
    `${above} sends through ${nic} itself, which will have no address of its own`,
  'take-tunnel-down-make-bridge':
    'Take the tunnel down, make the bridge, and set the tunnel up through the bridge.',
  'wpa-supplicant-signs-in-802': ({ nic }: { nic: string }) =>
    `wpa_supplicant signs ${nic} in by 802.1X, which a bridge’s port can’t do for the machines behind it`,
  'use-nat-machines-then-go': 'Use NAT: the machines then go out under this computer’s sign-in.',
  'firewalld-in-zone-but': ({
    nic,
    present,
    bridge,
    coming,
  }: {
    nic: string
    present: string
    bridge: string
    coming: string
  }) => `firewalld has ${nic} in the zone “${present}”, but would have ${bridge} in “${coming}”`,
  'give-bridge-zone-beforehand-firewall': ({ present, bridge }: { present: string; bridge: string }) =>
    `Give the bridge its zone beforehand: firewall-cmd --permanent --zone=${present} --change-interface=${bridge} && firewall-cmd --reload`,
  'cannot-name-link': ({ bad }: { bad: string }) => `“${bad}” can’t be the name of a link`,
  'name-starts-with-letter':
    'A name starts with a letter and has at most 15 letters, digits, dots, dashes or underscores.',
  'bridge-with-network-card-already': ({ existing, nic }: { existing: string; nic: string }) =>
    `The bridge ${existing} with the network card ${nic} is already there`,
  'plug-machines': 'Plug machines into it.',
  'plug-machines-into-patchbay-connect': ({ existing }: { existing: string }) =>
    `Plug machines into it: patchbay connect MACHINE bridge:${existing}`,
  'no-network-card-3': ({ nic }: { nic: string }) => `There is no network card “${nic}”`,
  'there-is': ({ cards }: { cards: string }) => `There is: ${cards}.`,
  'computer-no-wired-network-card': 'This computer has no wired network card.',
  'dial-up-connection': 'a dial-up connection',
  'vpn-or-tunnel': 'a VPN or tunnel',
  'default-route-goes-through': ({ nic, what }: { nic: string; what: string }) =>
    `The default route goes through ${nic}, ${what}, which has no LAN to be bridged to`,
  'disconnect-make-bridge-from-network':
    'Disconnect it, make the bridge from the network card, and connect it again; or use NAT.',
  'take-out-first-or-choose': ({ nic, master }: { nic: string; master: string }) =>
    `Take ${nic} out of ${master} first, or choose another network card with --nic.`,
  'no-network-card-bond': ({ nic, kind }: { nic: string; kind: string }) =>
    `${nic} is no network card, bond or VLAN but a link of kind ${kind}, which can’t be made a port`,
  'choose-wired-network-card': 'Choose a wired network card with --nic, or use NAT.',
  'no-carrier-no-cable': ({ nic }: { nic: string }) =>
    `${nic} has no carrier: no cable, or the other side is off`,
  'plug-in-cable-or-choose': 'Plug in the cable, or choose another network card with --nic.',
  'link-kind': ({ kind }: { kind: string }) => `a link of kind ${kind}`,
  'name-taken': ({ bridge, holder }: { bridge: string; holder: string }) =>
    `The name ${bridge} is taken by ${holder}`,
  'give-bridge-another-name-name': ({ free }: { free: string }) =>
    `Give the bridge another name: --name ${free}`,
  'several-network-cards-uplink': ({ links }: { links: string }) =>
    `Several network cards are the uplink to the same degree: ${links}`,
  'choose-leads-to-lan-nic': ({ link }: { link: string }) =>
    `Choose the one that leads to the LAN: --nic ${link}`,
  'computer-no-uplink-no-network': 'This computer has no uplink: no network card carries a default route',
  'connect-to-network-first-then': 'Connect it to the network first; then the bridge keeps that connection.',
}
