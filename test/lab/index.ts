/** The lab: a workstation with a LAN, made of namespaces, in which everything may go wrong. */
export type { Exec, ExecOptions } from './command'
export { startFastLab } from './fast'
export type { Guest, GuestOptions } from './guest'
export type { LanHost } from './lan'
export type { FastLabOptions, Lab, SpawnInLabOptions } from './types'
