import type { NetworkKind } from '../../world/network'
import type { NetworkAction } from '../../world/operation'
import type { Reachability } from '../../reach/table'

const kinds: Record<NetworkKind, string> = {
  nat: 'NAT',
  isolated: 'Isolated',
  'very-isolated': 'Very isolated',
  routed: 'Routed',
  open: 'Open',
  bridged: 'Bridged',
  macvtap: 'Macvtap',
  other: 'Other',
}

const meanings: Record<NetworkKind, string> = {
  nat: 'Machines get out through this host; nobody outside gets in.',
  isolated: 'Machines and this host, nobody else.',
  'very-isolated': 'Machines among themselves, not even this host.',
  routed: 'This host routes between the machines and the LAN.',
  open: 'This host routes, and libvirt adds no firewall rules.',
  bridged: 'Machines are plugged into the same network as the bridge’s ports.',
  macvtap: 'Machines share a card of the host; the host itself can’t reach them.',
  other: 'A kind that Patchbay shows but does not make.',
}

const addressesFrom: Record<Reachability['addressesFrom'], string> = {
  libvirt: 'libvirt',
  'lan-router': 'Your router',
  nobody: 'Nobody',
  unknown: 'Not known',
}

const leases = (count: number): string =>
  count === 0 ? 'no leases' : count === 1 ? '1 lease' : `${count} leases`

const actions: Record<NetworkAction, string> = {
  start: 'Start',
  stop: 'Stop',
  restart: 'Restart',
  'autostart-on': 'Start with the host',
  'autostart-off': 'Do not start with the host',
}

/** Networks, what they reach, and starting and stopping them. */
export const networks = {
  title: 'Networks',
  kinds,
  meanings,
  lan: 'LAN',
  theLan: 'the LAN',
  outside: 'Outside',
  router: 'Router',
  thisHost: 'This host',
  portGroups: 'Port groups',
  /** A port group of a network, or a profile at a switch. */
  partOf: (place: string, part: string) => `${place} (${part})`,
  macvtapName: (link: string) => `${link} direct`,
  lanCard: (bridge: string, nic: string) => `${bridge} on ${nic}, router gives addresses`,
  lanMissing: 'Not set up.',
  makeBridge: (bridge: string, nic: string) => `Make ${bridge} from ${nic}`,
  lanMissingNoUplink: 'Not set up, and this host has no uplink',
  details: {
    nat: (subnet: string, count: number) => `${subnet}, ${leases(count)}`,
    isolated: (subnet: string, host: string) => `${subnet}, host at ${host}`,
    veryIsolated: 'Machines only, no host, no DHCP',
    macvtap: 'On the LAN, not reachable from host',
    macvtapAccess: 'On the LAN, from host where it was let to',
    bridged: (bridge: string) => `Through ${bridge}`,
    bridgedUnseen: 'Bridge over there, machines are plugged in',
    bridgedElsewhere: (ports: string) =>
      ports === '' ? 'No port leads outside' : `Ports ${ports}, not on the LAN`,
    stopped: 'Stopped',
  },
  kind: 'Kind',
  subnet: 'Subnet',
  dhcp: 'DHCP',
  dhcpRange: (start: string, end: string) => `${start} to ${end}`,
  dhcpOff: 'Off',
  hostAddress: 'Host address',
  device: 'Bridge',
  ports: 'Ports',
  leasesTitle: 'Leases',
  machinesHere: 'Plugged in',
  nobodyHere: 'No machine is plugged in',
  name: 'Name',
  state: 'State',
  active: 'Active',
  stopped: 'Stopped',
  unseen: 'Not seen from here',
  autostart: 'Starts with the host',
  keptApart: 'Machines kept apart',
  autostartShort: 'Autostart',
  startStop: 'Start or stop',
  yes: 'Yes',
  no: 'No',
  actions,
  actionOf: (action: string, network: string) => `${action}: ${network}`,
  reach: {
    title: 'Who reaches whom',
    /** Null: machines in general. */
    /** `host`: another computer, when the machines run there. */
    hostTo: (machine: string | null, host: string | null) =>
      `${host ?? 'This host'} to ${machine ?? 'machines'}`,
    toOutside: (machine: string | null) => `${machine ?? 'Machines'} to the internet`,
    lanTo: (machine: string | null) => `The LAN to ${machine ?? 'machines'}`,
    addressesFrom: 'Addresses from',
    addresses: addressesFrom,
  },
  said: {
    start: (network: string) => `${network} is started`,
    stop: (network: string) => `${network} is stopped`,
    restart: (network: string) => `${network} is restarted`,
    'autostart-on': (network: string) => `${network} starts with the host`,
    'autostart-off': (network: string) => `${network} no longer starts with the host`,
    create: (network: string) => `${network} is created`,
    change: (network: string) => `${network} is changed`,
    delete: (network: string) => `${network} is deleted`,
  },
  failed: (network: string) => `${network} could not be changed`,
}
