import type { MachineState, NicAddress } from '../../world/machine'

const states: Record<MachineState, string> = {
  running: 'Running',
  paused: 'Paused',
  'shutting-down': 'Shutting down',
  off: 'Off',
  crashed: 'Crashed',
  suspended: 'Suspended',
}

const seenBy: Record<NicAddress['source'], string> = {
  lease: 'libvirt’s DHCP',
  agent: 'told by the guest agent',
  arp: 'seen on the network',
}

const cards = (count: number): string =>
  count === 0 ? 'no network card' : count === 1 ? 'one network card' : `${count} network cards`

const ordinals = ['first', '2nd', '3rd']
const ordinal = (position: number): string => ordinals[position - 1] ?? `${position}th`

/** Machines, their NICs, and moving a cable. */
export const machines = {
  title: 'Machines',
  states,
  summary: (state: string, count: number) => `${state}, ${cards(count)}`,
  noNic: 'No network card',
  noNicHint: 'Add one in your usual tool, then plug it in here.',
  noAddress: 'No address yet',
  addressUnknown: 'Address not known',
  noAddressOn: (position: number) => `no address on ${ordinal(position)}`,
  joinsAtStart: (network: string) => `joins ${network} at start`,
  unplugged: 'not plugged in',
  moving: (network: string) => `Moving to ${network}`,
  jack: (machine: string, mac: string) => `Cable of ${machine}, card ${mac}`,
  whichNic: 'Network card',
  nicLabel: (position: number, place: string) => `Card ${position}: ${place}`,
  switchLabel: 'Plug into',
  nat: 'NAT',
  lan: 'LAN',
  other: 'Other…',
  address: 'Address',
  addresses: 'Addresses',
  /** Of the network where it was before; nobody answers it here. */
  oldAddress: 'From elsewhere',
  from: 'From',
  card: 'Card',
  model: 'Model',
  plugged: 'Plugged into',
  state: 'State',
  nics: 'Cards',
  name: 'Name',
  seenBy,
  seenAt: 'Seen',
  backTo: (place: string) => `Back to ${place}`,
  previewMacvtap:
    'A running machine’s card is unplugged and plugged in again, which its guest must allow. There this host and the machine do not reach each other.',
  fromRouter: (seen: string) => `your router, ${seen}`,
  nowAndAfterRestart: (place: string) => `${place}, now and after restart`,
  nowAndAfter: (now: string, after: string) => `${now} now, ${after} after restart`,
  fromNextStart: (place: string) => `${place}, from the next start`,
  /** Live and saved differ. */
  differs: (after: string) => `This is for now: after a restart it is plugged into ${after}.`,
  onlyNow: (place: string) => `${place}, until it is shut down`,
  placeGone: (place: string) =>
    `${place} is not there: the cable leads nowhere. Plug it into another network.`,
  cableCut: 'The cable is set to cut: the link is down',
  newAddress: {
    libvirt: (subnet: string) => `a new one from ${subnet}`,
    'lan-router': 'a new one from your router',
    nobody: 'none by itself: set one in the machine',
    unknown: 'depends on that network',
  },
  preview: (network: string) => `If you plug it into ${network}`,
  previewLive: 'Moves at once, no restart. The card stays the same.',
  previewStopped: 'The machine is off: in force from its next start.',
  alreadyThere: (place: string) => `Already plugged into ${place}: nothing was changed.`,
  movedAfterRestart: 'Plugged in there after a restart, too.',
  moved: (before: string, live: boolean) =>
    live ? `Moved from ${before}, kept its card.` : `Moved from ${before}, in force from the next start.`,
  movedAddress: (ip: string) => `Address ${ip}`,
  movedNoAddress: 'No address seen yet.',
  pulledInVain:
    'The guest may have missed that its cable was pulled, have a fixed address, or need longer. Patchbay can pull it again, for 7 seconds.',
  pullAgain: 'Pull the cable again',
  cableLeftOut: 'Patchbay was ended while it had this cable out, so the link is down.',
  putCableIn: 'Put it in',
  moveFailed: 'Could not be moved',
  asBefore: (place: string) => `Still plugged into ${place}.`,
  picker: (machine: string) => `Plug ${machine} into`,
  pickerFilter: 'Filter networks',
  pickerEmpty: 'No network matches',
  current: 'Plugged in',
  refusals: {
    stopped: 'Stopped: start it first',
    offline: 'libvirt does not answer',
    busy: 'Its cable is being moved',
    otherCard: 'This kind of card can’t be moved',
    lanElsewhere: (host: string) =>
      `Which bridge of ${host} leads to its LAN can’t be seen from here: choose one by its name`,
    noNat: 'There is no NAT network',
    natStopped: (network: string) => `${network} is stopped: start it first`,
  },
  lanNeedsBridge: 'The LAN needs a bridge first. LAN opens what it would change.',
  keyboardHelp:
    'Arrow keys or the first letters of its name pick a machine, Ctrl+Shift+L moves it to the LAN, Ctrl+Shift+N to NAT, Enter lists all networks.',
  sortBy: (column: string) => `Sort by ${column}`,
  count: (shown: number, all: number) => (shown === all ? `${all}` : `${shown} of ${all}`),
  steps: (done: number, all: number) => `Step ${done} of ${all}`,
  said: {
    moved: (machine: string, network: string, address: string | null) =>
      address === null
        ? `${machine} is plugged into ${network}`
        : `${machine} is plugged into ${network}, address ${address}`,
    moving: (machine: string, network: string) => `Moving ${machine} to ${network}`,
    already: (machine: string, network: string) => `${machine} is already plugged into ${network}`,
    failed: (machine: string) => `${machine} could not be moved`,
    pulling: (machine: string) => `Pulling the cable of ${machine}`,
    pulled: (machine: string, address: string | null) =>
      address === null
        ? `The cable of ${machine} is in again, no address seen`
        : `The cable of ${machine} is in again, address ${address}`,
    pullFailed: (machine: string) => `The cable of ${machine} could not be pulled`,
  },
}
