/** A network of each kind, made through the command line, and where its guest gets its address. */
export interface Place {
  options: string[]
  /** Where nobody gives addresses: the guest's and the visitor's own. */
  fixed?: [string, string]
  /** What its addresses begin with. */
  subnet: string
  /** The host's address there, as far as it has one that guests could send through. */
  gateway?: string
}
const PLACES: Record<string, Place> = {
  nat: { options: ['--kind', 'nat', '--subnet', '10.81.0.0/24'], subnet: '10.81.0.', gateway: '10.81.0.1' },
  isolated: {
    options: ['--kind', 'isolated', '--subnet', '10.81.1.0/24'],
    subnet: '10.81.1.',
    gateway: '10.81.1.1',
  },
  fixed: {
    options: ['--kind', 'isolated', '--dhcp', 'off', '--subnet', '10.81.2.0/24'],
    fixed: ['10.81.2.20', '10.81.2.30'],
    subnet: '10.81.2.',
    gateway: '10.81.2.1',
  },
  quiet: { options: ['--kind', 'very-isolated'], fixed: ['10.81.3.20', '10.81.3.30'], subnet: '10.81.3.' },
  routed: {
    options: ['--kind', 'routed', '--subnet', '10.81.4.0/24'],
    subnet: '10.81.4.',
    gateway: '10.81.4.1',
  },
  open: { options: ['--kind', 'open', '--subnet', '10.81.5.0/24'], subnet: '10.81.5.', gateway: '10.81.5.1' },
  bridged: { options: ['--kind', 'bridge', '--bridge', 'br0'], subnet: '10.77.0.' },
  macvtap: { options: ['--kind', 'macvtap', '--link', 'br0'], subnet: '10.77.0.' },
}
export const NAMES = Object.keys(PLACES)
export const place = (name: string): Place => PLACES[name] ?? { options: [], subnet: '192.168.122.' }

/** The workstation's own address in the LAN. */
export const HOST = '10.77.0.50'
