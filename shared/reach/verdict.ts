/** Why an end is reached or not; the words for each are in the messages. */
export const REACH_CODES = [
  // yes
  'itself',
  'same-segment',
  'host-address',
  'on-lan',
  'by-nat',
  'by-host',
  'host-access',
  // no: the machine and its cable
  'machine-off',
  'machine-paused',
  'no-nic',
  'not-plugged',
  'cable-cut',
  'tap-elsewhere',
  'network-missing',
  'network-stopped',
  // no: the network
  'nobody-into-nat',
  'isolated',
  'no-host-address',
  'other-way-out',
  'isolated-ports',
  'macvtap-apart',
  'macvtap-private',
  'macvtap-vepa',
  'macvtap-alone',
  'no-host-route',
  'no-way-out',
  // no: the host
  'no-uplink',
  'uplink-down',
  'no-gateway',
  // unknown
  'needs-route',
  'router-decides',
  'own-rules',
  'other-wire',
  'no-address-known',
  'no-dhcp',
  'other-kind',
  'not-seen-from-here',
] as const
export type ReachCode = (typeof REACH_CODES)[number]

/** The reason, and the network, link, subnet or machine it is about. */
export interface ReachReason {
  code: ReachCode
  on: string
}

/** `unknown` where it depends on something that can't be seen from this host; a probe can tell. */
export interface Reach {
  answer: 'yes' | 'no' | 'unknown'
  reason: ReachReason
}

export const yes = (code: ReachCode, on: string): Reach => ({ answer: 'yes', reason: { code, on } })
export const no = (code: ReachCode, on: string): Reach => ({ answer: 'no', reason: { code, on } })
export const unknown = (code: ReachCode, on: string): Reach => ({ answer: 'unknown', reason: { code, on } })
