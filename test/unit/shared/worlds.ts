import fc from 'fast-check'
import { anotherHost, type Link, type ThisHost } from '../../../shared/world/host'
import type {
  Attachment,
  Lease,
  LibvirtNetwork,
  Machine,
  MachineState,
  Nic,
  World,
} from '../../../shared/world/world'

/** Small Worlds and parts of them, for tests: everything has a default, and what matters is named by the test. */
export const link = (name: string, change: Partial<Link> = {}): Link => ({
  name,
  index: 1,
  kind: 'ethernet',
  mac: '02:00:00:00:00:01',
  mtu: 1500,
  up: true,
  carrier: true,
  master: null,
  parent: null,
  addresses: [],
  speed: null,
  ...change,
})

export const nic = (mac: string, change: Partial<Nic> = {}): Nic => ({
  mac,
  model: 'virtio',
  alias: null,
  tap: null,
  live: null,
  saved: { type: 'network', network: 'default' },
  linkUp: true,
  addresses: [],
  ...change,
})

export const machine = (name: string, change: Partial<Machine> = {}): Machine => ({
  id: `id-${name}`,
  name,
  title: null,
  state: 'off',
  persistent: true,
  autostart: false,
  nics: [],
  ...change,
})

export const network = (name: string, change: Partial<LibvirtNetwork> = {}): LibvirtNetwork => ({
  source: 'libvirt',
  id: `network:${name}`,
  name,
  uuid: `uuid-${name}`,
  kind: 'nat',
  active: true,
  persistent: true,
  autostart: true,
  bridge: 'virbr0',
  links: [],
  mode: null,
  subnets: [],
  domain: null,
  hosts: [],
  mtu: null,
  isolatedPorts: false,
  pending: [],
  leases: [],
  ...change,
})

export const lease = (mac: string, ip: string): Lease => ({
  mac,
  ip,
  prefix: 24,
  hostname: null,
  expires: 1_800_000_000,
})

/** A World of this computer. */
export type WorldHere = World & { host: ThisHost }

const desk: ThisHost = {
  computer: 'this',
  hostname: 'host',
  links: [link('enp3s0')],
  routes: [],
  dns: { servers: [], search: [] },
  uplink: { link: 'enp3s0', nic: 'enp3s0', bridge: null, gateway: '10.77.0.1' },
  manager: 'networkmanager',
}

export const world = ({ host = desk, ...change }: Partial<World> = {}): WorldHere => {
  if (host.computer !== 'this') throw new RangeError('worldElsewhere makes the World of another computer')
  return {
    libvirt: { state: 'connected', uri: 'qemu:///system', version: '9.0.0', hostname: 'host' },
    networks: [],
    machines: [],
    operations: [],
    transactions: [],
    additions: [],
    ...change,
    host,
  }
}

/** The same World once `br0` joins it to the LAN. */
export const worldWithBridge = (change: Partial<World> = {}): WorldHere =>
  world({
    host: {
      ...world().host,
      links: [link('enp3s0', { master: 'br0' }), link('br0', { kind: 'bridge', index: 2 })],
      uplink: { link: 'br0', nic: 'enp3s0', bridge: 'br0', gateway: '10.77.0.1' },
    },
    ...change,
  })

/** Of another computer, whose own network is not seen. */
export const worldElsewhere = (change: Partial<Omit<World, 'host'>> = {}): World => ({
  ...world(change),
  libvirt: { state: 'connected', uri: 'qemu+ssh://lab/system', version: '9.0.0', hostname: 'lab' },
  host: anotherHost('lab'),
})

const MACS = ['52:54:00:00:00:01', '52:54:00:00:00:02', '52:54:00:00:00:03'] as const
const NAMES = ['a', 'b', 'c', 'd'] as const
const STATES: readonly MachineState[] = ['running', 'off', 'paused']

export const anyMac = fc.constantFrom(...MACS)
export const anyAttachment: fc.Arbitrary<Attachment> = fc.oneof(
  fc.constantFrom(...NAMES).map((name): Attachment => ({ type: 'network', network: name })),
  fc.constant<Attachment>({ type: 'bridge', bridge: 'br0' }),
)
export const anyNic: fc.Arbitrary<Nic> = fc
  .record({
    mac: anyMac,
    live: fc.option(anyAttachment),
    saved: fc.option(anyAttachment),
    linkUp: fc.boolean(),
  })
  .map(({ mac, ...change }) => nic(mac, change))
export const anyMachine: fc.Arbitrary<Machine> = fc
  .record({
    name: fc.constantFrom(...NAMES),
    state: fc.constantFrom(...STATES),
    nics: fc.array(anyNic, { maxLength: 2 }),
  })
  .map(({ name, ...change }) => machine(name, change))
export const anyLeases = fc.array(
  fc
    .record({ mac: anyMac, ip: fc.constantFrom('10.0.0.2', '10.0.0.3') })
    .map(({ mac, ip }) => lease(mac, ip)),
  { maxLength: 3 },
)
export const anyNetwork: fc.Arbitrary<LibvirtNetwork> = fc
  .record({ name: fc.constantFrom(...NAMES), active: fc.boolean(), leases: anyLeases })
  .map(({ name, ...change }) => network(name, { ...change, bridge: `virbr-${name}` }))

const uniqueByName = <T extends { name: string }>(items: fc.Arbitrary<T>) =>
  fc.uniqueArray(items, { selector: ({ name }) => name, maxLength: 4 })
export const anyMachines = uniqueByName(anyMachine)
export const anyNetworks = uniqueByName(anyNetwork)
