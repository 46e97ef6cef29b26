import type { Link } from '../../../shared/world/host'
import type { HostBridge, LibvirtNetwork, Machine, World } from '../../../shared/world/world'

const link = (name: string, more: Partial<Link> = {}): Link => ({
  name,
  index: 2,
  kind: 'ethernet',
  mac: '02:00:00:00:00:01',
  mtu: 1500,
  up: true,
  carrier: true,
  master: null,
  parent: null,
  addresses: [],
  speed: null,
  ...more,
})

export const NAT: LibvirtNetwork = {
  source: 'libvirt',
  id: 'network:default',
  name: 'default',
  uuid: '6f3f2a0e-0b1c-4b63-9d0c-9d2f6c7a1a01',
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
}

export const LAN_BRIDGE: HostBridge = {
  source: 'bridge',
  id: 'bridge:br0',
  name: 'br0',
  kind: 'bridged',
  active: true,
  onLan: true,
  ports: ['enp3s0'],
}

export const WEB01: Machine = {
  id: '5b1f64f3-93a9-4a1e-8f8f-0c5b3f5d2c11',
  name: 'web01',
  title: null,
  state: 'running',
  persistent: true,
  autostart: false,
  nics: [
    {
      mac: '52:54:00:00:00:01',
      model: 'virtio',
      alias: 'net0',
      tap: 'vnet0',
      live: { type: 'network', network: 'default' },
      saved: { type: 'network', network: 'default' },
      linkUp: true,
      addresses: [],
    },
  ],
}

/** A workstation with one running machine on NAT and no bridge. */
export const NAT_WORLD: World = {
  libvirt: { state: 'connected', uri: 'qemu:///system', version: '9.0.0', hostname: 'desk' },
  host: {
    computer: 'this',
    hostname: 'desk',
    links: [link('enp3s0')],
    routes: [],
    dns: { servers: [], search: [] },
    uplink: { link: 'enp3s0', nic: 'enp3s0', bridge: null, gateway: '10.77.0.1' },
    manager: 'networkmanager',
  },
  networks: [NAT],
  machines: [WEB01],
  operations: [],
  transactions: [],
  additions: [],
}

/** The same after the bridge was made. */
export const LAN_WORLD: World = {
  ...NAT_WORLD,
  host: {
    ...NAT_WORLD.host,
    links: [link('enp3s0', { master: 'br0' }), link('br0', { kind: 'bridge' })],
    uplink: { link: 'br0', nic: 'enp3s0', bridge: 'br0', gateway: '10.77.0.1' },
  },
  networks: [LAN_BRIDGE, NAT],
  transactions: [
    {
      id: '20261123-214501-3f9c',
      intent: { kind: 'create-bridge', nic: 'enp3s0', bridge: 'br0' },
      startedAt: 0,
      state: 'committed',
      failure: null,
      added: [],
    },
  ],
}
