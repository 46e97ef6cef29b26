import type { NetworkWish } from '../../../shared/world/network-wish'

/** A wish of which nothing is said but the kind, for tests that say the rest. */
export const wish = (change: Partial<NetworkWish> = {}): NetworkWish => ({
  name: 'lab',
  kind: 'nat',
  subnet: null,
  dhcp: null,
  ipv6: null,
  domain: null,
  mtu: null,
  bridge: null,
  links: [],
  mode: null,
  dns: true,
  isolatedPorts: false,
  start: true,
  autostart: false,
  ...change,
})

/** 40 bits that are always the same. */
export const noRandom = (): bigint => 0x12_3456_789an
