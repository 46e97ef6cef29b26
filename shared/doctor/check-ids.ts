/** Every check of the doctor, in the order in which they are shown. */
export const CHECK_IDS = [
  'libvirt-group',
  'default-network',
  'stale-virbr',
  'overlapping-subnets',
  'closed-firewall',
  'firewalld-zone',
  'docker-drops-nat',
  'docker-drops-bridged',
  'tap-out-of-bridge',
  'old-address',
  'macvtap-host-access',
  'ipv6-forwarding',
  'bridge-mac',
  'bridge-stp',
  'wifi-uplink',
  'vpn-default-route',
  'no-network-manager',
  'no-tray',
] as const
export type CheckId = (typeof CHECK_IDS)[number]
