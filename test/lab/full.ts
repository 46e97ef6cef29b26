import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { BaseLab } from './base'
import type { Exec, ExecOptions } from './command'
import { bootContainer, writableCopy } from './container'
import { desktopCommand, polkitAgent } from './desktop'
import { Lan } from './lan'
import { folderOf, recordWorkstation, register, removeLeftovers, requireRoot, unregister } from './registry'
import { prepare, setupOf } from './setups'
import { profileFile } from './setups/network-manager'
import type { Setup } from './setups/setup'
import type { DesktopOptions, FullLab, FullLabOptions, PolkitAgent, PolkitMode } from './types'
import { workstationImage } from './workstation-image'

/** libvirtd 11.3 that is told to stop while it starts may not do so, and a reboot would wait for it for a minute and a half. */
const impatience = { '/etc/systemd/system/libvirtd.service.d/lab.conf': '[Service]\nTimeoutStopSec=5\n' }

/**
 * Starts the full lab: a container with a systemd of its own, libvirt, polkit, the user `dev`, and NetworkManager or
 * what else `setup` puts in charge of the network.
 * Needs root; builds the container's file system first when the cache has none.
 * Throws a `PatchbayError` that says what could not be started; nothing is left then.
 */
export async function startFullLab(options: FullLabOptions = {}): Promise<FullLab> {
  requireRoot()
  const image = await workstationImage(options.suite)
  removeLeftovers()
  const record = register('full')
  let network: Lan | undefined
  try {
    network = await Lan.open(record.name, options.ipv6, options.renewAfter)
    const mountpoint = join(folderOf(record.name), 'mnt')
    await network.space.exec(['sh', '-ec', writableCopy(image, mountpoint)])
    const root = join(mountpoint, 'root')
    const setup = setupOf(options.setup ?? 'nm-dhcp')
    const profile = options.profile === undefined ? {} : { [profileFile]: options.profile }
    await prepare(setup, network.space, root, { ...impatience, ...profile, ...options.files })
    const workstation = await bootContainer(record.name, network, root, setup)
    recordWorkstation(record, workstation.pid)
    return new ContainerLab(record.name, network, workstation, root, setup)
  } catch (error) {
    await network?.close()
    unregister(record.name)
    throw error
  }
}

class ContainerLab extends BaseLab implements FullLab {
  readonly root: string

  constructor(
    name: string,
    network: Lan,
    workstation: BaseLab['workstation'],
    private readonly folder: string,
    private readonly setup: Setup,
  ) {
    super(name, network, workstation)
    this.root = network.space.path(folder)
  }

  async reboot(): Promise<void> {
    const gone = this.workstation.gone()
    await this.exec(['systemctl', 'reboot'], { check: false })
    await gone
    await this.boot()
  }

  powerLoss(): Promise<void> {
    return this.workstation.close()
  }

  async boot(): Promise<void> {
    this.workstation = await bootContainer(this.name, this.lan, this.folder, this.setup)
  }

  async asDesktopUser(argv: readonly string[], options: ExecOptions & DesktopOptions = {}): Promise<Exec> {
    const { env, unit, ...rest } = options
    return this.exec(desktopCommand(argv, { ...(env && { env }), ...(unit && { unit }) }), rest)
  }

  spawnAsDesktopUser(argv: readonly string[], options: DesktopOptions = {}): ChildProcess {
    return this.spawn(desktopCommand(argv, options))
  }

  polkitAgent(options: { mode?: PolkitMode } = {}): Promise<PolkitAgent> {
    return polkitAgent(this, options.mode ?? 'answer')
  }
}
