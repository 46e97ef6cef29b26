import { lan } from '../lan'

/** Programs that can be in charge of the NIC, and the systemd unit each of them runs as. */
export const managers = {
  networkManager: 'NetworkManager.service',
  networkd: 'systemd-networkd.service',
  ifupdown: 'networking.service',
  /** A unit of the user's own that runs `ip`. */
  script: 'desk-network.service',
} as const

export type Manager = keyof typeof managers

/** One way in which a workstation is set up to have a network. */
export interface Setup {
  /** The one that is in charge; the others do not run. */
  manager: Manager
  /** Whether systemd-resolved runs. */
  resolved?: true
  /** Whether udev runs, as on every real machine: a program may then wait for it before it takes up a new link. */
  udev?: true
  /** Files to write, by absolute path. */
  files: Readonly<Record<string, string>>
  /** Symbolic links to make, in place of what is there, and what they point to. */
  links?: Readonly<Record<string, string>>
  /** The addresses that the user has chosen, as `ADDRESS/PREFIX`; none when the router gives them. */
  addresses: readonly string[]
}

/** What every workstation with fixed addresses has. */
export const fixed = {
  addresses: [`${lan.workstation}/${lan.prefix}`, `${lan.second}/${lan.prefix}`, `${lan.workstation6}/64`],
  /** Networks behind the other host of the LAN. */
  behindHost: '10.88.0.0/16',
  behindHost6: 'fd88::/48',
  search: 'desk.test',
} as const
