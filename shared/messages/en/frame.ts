import type { HostManager } from '../../world/host'

const managers: Record<HostManager, string> = {
  networkmanager: 'NetworkManager',
  'systemd-networkd': 'systemd-networkd',
  netplan: 'netplan',
  ifupdown: 'ifupdown',
  none: 'nobody: it was set up by hand',
  unknown: 'not known',
}

const results = (machines: number, networks: number): string =>
  `${machines} ${machines === 1 ? 'machine' : 'machines'} and ${networks} ${networks === 1 ? 'network' : 'networks'} match`

/** Top bar, sidebar, status bar, and the states of the whole window. */
export const frame = {
  search: 'Find a machine, network or address',
  clearSearch: 'Clear the search',
  searchResults: results,
  nothingFound: (query: string) => `Nothing matches “${query}”`,
  views: {
    patchbay: 'Patchbay',
    machines: 'Machines',
    networks: 'Networks',
    host: 'This host',
    health: 'Health',
  },
  /** The view of another computer that the machines run on. */
  otherHost: 'Their host',
  sidebar: 'Views',
  connection: 'Connection',
  thisComputer: 'This computer',
  managers,
  status: {
    label: 'Status',
    uplink: (nic: string, bridge: string | null, speed: string | null) =>
      [`${nic} up`, speed, bridge === null ? null : `in ${bridge}`]
        .filter((part) => part !== null)
        .join(', '),
    uplinkDown: (nic: string) => `${nic}: no cable`,
    noUplink: 'No uplink: this host reaches nothing',
    elsewhere: (host: string) => `${host}: its own network is not seen from here`,
    managerUnknown: 'It is not known what manages the network',
    managedBy: (manager: string) => `Managed by ${manager}`,
    gateway: (ip: string) => `Gateway ${ip}`,
    noGateway: 'No gateway',
    bridgeMade: (bridge: string, when: string) => `${bridge} made ${when}, snapshot kept`,
    bridgeUndone: (bridge: string, when: string) => `${bridge} undone, was made ${when}`,
    rolledBack: (bridge: string, when: string) => `${bridge} rolled back ${when}, everything as before`,
    rollbackFailed: (bridge: string) => `${bridge}: the rollback failed, see This host`,
    armed: (bridge: string) => `${bridge} is being changed`,
    undoing: (bridge: string) => `${bridge} is being undone`,
  },
  undo: 'Undo',
  close: 'Close',
  retry: 'Try again',
  remedies: { startNetwork: (network: string) => `Start ${network}`, makeBridge: 'Make the bridge…' },
  details: 'Details',
  connecting: 'Connecting to libvirt',
  connectingTo: (uri: string) => `Looking at ${uri}`,
  offline: 'libvirt does not answer',
  offlineShown: 'What you see is the last known state.',
  noAnswer: 'Patchbay could not look at this computer',
  noMachines: 'No machines yet',
  noMachinesHint:
    'Make one with your usual tool, for example virt-manager, GNOME Boxes or virt-install. It appears here by itself.',
  noMachinesExample:
    'virt-install --name web01 --memory 2048 --disk size=20 --osinfo debian12 --cdrom debian.iso',
  machinesNotKnown: 'Not known: libvirt does not answer, and it alone tells which machines there are.',
  networksNotKnown: 'Not known: libvirt does not answer, and it alone tells which networks there are.',
  noNetworks: 'No networks yet',
  noNetworksHint: 'Make one with “New network”, or the bridge to the LAN.',
  inspectorEmpty: 'Pick a machine or a network',
  inspectorEmptyHint:
    'Drag a jack onto a network to move its cable. By keyboard: arrow keys or the first letters of its name pick a machine, Ctrl+Shift+L puts it on the LAN, Ctrl+Shift+N behind NAT, Enter lists all networks.',
  inspector: 'Details',
  closeInspector: 'Close the details',
  notifications: 'Messages',
  dismiss: 'Dismiss',
}
