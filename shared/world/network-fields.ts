import type { NetworkWish, NewKind } from './network-wish'

/** Which fields mean something, for each kind; `name`, `kind`, `start` and `autostart` always do. */
export const NETWORK_FIELDS = {
  subnet: ['nat', 'isolated', 'routed', 'open'],
  dhcp: ['nat', 'isolated', 'routed', 'open'],
  ipv6: ['nat', 'isolated', 'routed', 'open'],
  domain: ['nat', 'isolated', 'routed', 'open'],
  dns: ['isolated'],
  mtu: ['nat', 'isolated', 'very-isolated', 'routed', 'open'],
  isolatedPorts: ['nat', 'isolated', 'very-isolated', 'routed', 'open', 'bridged'],
  bridge: ['nat', 'isolated', 'very-isolated', 'routed', 'open', 'bridged'],
  links: ['nat', 'routed', 'macvtap'],
  mode: ['macvtap'],
} as const satisfies Partial<Record<keyof NetworkWish, readonly NewKind[]>>

export type NetworkField = keyof typeof NETWORK_FIELDS

/** Whether a network of that kind has that field. */
export function hasField(field: NetworkField, kind: NewKind): boolean {
  const kinds: readonly NewKind[] = NETWORK_FIELDS[field]
  return kinds.includes(kind)
}
