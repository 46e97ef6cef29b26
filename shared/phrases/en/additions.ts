/** Small changes of the host by the root helper, and why not. */
export const additions = {
  'was-taken-back': 'It was taken back.',
  'addition-made-but-not-afterwards': ({ kind }: { kind: string }) =>
    `The addition “${kind}” was made, but it is not there afterwards`,
  'something-else-on-computer-sets': 'Something else on this computer sets the same thing.',
  'patchbay-added-nothing-with-id-to-computer': ({ id }: { id: string }) =>
    `Patchbay has added nothing with the id ${id} to this computer`,
  'addition-could-not-taken-away': ({ kind, message }: { kind: string; message: string }) =>
    `The addition “${kind}” could not be taken away: ${message}`,
  'tried-again-with-next': 'It is tried again with the next one, and at the next start.',
  'program-computer-decides-about-spanning': ({ bridge }: { bridge: string }) =>
    `A program of this computer decides about the spanning tree of ${bridge}.`,
  'change-it-there': 'Change it there.',
  'firewalld-not-installed': 'firewalld is not installed.',
  'firewalld-zone-libvirt-already': 'firewalld has the zone “libvirt” already.',
  'computer-own-address': ({ machine }: { machine: string }) => `${machine} is this computer’s own address.`,
  'computer-already-access': ({ twice }: { twice: string }) =>
    `This computer already has access to ${twice}.`,
  'somebody-else-made-link-meanwhile': ({ name }: { name: string }) =>
    `Somebody else has made a link ${name} meanwhile.`,
  'port-where-no-macvtap-can': ({ ifname, master }: { ifname: string; master: string }) =>
    `${ifname} is a port of ${master}, where no macvtap can be.`,
  'no-network-card-4': ({ ifname }: { ifname: string }) => `${ifname} is no network card.`,
  'no-ipv4-address-computer-could': ({ link }: { link: string }) =>
    `${link} has no IPv4 address that this computer could speak to the machines from.`,
  'route-to-already': ({ dst, dev }: { dst: string; dev: string }) =>
    `There is a route to ${dst} already (${dev}).`,
  'no-link-with-ipv6': ({ link }: { link: string }) => `There is no link ${link} with IPv6.`,
  'not-known-user-to-join': 'It is not known which user is to join the group “libvirt”.',
  'start-patchbay-user-asks': 'Start Patchbay as that user: it asks for the password by itself.',
  'user-with-number-no-name': ({ askerUid }: { askerUid: number }) =>
    `The user with the number ${askerUid} has no name that can be used here.`,
  'add-user-hand': 'Add the user by hand.',
  'install-libvirt-daemon': 'Install libvirt’s daemon.',
  'in-group-libvirt-already': ({ user }: { user: string }) => `${user} is in the group “libvirt” already.`,
  'computer-no-link': ({ name }: { name: string }) => `This computer has no link ${name}.`,
  'no-bridge': ({ name }: { name: string }) => `${name} is no bridge.`,
  'has-the-port': ({ bridge, ifname }: { bridge: string; ifname: string }) =>
    `${bridge} has the port ${ifname}.`,
  'network-runs-uses': ({ bridge }: { bridge: string }) => `A network that runs uses ${bridge}.`,
  'default-route-leads-through': ({ bridge }: { bridge: string }) =>
    `The default route leads through ${bridge}.`,
  'file-already-says-something-else': ({ path }: { path: string }) =>
    `There is a file ${path} already, and it says something else.`,
  'look-for-remove-to-let': 'Look what it is for; remove it to let Patchbay put its own there.',
  'port-already-leads-to-another': ({ protocol, hostPort }: { protocol: string; hostPort: number }) =>
    `${protocol} port ${hostPort} already leads to another machine.`,
  'program-computer-listens-on-port': ({ protocol, hostPort }: { protocol: string; hostPort: number }) =>
    `A program of this computer listens on ${protocol} port ${hostPort}.`,
  'libvirt-firewall-on-computer-form':
    'libvirt’s firewall on this computer has a form that this version does not know.',
  'put-machine-on-lan':
    'Put the machine on the LAN, or set firewall_backend = "iptables" in /etc/libvirt/network.conf.',
  'choose-another-port': 'Choose another port.',
  'not-address-machine-behind': ({ machine, bridge }: { machine: string; bridge: string }) =>
    `${machine} is not the address of a machine behind ${bridge}.`,
  'see-addresses-machines-with-patchbay': 'See the addresses of machines with: patchbay machines',
  'not-machine-tap': ({ tap }: { tap: string }) => `${tap} is not a machine’s tap.`,
  'is-a-port-of': ({ tap, master }: { tap: string; master: string }) => `${tap} is a port of ${master}.`,
}
