import type { Address, LinkKind } from '../../world/host'
import type { TransactionState } from '../../helper/transaction'

const linkKinds: Record<LinkKind, string> = {
  ethernet: 'Network card',
  wifi: 'Wi-Fi',
  'open-vswitch': 'Open vSwitch',
  bridge: 'Bridge',
  bond: 'Bond',
  vlan: 'VLAN',
  tunnel: 'Tunnel',
  macvlan: 'Macvlan',
  macvtap: 'Macvtap',
  veth: 'Virtual pair',
  tap: 'Machine’s cable',
  ppp: 'Dial-up',
  loopback: 'Loopback',
  other: 'Other',
}

const origins: Record<Address['origin'], string> = {
  static: 'set by hand',
  dynamic: 'from the router',
  'link-local': 'link-local',
}

const transactionStates: Record<TransactionState, string> = {
  armed: 'Under way',
  committed: 'In force',
  undoing: 'Being undone',
  'rolled-back': 'Rolled back, as before',
  'rollback-failed': 'Rollback failed',
  undone: 'Undone',
}

/** The view of this host. */
export const host = {
  title: 'This host',
  elsewhere: (host: string) =>
    `The machines run on ${host}, another computer. Its links, routes and bridges can’t be seen from here, nor changed.`,
  elsewhereHint: 'To see and change its network, start Patchbay over there.',
  uplink: 'Uplink',
  noUplink: 'None',
  nic: 'Network card',
  bridge: 'Bridge',
  noBridge: 'None',
  manager: 'Managed by',
  gateway: 'Gateway',
  none: 'None',
  hostname: 'Name',
  links: 'Links',
  link: 'Link',
  kind: 'Kind',
  addresses: 'Addresses',
  mac: 'MAC',
  portOf: (master: string) => `port of ${master}`,
  on: (parent: string) => `on ${parent}`,
  linkKinds,
  origins,
  carrier: 'Connected',
  noCarrier: 'No cable',
  nothingPlugged: 'Nothing plugged in',
  down: 'Down',
  state: 'State',
  routes: 'Routes',
  to: 'To',
  via: 'Through',
  metric: 'Metric',
  defaultRoute: 'everywhere else',
  directly: 'directly',
  dns: 'DNS',
  searchDomains: 'Search domains',
  bridges: 'Bridges',
  noBridges: 'This host has no bridge.',
  toTheLan: 'to the LAN',
  notToTheLan: 'not to the LAN',
  ports: (names: string) => `Ports: ${names}`,
  cables: (count: number) => (count === 1 ? '1 machine' : `${count} machines`),
  changes: 'Host changes',
  noChanges: 'Patchbay has changed nothing on this host.',
  changesLead:
    'Before each, a snapshot of the network was taken. Choose one to see what differs from it now.',
  madeBridge: (bridge: string, nic: string) => `${bridge} from ${nic}`,
  transactionStates,
  hiddenLinks: (count: number) =>
    count === 1 ? 'One cable of a machine is not listed.' : `${count} cables of machines are not listed.`,
  makeBridge: 'Make a bridge…',
  speed: (mbits: number) => (mbits >= 1000 ? `${mbits / 1000} Gbit/s` : `${mbits} Mbit/s`),
}
