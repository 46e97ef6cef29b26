import type { Link } from '../../shared/world/host'
import type {
  Attachment,
  LibvirtNetwork,
  Machine,
  MachineState,
  Network,
  NetworkKind,
  World,
} from '../../shared/world/world'

/** A World to look at: the one of the pictures the window is measured by. */
const link = (name: string, more: Partial<Link>): Link => ({
  name,
  index: 2,
  kind: 'ethernet',
  mac: '52:54:00:aa:00:01',
  mtu: 1500,
  up: true,
  carrier: true,
  master: null,
  parent: null,
  addresses: [],
  speed: null,
  ...more,
})

const hostAddress = { family: 4, ip: '10.77.0.50', prefix: 24, origin: 'dynamic' } as const

export function sampleHost(bridge: string | null): World['host'] {
  const carrier = bridge ?? 'enp3s0'
  return {
    computer: 'this',
    hostname: 'workstation',
    links: [
      link('lo', { kind: 'loopback', mac: null, index: 1 }),
      link('enp3s0', { speed: 1000, master: bridge, addresses: bridge === null ? [hostAddress] : [] }),
      ...(bridge === null ? [] : [link(bridge, { kind: 'bridge', index: 9, addresses: [hostAddress] })]),
      link('virbr0', {
        kind: 'bridge',
        index: 4,
        addresses: [{ family: 4, ip: '192.168.122.1', prefix: 24, origin: 'static' }],
      }),
      link('wlp2s0', { kind: 'wifi', index: 3, carrier: false, up: false }),
      link('vnet3', { kind: 'tap', index: 12, master: 'virbr0' }),
    ],
    routes: [
      {
        family: 4,
        to: 'default',
        via: '10.77.0.1',
        link: carrier,
        metric: 425,
        table: 'main',
        protocol: 'dhcp',
      },
      {
        family: 4,
        to: '10.77.0.0/24',
        via: null,
        link: carrier,
        metric: 425,
        table: 'main',
        protocol: 'kernel',
      },
      {
        family: 4,
        to: '192.168.122.0/24',
        via: null,
        link: 'virbr0',
        metric: null,
        table: 'main',
        protocol: 'kernel',
      },
    ],
    dns: { servers: ['10.77.0.1', '9.9.9.9'], search: ['lan.example'] },
    uplink: { link: carrier, nic: 'enp3s0', bridge, gateway: '10.77.0.1' },
    manager: 'networkmanager',
  }
}

const network = (
  name: string,
  kind: NetworkKind,
  address: string | null,
  leases: number,
  active = true,
): LibvirtNetwork => ({
  source: 'libvirt',
  id: `network:${name}`,
  name,
  uuid: '5d1cb9ba-7d2b-4a6e-9d7e-0f0f2f9a7b11',
  kind,
  active,
  persistent: true,
  autostart: active,
  bridge: kind === 'nat' ? 'virbr0' : 'virbr1',
  links: [],
  mode: null,
  domain: null,
  hosts: [],
  mtu: null,
  isolatedPorts: false,
  pending: [],
  subnets:
    address === null
      ? []
      : [
          {
            family: 4,
            address,
            prefix: 24,
            dhcp:
              kind === 'nat'
                ? { start: address.replace(/1$/, '2'), end: address.replace(/1$/, '254') }
                : null,
            reservations: [],
          },
        ],
  leases: Array.from({ length: leases }, (_, index) => ({
    mac: `52:54:00:44:fe:0${index}`,
    ip: address === null ? '' : address.replace(/1$/, String(82 + index * 15)),
    prefix: 24,
    hostname: index === 0 ? 'build-agent' : 'db-dev',
    expires: null,
  })),
})

export const lanBridge: Network = {
  source: 'bridge',
  id: 'bridge:br0',
  name: 'br0',
  kind: 'bridged',
  active: true,
  onLan: true,
  ports: ['enp3s0'],
}

export const NAT: Attachment = { type: 'network', network: 'default' }
export const LAN: Attachment = { type: 'bridge', bridge: 'br0' }
const services: Attachment = { type: 'network', network: 'services' }
const dark: Attachment = { type: 'network', network: 'dark' }
const direct: Attachment = { type: 'direct', link: 'enp3s0', mode: 'bridge' }

const STATES: readonly MachineState[] = ['paused', 'shutting-down', 'crashed', 'suspended']

let count = 0
function machine(name: string, state: MachineState, cables: [Attachment, string | null][]): Machine {
  count += 1
  const id = `00000000-0000-4000-8000-${String(count).padStart(12, '0')}`
  return {
    id,
    name,
    title: null,
    state,
    persistent: true,
    autostart: false,
    nics: cables.map(([attachment, ip], index) => ({
      mac: `52:54:00:${(count >> 8).toString(16).padStart(2, '0')}:${(count & 255).toString(16).padStart(2, '0')}:a${index}`,
      model: 'virtio',
      alias: `net${index}`,
      tap: state === 'off' ? null : `vnet${count}`,
      live: state === 'off' ? null : attachment,
      saved: attachment,
      linkUp: true,
      addresses: ip === null ? [] : [{ ip, prefix: 24, source: attachment === NAT ? 'lease' : 'arp' }],
    })),
  }
}

const LONG_NETWORK = 'a-network-whose-name-somebody-thought-about-for-long'
const LONG_NAME = 'continuous-integration-runner-of-the-third-floor-02'

