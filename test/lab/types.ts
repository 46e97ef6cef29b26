import type { ChildProcess, SpawnOptions } from 'node:child_process'
import type { Exec, ExecOptions } from './command'
import type { Guest, GuestOptions } from './guest'
import type { LanHost } from './lan'
import type { SetupName } from './setups'

export interface FastLabOptions {
  /** Start libvirtd with its `default` network. Default true. */
  libvirt?: boolean
  /** Start D-Bus, polkit and NetworkManager; without them the NIC has the fixed address 10.77.0.50. Default true. */
  networkManager?: boolean
  /** The text of the NIC's NetworkManager profile. Default: an address by DHCP. */
  profile?: string
  /** The router also advertises an IPv6 prefix, and itself as the default router. Default false. */
  ipv6?: boolean
  /**
   * So many numbers of links are passed over. A macvtap's character device is named after its link's number, and /dev is the same
   * for all labs: where two are plugged in beside each other under one number, the second gets none.
   */
  skipLinkNumbers?: number
}

export interface SpawnInLabOptions extends SpawnOptions {
  user?: string
  env?: Record<string, string>
}

/** A workstation with its LAN. Everything in it is its own; nothing of this machine's network is seen or touched. */
export interface Lab {
  name: string
  /** libvirt's socket, by a path that works outside the lab. */
  libvirtSocket: string
  /** The workstation's NIC, plugged into the LAN. */
  nic: string
  nicMac: string
  /** The router's addresses; the second one when the LAN has IPv6. */
  router: { address: string; address6: string }
  /** A second computer in the LAN. */
  lanHost: LanHost
  /** Runs a command on the workstation and waits for its end; throws when it fails, unless `check` is false. */
  exec(argv: readonly string[], options?: ExecOptions): Promise<Exec>
  /**
   * Starts a command on the workstation. `kill('SIGKILL')` kills the command itself; for any other signal
   * use `process.kill(-child.pid, signal)`, which reaches it as well.
   */
  spawn(argv: readonly string[], options?: SpawnInLabOptions): ChildProcess
  /** A path of the workstation as it is reached from outside. */
  path(inside: string): string
  addGuest(name: string, options?: GuestOptions): Promise<Guest>
  /** The cable between workstation and switch is pulled: the NIC loses its carrier. */
  cutCable(): Promise<void>
  plugCable(): Promise<void>
  /** The switch forwards nothing more from or to the workstation, whose NIC keeps its carrier. */
  portDead(): Promise<void>
  portAlive(): Promise<void>
  /** DHCP requests stay unanswered. */
  dhcpOff(): Promise<void>
  dhcpOn(): Promise<void>
  /** The router answers neither ARP nor ping nor DNS; it still serves DHCP. */
  routerSilent(): Promise<void>
  routerAnswers(): Promise<void>
  /** Makes the NIC look like a Wi-Fi station in /sys/class/net. */
  fakeWifi(): Promise<void>
  /** Ends everything and removes every trace. Safe to call twice. */
  close(): Promise<void>
}

export interface FullLabOptions {
  /** Who is in charge of the network, and where the addresses come from. Default `nm-dhcp`. */
  setup?: SetupName
  /** The release of Debian that the workstation is, such as `trixie`. Default: PATCHBAY_LAB_SUITE, else `bookworm`. */
  suite?: string
  /** The text of the NIC's NetworkManager profile, in place of the setup's own. */
  profile?: string
  /** The router also advertises an IPv6 prefix, and itself as the default router. Default false. */
  ipv6?: boolean
  /** The router gives its leases for two minutes only, to be renewed after so many seconds. */
  renewAfter?: number
  /** Further files of the workstation, by absolute path. */
  files?: Record<string, string>
}

export interface DesktopOptions {
  env?: Record<string, string>
  /** Name of the systemd unit the command runs in, for `systemctl kill` and the like. */
  unit?: string
}

/** What the person does when polkit asks for a password: gives the right one, or closes the prompt. */
export type PolkitMode = 'answer' | 'dismiss'

export interface PolkitAgent {
  mode: PolkitMode
  /** How many times a password was asked for. */
  count(): number
  /** One line per event: "asked ACTION", "answered", "refused", "dismissed". */
  log(): string[]
}

/** A lab whose workstation is a whole system, with the unprivileged user `dev` (groups libvirt and sudo). */
export interface FullLab extends Lab {
  /** The workstation's file system, also while it is off. */
  root: string
  /** Runs a command as `dev` in a session at the desk, and waits for its end. */
  asDesktopUser(argv: readonly string[], options?: ExecOptions & DesktopOptions): Promise<Exec>
  /** Starts one. Killing the child ends the wait for it; the command itself is ended through its `unit`. */
  spawnAsDesktopUser(argv: readonly string[], options?: DesktopOptions): ChildProcess
  /** Lets somebody answer polkit's prompts in desktop sessions started after this call. */
  polkitAgent(options?: { mode?: PolkitMode }): Promise<PolkitAgent>
  /** An orderly restart; resolves when the network is up again. */
  reboot(): Promise<void>
  /** Every process of the workstation is killed at once; it stays off until `boot`. */
  powerLoss(): Promise<void>
  boot(): Promise<void>
}
