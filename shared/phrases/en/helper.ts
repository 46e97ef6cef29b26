/** The root helper itself: its request, its files, its safety nets. */
export const helper = {
  'router-dhcp-did-not-answer': ({ link }: { link: string }) =>
    `The router’s DHCP did not answer over ${link}`,
  'profile-had-before-no-longer': ({ id, nic }: { id: string; nic: string }) =>
    `The profile “${id}” that ${nic} had before no longer exists`,
  'make-profile-for-activate-delete': ({ nic, bridge }: { nic: string; bridge: string }) =>
    `Make a profile for ${nic}, activate it, and delete patchbay-${bridge} and its port by hand.`,
  'networkmanager-knows-no-link': ({ link }: { link: string }) => `NetworkManager knows no link ${link}`,
  'another-program-changing-network-card':
    'Another program is changing this network card and may still take it back',
  'wait-until-ended-change':
    'Wait until it has ended; a change that is not confirmed is taken back by itself.',
  'networkmanager-could-not-activate': ({ what }: { what: string }) =>
    `NetworkManager could not activate “${what}”`,
  'did-not-get-addresses-back': ({ link }: { link: string }) => `${link} did not get its addresses back`,
  'kernel-did-not-make-port': ({ nic, bridge, reason }: { nic: string; bridge: string; reason: string }) =>
    `The kernel did not make ${nic} a port of ${bridge}: ${reason}`,
  'another-link-frames-such-container': ({ nic }: { nic: string }) =>
    `Another link has the frames of ${nic}, such as a container’s macvlan: stop what uses it, and try again.`,
  'request-not-utf-8': 'The request is not UTF-8',
  'caller-sent-line-makes': 'The caller sent a line that makes no sense',
  'asked-to-take-change-back': 'It was asked to take the change back',
  'caller-wanted-to-keep-change': 'The caller wanted to keep the change before it was asked',
  'request-longer-than-bytes': ({ most }: { most: number }) => `The request is longer than ${most} bytes`,
  'request-missing-standard-input-ended':
    'The request is missing: standard input ended before its first line',
  'caller-closed-end-before-change': 'The caller closed its end before the change was kept',
  'helper-stopped': ({ signal }: { signal: string }) => `The helper was stopped by ${signal}`,
  'no-request-arrived': 'No request arrived',
  'request-no-json': 'The request is no JSON',
  'not-folder-or-lies-behind': ({ path }: { path: string }) =>
    `${path} is not a folder, or lies behind a link that root did not make`,
  'find-out-who-made-patchbay': 'Find out who made it; Patchbay writes nothing there.',
  'not-folder-belongs-to-root': ({ path }: { path: string }) =>
    `${path} is not a folder that belongs to root alone`,
  'remove-try-again': 'Remove it, and try again.',
  'program-flock-not-installed': 'The program “flock” is not installed',
  'install-package-util-linux': 'Install the package util-linux.',
  'not-file-belongs-to-root': ({ folder, file }: { folder: string; file: string }) =>
    `${folder}/${file} is not a file that belongs to root alone`,
  'another-host-change-under-way': 'Another host change is under way',
  'wait-until-ended-takes': 'Wait until it has ended; it takes no longer than its armed time.',
  'free-some-space-or-install':
    'Free some space there, or install Node.js from your distribution (Debian, Ubuntu: sudo apt install nodejs), and try again.',
  'nothing-on-computer-could-take':
    'Nothing on this computer could take the change back if it were interrupted',
  'patchbay-needs-systemd-or-networkmanager':
    'Patchbay needs systemd or NetworkManager for that. Use NAT, or make the bridge by hand.',
  'helper-could-not-read-own': 'The helper could not read its own file when it was started',
  'try-again-if-does': 'Try again; if that doesn’t help, install Patchbay anew.',
  'belong-to-root-closed': 'Have it belong to root, and closed to everybody else’s writing.',
  'helper-changes-host-network-must': 'The helper changes the host’s network, so it must be started as root',
  'let-patchbay-start-asks': 'Let Patchbay start it: it asks for the password.',
  'helper-takes-exactly-verb': 'The helper takes exactly one verb',
  'one-of': ({ verbs }: { verbs: string }) => `One of: ${verbs}.`,
}