/** Names that nobody shortened, and a machine with as many cards as networks. */
function longMachines(): Machine[] {
  const long: Attachment = { type: 'network', network: LONG_NETWORK }
  const runner = machine(LONG_NAME, 'shutting-down', [[LAN, '10.77.0.200']])
  const [nic] = runner.nics
  const ipv6 = { ip: '2001:db8:77:1234:5054:ff:fe00:a0b1', prefix: 64, source: 'agent' } as const
  return [
    { ...runner, nics: nic === undefined ? [] : [{ ...nic, addresses: [...nic.addresses, ipv6] }] },
    machine('gateway', 'running', [
      [NAT, '192.168.122.250'],
      [long, '10.30.0.5'],
      [LAN, null],
      [services, '10.20.0.9'],
    ]),
  ]
}

/** On NAT for even numbers, on the LAN for odd ones; there may be twins. */
const addressOf = (index: number): string =>
  index % 2 === 0 ? `192.168.122.${(index % 250) + 2}` : `10.77.${(index >> 8) + 1}.${index & 255}`

export function sampleWorld(scene: string): World {
  count = 0
  const hasBridge = !['nobridge', 'nolibvirt', 'nothing'].includes(scene)
  const isBlank = scene === 'nolibvirt' || scene === 'nothing'
  const start = hasBridge ? LAN : NAT
  const machines = [
    machine('web01', 'running', [[start, hasBridge ? '10.77.0.126' : '192.168.122.146']]),
    machine('printer-sim', 'running', [[start, hasBridge ? '10.77.0.131' : '192.168.122.131']]),
    machine('build-agent', 'running', [[NAT, '192.168.122.82']]),
    machine('db-dev', 'running', [[NAT, '192.168.122.97']]),
    machine('router-test', 'running', [
      [services, '10.20.0.5'],
      [dark, null],
    ]),
    machine('win11', 'off', [[direct, null]]),
    ...(scene === 'long' ? longMachines() : []),
    ...(scene === 'states' ? STATES.map((state) => machine(`is-${state}`, state, [[NAT, null]])) : []),
  ]
  const many = Array.from({ length: 994 }, (_, index) =>
    machine(`node-${String(index + 1).padStart(4, '0')}`, index % 3 === 0 ? 'off' : 'running', [
      [index % 2 === 0 ? NAT : LAN, index % 3 === 0 ? null : addressOf(index)],
    ]),
  )
  return {
    libvirt:
      scene === 'offline' || scene === 'nolibvirt'
        ? {
            state: 'offline',
            uri: 'qemu:///system',
            failure: {
              code: 'libvirt-unreachable',
              message: 'Nothing answers at /run/libvirt/libvirt-sock: the connection was refused.',
              hint: 'Start libvirt with: sudo systemctl start libvirtd',
              detail: 'connect ECONNREFUSED /run/libvirt/libvirt-sock',
            },
          }
        : { state: 'connected', uri: 'qemu:///system', version: '9.0.0', hostname: 'workstation' },
    host: sampleHost(hasBridge ? 'br0' : null),
    networks: [
      ...(hasBridge ? [lanBridge] : []),
      ...(isBlank
        ? []
        : [
            network('default', 'nat', '192.168.122.1', 2),
            network('services', 'isolated', '10.20.0.1', 0),
            network('dark', 'very-isolated', null, 0),
            ...(scene === 'long' ? [network(LONG_NETWORK, 'isolated', '10.30.0.1', 3)] : []),
          ]),
      ...(scene === 'many' ? [network('lab', 'nat', '192.168.140.1', 0, false)] : []),
    ],
    machines: scene === 'empty' || isBlank ? [] : scene === 'many' ? [...machines, ...many] : machines,
    operations: [],
    additions: isBlank
      ? []
      : [
          {
            id: '20261115-090000-0001',
            addition: {
              kind: 'port-forward',
              ...{
                protocol: 'tcp',
                hostPort: 8080,
                machine: '192.168.122.82',
                machinePort: 80,
                bridge: 'virbr0',
              },
            },
            addedAt: Date.UTC(2026, 10, 15, 9, 0),
          },
        ],
    transactions: hasBridge
      ? [
          {
            id: '20261114-214501-3f9c',
            intent: { kind: 'create-bridge', nic: 'enp3s0', bridge: 'br0' },
            startedAt: Date.UTC(2026, 10, 14, 21, 45),
            state: 'committed',
            failure: null,
            added: ['/etc/NetworkManager/system-connections/patchbay-br0.nmconnection'],
          },
          {
            id: '20261102-101500-77aa',
            intent: { kind: 'create-bridge', nic: 'enp3s0', bridge: 'br0' },
            startedAt: Date.UTC(2026, 10, 2, 10, 15),
            state: 'undone',
            failure: null,
            added: [],
          },
          {
            id: '20261028-083000-b00c',
            intent: { kind: 'create-bridge', nic: 'enp3s0', bridge: 'lan0' },
            startedAt: Date.UTC(2026, 9, 28, 8, 30),
            state: 'rolled-back',
            failure: {
              code: 'rolled-back',
              message: 'gateway: 10.77.0.1 does not answer. Everything was put back as it was before.',
            },
            added: [],
          },
        ]
      : [],
  }
}
