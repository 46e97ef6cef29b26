/** Where a network card may be plugged in, and why not. */
export const targets = {
  'by-itself-on': ({ name, parent, kind }: { name: string; parent: string; kind: string }) =>
    `${name} is on ${parent} by ${kind} itself.`,
  'carries-hosts-uplink': ({ name }: { name: string }) =>
    `${name} carries the host’s own uplink: handing it through to a machine would cut the host off.`,
  'carries-hosts-address': ({ name, ip }: { name: string; ip: string }) =>
    `${name} carries the host’s own address ${ip}: handing it through to a machine would cut the host off.`,
  'carries-no-ethernet-frames-own': ({ name }: { name: string }) =>
    `${name} carries no Ethernet frames of its own, so no machine can be on it by macvtap.`,
  'use-nat-or-network-card': 'Use NAT, or a network card.',
  'name-network-card': 'Name a network card.',
  'use-macvtap-for-same-place': ({ parent, mode }: { parent: string; mode: string }) =>
    `Use macvtap:${parent}:${mode} for the same place.`,
  'handed-through-to-passthrough-shares': ({ link, name }: { link: string; name: string }) =>
    `${link} is handed through to ${name} (passthrough), which shares it with nobody.`,
  'move-first-or-choose-another': ({ name }: { name: string }) =>
    `Move ${name} first, or choose another link.`,
  'port-kernel-allows-no-macvtap': ({ name, master }: { name: string; master: string }) =>
    `${name} is a port of ${master}, and the kernel allows no macvtap on a port.`,
  'plug-machine-into-bridge-bridge': ({ master }: { master: string }) =>
    `Plug the machine into that bridge: bridge:${master}`,
  'use-macvtap-for-same-place-2': ({ master }: { master: string }) =>
    `Use macvtap:${master} for the same place.`,
  'use-macvtap-bridge-or-link': ({ name }: { name: string }) =>
    `Use macvtap:${name}:bridge, or a link that the host does not need.`,
  'on-already-passthrough-shares-link': ({ taken, name }: { taken: string; name: string }) =>
    `${taken} is on ${name} already, and passthrough shares a link with nobody.`,
  'use-macvtap-bridge-or-choose': ({ name }: { name: string }) =>
    `Use macvtap:${name}:bridge, or choose another link.`,
  'over-macvtap-host-machine-do':
    'Over macvtap this host and the machine do not reach each other: the kernel keeps them apart. A bridge (lan) has no such limit.',
  'over-macvtap-host-reaches-machine': ({ name }: { name: string }) =>
    `Over macvtap this host reaches the machine through ${name} only.`,
  'wi-fi-card-access-points': ({ name }: { name: string }) =>
    `${name} is a Wi-Fi card: access points accept one MAC for each station, so the machine will most likely reach nobody. NAT works there.`,
  'not-place-to-plug-machine': ({ text }: { text: string }) =>
    `“${text}” is not a place to plug a machine into.`,
  use: ({ forms }: { forms: string }) => `Use ${forms}.`,
  'bridge-leads-to-lan-cannot': ({ hostname }: { hostname: string }) =>
    `Which bridge of ${hostname} leads to its LAN can’t be seen from here.`,
  'name-bridge-for-instance-bridge': 'Name the bridge, for instance: bridge:br0',
  'no-bridge-to-lan-on-host': 'There is no bridge to the LAN on this host yet.',
  'host-no-uplink-connect': 'This host has no uplink: connect it to a network first.',
  'make-from-first': ({ nic }: { nic: string }) => `Make one from ${nic} first.`,
  'make-from-with-patchbay-bridge': ({ nic }: { nic: string }) =>
    `Make one from ${nic} with: patchbay bridge create`,
  'nat-network-not-started': ({ name }: { name: string }) => `The NAT network ${name} is not started.`,
  'no-nat-network': 'There is no NAT network.',
  'make-first': 'Make one first.',
  'make-with-patchbay-network-create': 'Make one with: patchbay network create NAME',
  'start-with-patchbay-network-start': ({ network }: { network: string }) =>
    `Start it with: patchbay network start ${network}`,
  'no-network-named': ({ network }: { network: string }) => `There is no network named ${network}.`,
  'network-no-port-group-named': ({ name, portGroup }: { name: string; portGroup: string }) =>
    `The network ${name} has no port group named ${portGroup}.`,
  'no-bridge-named': ({ bridge }: { bridge: string }) => `There is no bridge named ${bridge}.`,
  'no-network-card-named': ({ link }: { link: string }) => `There is no network card named ${link}.`,
  'can-chosen': ({ description }: { description: string }) => `“${description}” can't be chosen.`,
  'bridge-kernel-now-switch': ({ name, type }: { name: string; type: string }) =>
    `${name} is a bridge of the kernel now, and was one of a switch with virtual ports (${type}).`,
  'choose-network-to-plug': 'Choose a network to plug it into.',
  'say-where-to-plug-in-for-instance': ({ name }: { name: string }) =>
    `Say where to plug it in, for instance: bridge:${name}`,
  'not-bridge': ({ name }: { name: string }) => `${name} is not a bridge.`,
  'choose-bridge': 'Choose a bridge.',
  'see-patchbay-networks': 'See: patchbay networks',
  'see-with': ({ command }: { command: string }) => `See what there is with: ${command}`,
  'another-link': 'another link',
  'network-not-started': ({ network }: { network: string }) => `The network ${network} is not started.`,
}
