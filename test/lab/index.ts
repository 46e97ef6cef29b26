/** The lab: a workstation with a LAN, made of namespaces, in which everything may go wrong. */
export type { Exec, ExecOptions } from './command'
export { startFastLab } from './fast'
export { startFullLab } from './full'
export type { Guest, GuestOptions } from './guest'
export type { LanHost } from './lan'
export { type SetupName, setupNames } from './setups'
export { installCommand, installPackages, missingPackages } from './packages'
export type {
  DesktopOptions,
  FastLabOptions,
  FullLab,
  FullLabOptions,
  Lab,
  PolkitAgent,
  PolkitMode,
  SpawnInLabOptions,
} from './types'
