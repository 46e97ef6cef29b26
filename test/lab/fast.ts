import { symlinkSync, writeFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { BaseLab } from './base'
import { lan, Lan } from './lan'
import { folderOf, recordWorkstation, register, removeLeftovers, requireRoot, unregister } from './registry'
import { throwAwayRoot } from './rootfs'
import { Space } from './space'
import type { FastLabOptions, Lab } from './types'
import { defaultNetwork, dhcpProfile, networkManagerConf, qemuConf } from './workstation'

/**
 * Starts the fast lab: this machine's own programs in namespaces, over a throw-away copy of its file system.
 * Needs root. Throws a `PatchbayError` that says what could not be started; nothing is left then.
 */
export async function startFastLab(options: FastLabOptions = {}): Promise<Lab> {
  const { libvirt = true, networkManager = true, profile = dhcpProfile, ipv6, skipLinkNumbers = 0 } = options
  requireRoot()
  removeLeftovers()
  const { name, ...record } = register('fast')
  let network: Lan | undefined
  try {
    network = await Lan.open(name, ipv6)
    const setup = throwAwayRoot(join(folderOf(name), 'mnt'))
    const workstation = await Space.open({ name, setup, inside: network.space })
    recordWorkstation({ name, ...record }, workstation.pid)
    await network.plugIn(workstation.pid)
    if (skipLinkNumbers > 0) await useUpLinkNumbers(workstation, skipLinkNumbers)
    await Promise.all([
      networkManager ? startNetworkManager(workstation, profile) : setFixedAddress(workstation),
      libvirt ? startLibvirt(workstation) : undefined,
    ])
    return new BaseLab(name, network, workstation)
  } catch (error) {
    await network?.close()
    unregister(name)
    throw error
  }
}

/** The kernel counts on within a network namespace, also past links that are gone. */
async function useUpLinkNumbers(workstation: Space, count: number): Promise<void> {
  const lines = Array.from({ length: count }, (_, number) => `link add skip${number} group 77 type bridge`)
  await workstation.exec(['ip', '-batch', '-'], { input: `${lines.join('\n')}\nlink del group 77\n` })
}

/** Resolves when the NIC has the address its profile asks for. */
async function startNetworkManager(workstation: Space, profile: string): Promise<void> {
  const folder = '/etc/NetworkManager/system-connections'
  await mkdir(workstation.path(folder), { recursive: true })
  writeFileSync(workstation.path('/etc/NetworkManager/NetworkManager.conf'), networkManagerConf)
  writeFileSync(workstation.path(`${folder}/Wired.nmconnection`), profile, { mode: 0o600 })
  await mkdir(workstation.path('/run/dbus'))
  await workstation.exec(['dbus-daemon', '--system', '--fork', '--nopidfile'])
  // polkitd is started by D-Bus when it is first asked. With a /sys it cannot write to, NetworkManager does
  // without udev; in a mount namespace of its own, because libvirt does need to write there.
  const script = 'mount -o remount,bind,ro /sys && exec NetworkManager'
  await workstation.exec(['unshare', '--mount', 'sh', '-c', script])
  await workstation.exec(['nm-online', '--quiet', '--wait-for-startup', '--timeout=20'])
}

async function setFixedAddress(workstation: Space): Promise<void> {
  await workstation.exec(['ip', '-batch', '-'], {
    input: [
      `link set ${lan.nic} up`,
      `address add ${lan.workstation}/${lan.prefix} dev ${lan.nic}`,
      `route add default via ${lan.router}`,
      '',
    ].join('\n'),
  })
  writeFileSync(workstation.path('/etc/resolv.conf'), `nameserver ${lan.router}\nsearch ${lan.domain}\n`)
}

/** Resolves when libvirtd has started its `default` network and answers. */
async function startLibvirt(workstation: Space): Promise<void> {
  const networks = '/etc/libvirt/qemu/networks'
  await mkdir(workstation.path(`${networks}/autostart`), { recursive: true })
  writeFileSync(workstation.path('/etc/libvirt/qemu.conf'), qemuConf)
  writeFileSync(workstation.path(`${networks}/default.xml`), defaultNetwork)
  symlinkSync(`${networks}/default.xml`, workstation.path(`${networks}/autostart/default.xml`))
  await workstation.exec(['virtlogd', '-d'])
  await workstation.exec(['libvirtd', '-d'])
  await workstation.exec(['virsh', '-c', 'qemu:///system', 'net-info', 'default'])
}
