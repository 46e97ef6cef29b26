import type { ChildProcess } from 'node:child_process'
import type { Exec, ExecOptions } from './command'
import type { Guest, GuestOptions } from './guest'
import { addGuest } from './guest'
import type { Lan, LanHost } from './lan'
import { lan } from './lan'
import { tryToUnregister, unregister } from './registry'
import type { Space } from './space'
import type { Lab, SpawnInLabOptions } from './types'

/** What the fast and the full lab have in common: a LAN, and a workstation that is a space of its own. */
export class BaseLab implements Lab {
  readonly nic = lan.nic
  readonly nicMac = lan.nicMac
  readonly router = { address: lan.router, address6: lan.router6 }
  readonly lanHost: LanHost

  constructor(
    readonly name: string,
    protected readonly lan: Lan,
    /** Replaced when the workstation boots again. */
    protected workstation: Space,
  ) {
    this.lanHost = lan.host
    process.on('exit', this.abandon)
  }

  get libvirtSocket(): string {
    return this.path('/run/libvirt/libvirt-sock')
  }

  exec(argv: readonly string[], options?: ExecOptions): Promise<Exec> {
    return this.workstation.exec(argv, options)
  }

  spawn(argv: readonly string[], options?: SpawnInLabOptions): ChildProcess {
    return this.workstation.spawn(argv, options)
  }

  path(inside: string): string {
    return this.workstation.path(inside)
  }

  addGuest(name: string, options?: GuestOptions): Promise<Guest> {
    return addGuest(this, name, options)
  }

  cutCable(): Promise<void> {
    return this.lan.cutCable()
  }

  plugCable(): Promise<void> {
    return this.lan.plugCable()
  }

  portDead(): Promise<void> {
    return this.lan.portDead()
  }

  portAlive(): Promise<void> {
    return this.lan.portAlive()
  }

  dhcpOff(): Promise<void> {
    return this.lan.dhcpOff()
  }

  dhcpOn(): Promise<void> {
    return this.lan.dhcpOn()
  }

  routerSilent(): Promise<void> {
    return this.lan.routerSilent()
  }

  routerAnswers(): Promise<void> {
    return this.lan.routerAnswers()
  }

  /**
   * Lays a folder with the two entries of a wireless link (kernel: net/core/net-sysfs.c, net/wireless/core.c) over
   * the NIC's own folder in sysfs. Everything else in it stays live.
   */
  async fakeWifi(): Promise<void> {
    const device = `/sys/devices/virtual/net/${this.nic}`
    const script = `
mkdir -p /run/lab-wifi/phy80211 /run/lab-wifi/wireless
mount -t overlay overlay -o lowerdir=/run/lab-wifi:${device} ${device}`
    await this.exec(['sh', '-e', '-c', script])
  }

  async close(): Promise<void> {
    process.off('exit', this.abandon)
    await this.lan.close()
    unregister(this.name)
  }

  /** For an owner that ends without closing its lab: the kernel then ends the lab's processes by itself. */
  private readonly abandon = () => {
    tryToUnregister(this.name)
  }
}
