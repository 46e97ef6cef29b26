import type { ChildProcess, SpawnOptions } from 'node:child_process'
import type { Exec, ExecOptions } from './command'
import type { Guest, GuestOptions } from './guest'
import type { LanHost } from './lan'

export interface FastLabOptions {
  /** Start libvirtd with its `default` network. Default true. */
  libvirt?: boolean
  /** Start D-Bus, polkit and NetworkManager; without them the NIC has the fixed address 10.77.0.50. Default true. */
  networkManager?: boolean
  /** The text of the NIC's NetworkManager profile. Default: an address by DHCP. */
  profile?: string
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
  router: { address: string }
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
