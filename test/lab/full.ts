import type { ChildProcess } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { BaseLab } from './base'
import type { Exec, ExecOptions } from './command'
import { bootContainer, writableCopy } from './container'
import { desktopCommand, polkitAgent } from './desktop'
import { Lan } from './lan'
import { folderOf, recordWorkstation, register, removeLeftovers, requireRoot, unregister } from './registry'
import type { DesktopOptions, FullLab, FullLabOptions, PolkitAgent, PolkitMode } from './types'
import { dhcpProfile } from './workstation'
import { workstationImage } from './workstation-image'

/**
 * Starts the full lab: a container with a systemd of its own, NetworkManager, libvirt, polkit and the user `dev`.
 * Needs root; builds the container's file system first when the cache has none.
 * Throws a `PatchbayError` that says what could not be started; nothing is left then.
 */
export async function startFullLab(options: FullLabOptions = {}): Promise<FullLab> {
  requireRoot()
  const image = await workstationImage()
  removeLeftovers()
  const record = register('full')
  let network: Lan | undefined
  try {
    network = await Lan.open(record.name, options.ipv6)
    const mountpoint = join(folderOf(record.name), 'mnt')
    await network.space.exec(['sh', '-ec', writableCopy(image, mountpoint)])
    const root = join(mountpoint, 'root')
    const files = {
      '/etc/NetworkManager/system-connections/Wired.nmconnection': options.profile ?? dhcpProfile,
      ...options.files,
    }
    for (const [file, content] of Object.entries(files)) {
      const target = network.space.path(join(root, file))
      await mkdir(dirname(target), { recursive: true })
      // NetworkManager ignores profiles that others can read.
      await writeFile(target, content, { mode: file.endsWith('.nmconnection') ? 0o600 : 0o644 })
    }
    const workstation = await bootContainer(record.name, network, root)
    recordWorkstation(record, workstation.pid)
    return new ContainerLab(record.name, network, workstation, root)
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
    this.workstation = await bootContainer(this.name, this.lan, this.folder)
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
