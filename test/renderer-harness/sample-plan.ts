import type { BridgePlan } from '../../shared/helper/plan'

export const samplePlan: BridgePlan = {
  nic: 'enp3s0',
  bridge: 'br0',
  manager: 'networkmanager',
  backend: 'networkmanager',
  lasting: true,
  hostHash: 'a'.repeat(64),
  before: [
    {
      link: 'enp3s0',
      role: 'network card',
      lines: ['10.77.0.50/24 from the router', 'way out: 10.77.0.1', 'DNS 10.77.0.1'],
    },
  ],
  after: [
    {
      link: 'br0',
      role: 'bridge, port enp3s0',
      lines: ['10.77.0.50/24 from the router', 'way out: 10.77.0.1', 'DNS 10.77.0.1'],
    },
    { link: 'enp3s0', role: 'port of br0', lines: ['no address of its own'] },
  ],
  moves: {
    mac: '52:54:00:aa:00:01',
    mtu: 1500,
    addresses: [{ family: 4, ip: '10.77.0.50', prefix: 24, origin: 'dynamic' }],
    routes: [
      {
        family: 4,
        to: 'default',
        via: '10.77.0.1',
        link: 'enp3s0',
        metric: 100,
        table: 'main',
        protocol: 'dhcp',
      },
    ],
    dns: ['10.77.0.1', '9.9.9.9'],
    search: ['lan.example'],
  },
  changes: [
    {
      text: 'Add the profile patchbay-br0: a bridge, STP off, MAC 52:54:00:aa:00:01',
      target: '/etc/NetworkManager/system-connections/patchbay-br0.nmconnection',
    },
    {
      text: 'Add the profile patchbay-br0-enp3s0: enp3s0 as its port',
      target: '/etc/NetworkManager/system-connections/patchbay-br0-enp3s0.nmconnection',
    },
    { text: 'Activate both, before Wired connection 1', target: 'NetworkManager' },
  ],
  notices: [
    {
      severity: 'good',
      text: 'NetworkManager holds a checkpoint: without a commit everything goes back after 60 s.',
    },
    { severity: 'good', text: 'The bridge takes the MAC of enp3s0, so the DHCP lease stays.' },
    { severity: 'warning', text: 'Docker is installed: its firewall may drop what bridged machines send.' },
  ],
  undo: 'The two profiles are removed and Wired connection 1 is activated again.',
  expectedGapMs: 70,
  remote: false,
}
