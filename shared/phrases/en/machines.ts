/** Switching a network card: steps, and why it stays. */
export const machines = {
  'has-vlan': ({ vlan, where }: { vlan: string; where: string }) =>
    `This network card has VLAN ${vlan}, which libvirt cannot set ${where}: the machine would not start any more.`,
  'is-isolated': ({ where }: { where: string }) =>
    `This network card is isolated from the others on its bridge, and libvirt isolates nobody ${where}.`,
  there: 'there',
  'switched-and-rest': ({ message, why }: { message: string; why: string }) =>
    `${message} Putting the network card back failed too: ${why}`,
  'plugged-in-both': 'running machine and saved definition',
  'mtu-comes-back': ({ places, mtu }: { places: string; mtu: string }) =>
    `${places}; its MTU of ${mtu} comes back when it leaves macvtap`,
  'not-within': ({ machine, seconds }: { machine: string; seconds: number }) =>
    `The guest of “${machine}” did not let go of this network card within ${seconds} s, so it stays where it is.`,
  'resume-first': ({ name }: { name: string }) => `Resume it first (virsh resume ${name}).`,
  'should-guest-let-go': 'Should the guest let go later, this command plugs the card in again.',
  'or-else': ({ hint }: { hint: string }) => `Or: ${hint}`,
  'pull-for-seconds': ({ seconds }: { seconds: number }) => `Pull the cable for ${seconds} seconds`,
  'plugged-in-where-it-was': 'The network card is plugged in as before.',
  'use-bridge-leads-to-vlan':
    'Use a bridge that leads to that VLAN, or an Open vSwitch network; or take <vlan> out first (virsh edit).',
  'use-open-vswitch-network': 'Use an Open vSwitch network, or take <vlan> out first (virsh edit).',
  'use-macvtap-in-private-mode':
    'Use macvtap in private mode after taking <port isolated> out (virsh edit), or stay on a bridge.',
  'take-port-isolated-out-first':
    'Take <port isolated> out first (virsh edit), or stay on a bridge of the kernel.',
  'network-card-filter-libvirt-filters': ({ filter }: { filter: string }) =>
    `This network card has the filter ${filter}, and libvirt filters nothing on macvtap: the machine would be unprotected.`,
  'use-bridge-gives-same-place':
    'Use a bridge, which gives the same place in the LAN; or take <filterref> out first (virsh edit).',
  'on-linux-bridge': 'on a Linux bridge',
  'on-open-vswitch': 'on Open vSwitch',
  'on-macvtap': 'on macvtap',
  'network-card-failover-pair-guest': ({ partner }: { partner: string }) =>
    `This network card and ${partner} are a failover pair, which the guest takes for one card: both must lead to the same network.`,
  'unplug-card-virsh-detach-device': ({ partner }: { partner: string }) =>
    `Unplug this card (virsh detach-device), and switch ${partner}, which carries on alone.`,
  'unplug-first-virsh-detach-device': ({ partner }: { partner: string }) =>
    `Unplug ${partner} first (virsh detach-device), then switch this card, which carries on alone meanwhile.`,
  'another-one': 'another one',
  'packets-leave-through-process-machine':
    'its packets leave through a process of the machine’s own, without a network or bridge of the host',
  'guest-drives-device-with-driver': 'the guest drives that device with a driver of its own',
  'packets-pass-host-kernel': 'its packets pass the host’s kernel by, so no bridge can get them',
  'whoever-made-interface-decides-where': 'whoever made that interface decides where it leads',
  'leads-to-other-machines-directly':
    'it leads to other machines directly, and only they know where the other end is',
  'vmware-plugs-in-host': 'VMware plugs it in, and the host has no part in it',
  'meant-to-lead-nowhere': 'it is meant to lead nowhere',
  'definition-does-not-say-where': 'its definition does not say where it is plugged in',
  'patchbay-does-not-know-type': 'Patchbay does not know this type',
  'machine-network-cards-with-mac': ({ count, mac }: { count: number; mac: string }) =>
    `This machine has ${count} network cards with the MAC ${mac}, so it is not clear which one to switch.`,
  'give-different-macs-first-virsh':
    'Give them different MACs first (virsh edit), then start the machine again.',
  'user-networking-passt': 'user networking (passt)',
  'user-networking': 'user networking',
  'no-network-at-all': 'no network at all',
  'without-name': ({ type }: { type: string }) => `a ${type} without a name`,
  'macvtap-without-host-link': 'macvtap without a host link',
  'host-usb-device': ({ usb }: { usb: string }) => `host USB device ${usb}`,
  'not-seen-yet': 'not seen yet',
  'guest-let-go-network-card': 'Have the guest let go of the network card',
  'plug-in': 'Plug in',
  'bring-link-up-again': 'Bring the link up again',
  'wait-for-address': 'Wait for an address',
  'wait-for-address-once-more': 'Wait for an address once more',
  'libvirt-cannot-make-change-while': 'libvirt cannot make this change while the machine runs.',
  'start-machine-first': 'Start the machine first.',
  'cable-cut-own-setting-link': ({ name }: { name: string }) =>
    `The cable of ${name} is cut by its own setting (<link state='down'>), and stays so.`,
  'cable-could-not-put': ({ name, message }: { name: string; message: string }) =>
    `The cable of ${name} could not be put in again: ${message}`,
  'put-in-with-patchbay-connect': ({ name }: { name: string }) =>
    `Put it in with: patchbay connect ${name} --replug`,
  'network-card-no-cable-now': ({ mac, name }: { mac: string; name: string }) =>
    `The network card ${mac} of ${name} has no cable now that could be pulled.`,
  'see-where-plugged': 'See where it is plugged in with: patchbay machines',
  'switch-for-next-start': 'Switch it for its next start (--no-live), then restart the machine.',
  'machine-no-network-card': ({ machine, mac }: { machine: string; mac: string }) =>
    `The machine “${machine}” has no network card with the MAC ${mac}.`,
  'list-network-cards-with-patchbay': 'List the network cards with: patchbay machines',
  'nothing-network-card-saved-nothing': ({ machine }: { machine: string }) =>
    `Nothing of this network card of “${machine}” is saved, so nothing can be set for the next start.`,
  'switch-running-machine-instead': 'Switch the running machine instead.',
  'network-card-uses-patchbay-shows': ({ description, why }: { description: string; why: string }) =>
    `This network card uses ${description}, which Patchbay shows but does not switch: ${why}.`,
  'change-in-machine-own-settings':
    'Change it in the machine’s own settings first (virt-manager, virsh edit).',
  'nothing-to-plug': ({ description }: { description: string }) =>
    `“${description}” is nothing to plug into.`,
  'network-not-running': ({ name }: { name: string }) => `The network “${name}” is not running.`,
  'start-first': 'Start it first.',
  'start-first-patchbay-network-start': ({ name }: { name: string }) =>
    `Start it first: patchbay network start ${name}`,
  'network-gives-each-machine-device': ({ name }: { name: string }) =>
    `The network “${name}” gives each machine a device of the host, which libvirt cannot do while the machine runs.`,
  'for-switch-guest-to-let': ({ name }: { name: string }) =>
    `For this switch the guest has to let go of its network card, and “${name}” is paused.`,
  'see-where-plugged-in-plug': 'See where it is plugged in, and plug it in again.',
  'see-where-plugged-in-with-patchbay':
    'See where it is plugged in with “patchbay machines”, and plug it in again.',
  'guest-refuses-to-let-go': ({ machine }: { machine: string }) =>
    `The guest of “${machine}” refuses to let go of this network card, so it stays where it is.`,
  'stopped-while-network-card-being': ({ machine }: { machine: string }) =>
    `“${machine}” stopped while its network card was being unplugged.`,
  'saved-definition-before-switch':
    'Its saved definition is as before; switch it there, or start the machine again.',
  'running-machine': 'running machine',
  'saved-definition': 'saved definition',
  'plugged-in-there-already': 'plugged in there already',
  'named-place': ({ noun, name }: { noun: string; name: string }) => `${noun} ${name}`,
  'noun-host-interface': 'host interface',
  'noun-internal-network': 'internal network',
  'noun-multicast-group': 'multicast group',
  'noun-udp-tunnel-to': 'UDP tunnel to',
  'noun-tcp-tunnel-to': 'TCP tunnel to',
  'noun-tcp-tunnel-at': 'TCP tunnel at',
  'noun-vmware-switch': 'VMware switch',
  'host-device': 'host device',
}
