/** Titles, steps and endings of operations, and why they are refused. */
export const operations = {
  'fix-of': ({ problem }: { problem: string }) => `Fix: ${problem}`,
  'undo-of': ({ changes }: { changes: string }) => `Undo: ${changes}`,
  'done-these': ({ changes }: { changes: string }) => `Done: ${changes}.`,
  'patchbay-cannot-fix': ({ problem }: { problem: string }) => `${problem} Patchbay can’t fix that.`,
  'for-one-bridge': ({ bridge, step }: { bridge: string; step: string }) => `${bridge}: ${step}`,
  'moved-so-many': ({ count }: { count: number }) => `${count} moved`,
  'running-one': ({ name }: { name: string }) => `${name} (running)`,
  'seen-ago': ({ count, unit }: { count: number; unit: 'days' | 'h' | 'min' | 's' }) =>
    `seen ${count} ${unit} ago`,
  'seen-just-now': 'seen just now',
  'leased-from-libvirt': ({ ip }: { ip: string }) => `Its address is ${ip}, leased from libvirt`,
  'guest-agent-says': ({ ip }: { ip: string }) => `Its address is ${ip}, as its guest agent says`,
  'where-it-answers': ({ ip }: { ip: string }) => `Its address is ${ip}, where it answers`,
  'address-and-age': ({ address, age }: { address: string; age: string }) => `${address}, ${age}.`,
  'no-address-seen':
    'No address of it was seen there: it may have a fixed one, need longer, or have missed that its cable was pulled.',
  'the-network': ({ network }: { network: string }) => `the network ${network}`,
  'the-lan': ({ bridge }: { bridge: string }) => `the LAN (${bridge})`,
  'the-bridge': ({ bridge }: { bridge: string }) => `the bridge ${bridge}`,
  'by-macvtap': ({ link, mode }: { link: string; mode: string }) => `${link} by macvtap (${mode})`,
  'part-of-place': ({ place, part }: { place: string; part: string }) => `${place} (${part})`,
  'network-in-force': ({ name, now }: { name: string; now: string }) =>
    `The network ${name} is changed, in force now: ${now}.`,
  'network-from-next-start': ({ name, later }: { name: string; later: string }) =>
    `The network ${name} is changed, from its next start: ${later}.`,
  'network-in-force-and-later': ({ name, now, later }: { name: string; now: string; later: string }) =>
    `The network ${name} is changed, in force now: ${now}, and from its next start: ${later}.`,
  'network-created-and-started': ({ name, what }: { name: string; what: string }) =>
    `The network ${name} is created and started: ${what}.`,
  'network-created': ({ name, what }: { name: string; what: string }) =>
    `The network ${name} is created: ${what}.`,
  'check-finds-nothing': ({ check }: { check: string }) => `The check ${check} finds nothing now.`,
  'check-finds-nothing-about': ({ check, subject }: { check: string; subject: string }) =>
    `The check ${check} finds nothing about ${subject} now.`,
  'fixed-nothing-for': ({ check }: { check: string }) => `Patchbay has fixed nothing for the check ${check}.`,
  'fixed-nothing-about': ({ check, subject }: { check: string; subject: string }) =>
    `Patchbay has fixed nothing about ${subject} for the check ${check}.`,
  'is-on': ({ name, place }: { name: string; place: string }) => `${name} is on ${place}.`,
  'is-already-on': ({ name, place }: { name: string; place: string }) => `${name} is already on ${place}.`,
  'cable-in-again': ({ name }: { name: string }) => `The cable of ${name} was pulled, and is in again.`,
  'full-stop': ({ text }: { text: string }) => `${text}.`,
  'network-with-addresses': ({
    kind,
    bridge,
    addresses,
    dhcp,
  }: {
    kind: string
    bridge: string
    addresses: string
    dhcp: string
  }) => `${kind} on ${bridge}, ${addresses}, DHCP ${dhcp}`,
  'network-is-used-by': ({ network, names }: { network: string; names: string }) =>
    `The network ${network} is used by ${names}.`,
  'change-computer-with-password': 'Change this computer, with your password',
  'no-ipv4-address': ({ text }: { text: string }) => `“${text}” is no IPv4 address.`,
  'four-numbers-with-dots-such': 'One is four numbers with dots, such as 192.168.1.60.',
  'patchbay-added-nothing-with-id': ({ id }: { id: string }) =>
    `Patchbay has added nothing with the id ${id}.`,
  'no-longer': ({ what }: { what: string }) => `No longer: ${what}`,
  'port-computer-leads': ({
    protocol,
    hostPort,
    machine,
    machinePort,
  }: {
    protocol: string
    hostPort: number
    machine: string
    machinePort: number
  }) => `${protocol} port ${hostPort} of this computer leads to ${machine}:${machinePort}`,
  'computer-reach-each-other': ({ machines }: { machines: string }) =>
    `This computer and ${machines} reach each other`,
  'the-addition': ({ kind }: { kind: string }) => `The addition “${kind}”`,
  'change-network': ({ name }: { name: string }) => `Change the network ${name}`,
  'network-way-already': ({ name }: { name: string }) => `The network ${name} is that way already.`,
  'helper-did-not-list-added': 'The helper did not list what it has added.',
  'about-computer-patchbay-runs': ({ name }: { name: string }) =>
    `That is about the computer that Patchbay runs on, and the machines of ${name} are on another.`,
  'run-patchbay-over': 'Run Patchbay over there.',
  'run-patchbay-over-for-computer':
    'Run Patchbay over there; for this computer add --connect qemu:///system.',
  'start-network': ({ name }: { name: string }) => `Start the network ${name}`,
  'network-started-2': ({ name }: { name: string }) => `The network ${name} is started.`,
  'stop-network': ({ name }: { name: string }) => `Stop the network ${name}`,
  'start-network-with-host': ({ name }: { name: string }) => `Start the network ${name} with the host`,
  'network-starts-with-host': ({ name }: { name: string }) => `The network ${name} starts with the host.`,
  'no-longer-start-network': ({ name }: { name: string }) =>
    `No longer start the network ${name} with the host`,
  'network-no-longer-starts-with-host': ({ name }: { name: string }) =>
    `The network ${name} no longer starts with the host.`,
  'network-in-use': ({ name, names }: { name: string; names: string }) =>
    `The network ${name} is in use by ${names}.`,
  'shut-down-or-moved': 'Shut them down, or have them moved to another network first.',
  'shut-down-or-moved-first': ({ name }: { name: string }) =>
    `Shut down, or have them moved first: patchbay network stop ${name} --move-to lan`,
  'no-such-operation-or-ended': 'There is no such operation, or it ended long ago.',
  'sent-from-computer-tells-nothing': 'What is sent from this computer tells nothing of machines on another.',
  'run-patchbay-over-or-leave': 'Run Patchbay over there, or leave out --probe.',
  'network-restarted-2': ({ name }: { name: string }) => `The network ${name} is restarted.`,
  'runs-before': 'runs as before',
  'restart-network': ({ name }: { name: string }) => `Restart the network ${name}`,
  'plug-in-again': ({ loose }: { loose: string }) => `Plug in again: ${loose}`,
  'network-no-saved-definition-gone': ({ name }: { name: string }) =>
    `The network ${name} has no saved definition, and would be gone when it is stopped.`,
  'save-first-virsh-net-dumpxml': ({ name }: { name: string }) =>
    `Save it first: virsh net-dumpxml ${name} > net.xml && virsh net-define net.xml`,
  'network-runs-but-could': ({ network, failed }: { network: string; failed: string }) =>
    `The network ${network} runs, but ${failed} could not be plugged in again.`,
  'plug-in-elsewhere-back': 'Plug them in elsewhere and back, or restart them.',
  'connection-to-libvirt-not-yet': 'The connection to libvirt is not there yet.',
  'try-again': 'Try again.',
  'pull-cable-put-in-again': ({ name }: { name: string }) => `Pull the cable of ${name} and put it in again`,
  'move-to-2': ({ name, place }: { name: string; place: string }) => `Move ${name} to ${place}`,
  'network-card-just-being-switched': ({ title }: { title: string }) =>
    `This network card is just being switched: ${title}.`,
  'wait-second-try-again': 'Wait a second, and try again.',
  'named-twice': ({ name }: { name: string }) => `${name} is named twice.`,
  'name-each-machine-once': 'Name each machine once.',
  'no-saved-definition-can-only': ({ name }: { name: string }) =>
    `${name} has no saved definition, so it can only be switched while it runs.`,
  'leave-out-no-live': 'Leave out --no-live.',
  'network-card-plugged-in-nowhere': ({ mac, name }: { mac: string; name: string }) =>
    `The network card ${mac} of ${name} is plugged in nowhere.`,
  'see-patchbay-machines': 'See: patchbay machines',
  'things-patchbay-could-not-bring': ({ message }: { message: string }) =>
    `As things are, Patchbay could not bring it back afterwards (--undo): ${message}`,
  'network-card-not-plugged': ({ mac, name }: { mac: string; name: string }) =>
    `The network card ${mac} of ${name} is not plugged in now, so there is no cable to pull.`,
  'start-machine-first-guest-asks': 'Start the machine first: its guest asks for an address by itself then.',
  'cable-cut-own-setting-stays': ({ name }: { name: string }) =>
    `The cable of ${name} is cut by its own setting, and stays so.`,
  'put-in-first-virsh-domif': ({ name, mac }: { name: string; mac: string }) =>
    `Put it in first: virsh domif-setlink ${name} ${mac} up`,
  'patchbay-not-switched-network-card': ({ mac, name }: { mac: string; name: string }) =>
    `Patchbay has not switched the network card ${mac} of ${name}, so there is nothing to undo.`,
  'say-where-to-plug': 'Say where to plug it in.',
  'say-where-to-plug-in-patchbay': ({ name }: { name: string }) =>
    `Say where to plug it in: patchbay connect ${name} TO`,
  'on-from-next-start': ({ name, place }: { name: string; place: string }) =>
    `${name} will be on ${place} from its next start.`,
  'on-when-starts': ({ name, place }: { name: string; place: string }) =>
    `${name} will be on ${place} when it starts.`,
  'create-network': ({ name }: { name: string }) => `Create the network ${name}`,
  on: ({ kind, bridge }: { kind: string; bridge: string }) => `${kind} on ${bridge}`,
  'bridged-by': ({ bridge }: { bridge: string }) => `bridged by ${bridge}`,
  'macvtap-on-mode': ({ links, mode }: { links: string; mode: string }) =>
    `macvtap on ${links}, mode ${mode}`,
  'delete-network': ({ name }: { name: string }) => `Delete the network ${name}`,
  move: ({ names }: { names: string }) => `Move ${names}`,
  'network-deleted': ({ name }: { name: string }) => `The network ${name} is deleted.`,
  'machines-cannot-moved-to-network': ({ name }: { name: string }) =>
    `Machines can’t be moved to ${name}: that is the network to be deleted.`,
  'name-another-for-instance-lan': 'Name another one, for instance lan.',
  'moved-first-patchbay-network-delete': ({ network }: { network: string }) =>
    `Have them moved first: patchbay network delete ${network} --move-to nat`,
  'others-moved': ({ message }: { message: string }) => `Others were moved. ${message}`,
  'no-saved-definition': ({ name }: { name: string }) => `${name} has no saved definition.`,
  'network-changed-again-since': ({ network }: { network: string }) =>
    `The network ${network} was changed again since, so it is not put back.`,
  'change-want': 'Change it as you want it.',
  'change-want-patchbay-network-change': ({ network }: { network: string }) =>
    `Change it as you want it: patchbay network change ${network} --help`,
  'it-is-as-it-was': 'It is as it was before.',
  'make-change': 'Make the change',
  'take-change-back': 'Take the change back',
  'look-again': 'Look again.',
  'see-patchbay-doctor': 'See: patchbay doctor',
  'check-about-several-things': ({ check, fitting }: { check: string; fitting: string }) =>
    `The check ${check} is about several things: ${fitting}.`,
  'choose-one-of-them': 'Choose one of them.',
  'say-with-subject': 'Say which one, with: --subject',
  'no-machine-named': ({ nameOrId }: { nameOrId: string }) => `There is no machine named ${nameOrId}.`,
  'see-with-patchbay-machines': 'See what there is with: patchbay machines',
  'no-network-card': ({ name }: { name: string }) => `${name} has no network card.`,
  'give-in-usual-tool-first': 'Give it one in your usual tool first.',
  'give-for-instance-with-virsh': ({ name }: { name: string }) =>
    `Give it one, for instance with: virsh attach-interface ${name} network default --config`,
  'network-cards-say': ({ name, count }: { name: string; count: number }) =>
    `${name} has ${count} network cards: say which one.`,
  'add-nic': ({ macs }: { macs: string }) => `Add --nic with one of ${macs}`,
  'no-network-card-2': ({ name, mac }: { name: string; mac: string }) =>
    `${name} has no network card ${mac}.`,
  'it-has': ({ macs }: { macs: string }) => `It has ${macs}.`,
  'libvirt-no-network-named': ({ name }: { name: string }) => `libvirt has no network named ${name}.`,
  'see-with-patchbay-networks': 'See what there is with: patchbay networks',
  'not-on-nat-network-runs': ({ machine }: { machine: string }) =>
    `${machine} is not on a NAT network that runs.`,
  'machine-on-lan-reached-directly': 'A machine on the LAN is reached directly.',
  'machine-on-lan-reached-directly-see':
    'A machine on the LAN is reached directly. See addresses with: patchbay machines',
  'names-no-port': ({ whole }: { whole: string }) => `“${whole}” names no port.`,
  'port-number-from-1': 'A port is a number from 1 to 65535, such as 8080, 8080/tcp or 53/udp.',
}
