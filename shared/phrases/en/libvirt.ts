/** Why libvirt can’t be reached, or what it refuses. */
export const libvirt = {
  'libvirt-said': ({ said }: { said: string }) => `libvirt: ${said}`,
  'no-machine-called': ({ name }: { name: string }) => `There is no machine called “${name}” in libvirt.`,
  'no-network-called': ({ name }: { name: string }) => `There is no network called “${name}” in libvirt.`,
  'list-with': ({ command }: { command: string }) => `List what there is with: ${command}`,
  'libvirt-daemon-asks-for-user':
    'This libvirt daemon asks for a user name and password (SASL), which Patchbay does not support.',
  'set-auth-unix-rw-polkit':
    'Set auth_unix_rw = "polkit" in /etc/libvirt/libvirtd.conf and restart libvirtd.',
  'libvirt-did-not-answer': 'libvirt did not answer in time.',
  'daemon-may-busy-or-hang':
    'The daemon may be busy or hang; look at its log (journalctl -u libvirtd) and try again.',
  'connection-to-libvirt-closed': 'The connection to libvirt was closed.',
  'libvirt-answered-something-not-asked': 'libvirt answered something that was not asked.',
  'check-socket-belongs-to-libvirt':
    'Check that the socket belongs to a libvirt daemon, and restart that daemon.',
  'root-no-libvirt-session-qemu': 'root has no libvirt session: qemu:///session is an ordinary user’s own.',
  'use-qemu-system': 'Use qemu:///system.',
  'add-yourself-to-group-libvirt':
    'Add yourself to the group libvirt (sudo usermod -aG libvirt "$USER"), then log out and in again.',
  'no-reason-given': 'no reason given',
  'libvirt-does-not-let-do': ({ said }: { said: string }) => `libvirt does not let you do that: ${said}`,
  'libvirt-lost-connection-to-hypervisor': 'libvirt lost its connection to the hypervisor.',
  'attempt-to-connect-to-libvirt': 'The attempt to connect to libvirt was given up.',
  'libvirt-runs-without-network-daemon': 'libvirt runs without its network daemon.',
  'start-sudo-systemctl-start-virtnetworkd':
    'Start it: sudo systemctl start virtnetworkd.socket (package libvirt-daemon-driver-network).',
  'libvirt-sent-packet-impossible-length': 'libvirt sent a packet of an impossible length.',
  'no-libvirt-daemon-on-computer':
    'There is no libvirt daemon on this computer that could serve your session.',
  'install-debian-ubuntu-libvirt-daemon':
    'Install one (Debian, Ubuntu: libvirt-daemon; Fedora: libvirt-daemon-driver-qemu).',
  'session-libvirt-daemon-does': 'Your session’s libvirt daemon does not start.',
  'start-hand-to-see-why': ({ daemon }: { daemon: string }) =>
    `Start it by hand to see why: ${daemon} --timeout=120`,
  'may-not-use-libvirt': ({ host }: { host: string }) => `You may not use libvirt on ${host} yet.`,
  'add-user-to-group-libvirt': ({ user }: { user: string }) =>
    `Add your user there to the group libvirt: sudo usermod -aG libvirt ${user}`,
  'ssh-could-not-started': 'ssh could not be started.',
  'install-debian-ubuntu-openssh-client': 'Install it (Debian, Ubuntu: openssh-client).',
  'shows-another-key-than-ssh': ({ host }: { host: string }) =>
    `${host} shows another key than the one that ssh knows of it.`,
  'if-know-why-forget-old': ({ host, byHand }: { host: string; byHand: string }) =>
    `If you know why, forget the old one with “ssh-keygen -R ${host}” and log in once in a terminal: ${byHand}`,
  'ssh-does-not-know-yet': ({ host }: { host: string }) => `ssh does not know ${host} yet.`,
  'log-in-once-in-terminal': ({ byHand }: { byHand: string }) =>
    `Log in once in a terminal and compare its key: ${byHand}`,
  'does-not-let': ({ host }: { host: string }) => `${host} does not let you in.`,
  'key-ssh-copy-id': ({ byHand }: { byHand: string }) =>
    `Have a key there (ssh-copy-id) and in your agent (ssh-add), until this asks for nothing: ${byHand}`,
  'ssh-no-connection': ({ host }: { host: string }) => `ssh has no connection to ${host}.`,
  'see-whether-can-log': ({ byHand }: { byHand: string }) => `See whether you can log in by hand: ${byHand}`,
  'no-program-leads-ssh': ({ host }: { host: string }) => `${host} has no program that leads ssh to libvirt.`,
  'install-libvirt-daemon-brings-virt':
    'Install libvirt’s daemon there, which brings virt-ssh-helper, or netcat-openbsd.',
  'no-libvirt-daemon-answers': ({ host }: { host: string }) => `No libvirt daemon answers on ${host}.`,
  'start-sudo-systemctl-start-libvirtd':
    'Start it there: sudo systemctl start libvirtd, or virtqemud.socket and virtnetworkd.socket.',
  'connection-to-libvirt-on-lost': ({ host }: { host: string }) =>
    `The connection to libvirt on ${host} was lost.`,
  'see-whether-libvirt-still-runs': ({ ssh }: { ssh: string }) =>
    `See whether libvirt still runs there: ${ssh} virsh list`,
  'may-not-use-libvirt-on-computer': 'You may not use libvirt on this computer yet.',
  'no-libvirt-daemon-answers-on-computer': 'No libvirt daemon answers on this computer.',
  'connection-to-libvirt-lost': 'The connection to libvirt was lost.',
  'start-sudo-systemctl-start-virtqemud':
    'Start it: sudo systemctl start virtqemud.socket virtnetworkd.socket.',
  'start-sudo-systemctl-start-libvirtd-if':
    'Start it: sudo systemctl start libvirtd. If libvirt is not installed yet, install it first (libvirt-daemon-system).',
  'start-for-example-with-virsh': 'Start it, for example with: virsh -c qemu:///session list.',
  'use-qemu-system-qemu-session': 'Use qemu:///system, qemu:///session or qemu+ssh://user@host/system.',
  'no-libvirt-uri': ({ text }: { text: string }) => `“${text}” is no libvirt URI.`,
  'patchbay-works-with-qemu-kvm': 'Patchbay works with QEMU/KVM machines only.',
  'names-two-transports': ({ scheme }: { scheme: string }) => `“${scheme}” names two transports`,
  'libvirt-uris-none': 'libvirt URIs have none',
  'unix-socket-on-computer': ({ authority }: { authority: string }) =>
    `a Unix socket is on this computer; for “${authority}” use qemu+ssh://`,
  'neither-system-nor-session': ({ path }: { path: string }) => `“${path}” is neither /system nor /session`,
  'ssh-needs-to-know-computer': 'ssh needs to know which computer',
  'no-name-or-address': ({ text }: { text: string }) => `“${text}” is no name or address`,
  'not-between-1-65535': ({ text }: { text: string }) => `“${text}” is not between 1 and 65535`,
  'password-no-place-in-uri': 'a password has no place in a URI; ssh asks for it',
  'no-user-name': ({ user }: { user: string }) => `“${user}” is no user name`,
  'has-a-stray': ({ text }: { text: string }) => `“${text}” has a stray %`,
  'given-twice': 'it is given twice',
  'no-absolute-path': ({ value }: { value: string }) => `“${value}” is no absolute path`,
  'path-socket-at-most-bytes': ({ most }: { most: number }) =>
    `the path of a socket has at most ${most} bytes`,
  'neither-0-nor-1': ({ value }: { value: string }) => `“${value}” is neither 0 nor 1`,
  'patchbay-knows-no-such-parameter': ({ known }: { known: string }) =>
    `Patchbay knows no such parameter here, only ${known}`,
  'libvirt-uri-wrong': ({ uri, field, problem }: { uri: string; field: string; problem: string }) =>
    `The libvirt URI “${uri}” is wrong at its ${field}: ${problem}.`,
  'patchbay-cannot-connect': ({ uri, message }: { uri: string; message: string }) =>
    `Patchbay cannot connect to “${uri}”. ${message}`,
  'does-not-speak-tls':
    'It does not speak TLS to libvirt (which is also what a host without a transport means).',
  'plain-tcp-neither-encrypted-nor': 'Plain TCP is neither encrypted nor authenticated.',
  'uses-ssh-program-with-own': 'It uses the ssh program, with its own keys, agent and configuration.',
  'knows-no-transport': ({ transport }: { transport: string }) => `It knows no transport “${transport}”.`,
  'use-qemu-ssh': ({ who, scope }: { who: string; scope: string }) => `Use qemu+ssh://${who}/${scope}.`,
  'libvirt-sent-message-does': 'libvirt sent a message that does not follow its protocol.',
  'text-bytes-too-long': ({ length, most }: { length: number; most: number }) =>
    `A text of ${length} bytes is too long for libvirt, which takes ${most}.`,
  'libvirt-sent-not-valid-xml': ({ name }: { name: string }) =>
    `libvirt sent a <${name}> that is not valid XML.`,
  'look-at-with-virsh-dumpxml': 'Look at it with virsh dumpxml or net-dumpxml.',
}
