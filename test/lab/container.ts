import type { ChildProcess } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { PatchbayError } from '../../shared/failure'
import { cacheFolder, runtimeFolder } from './cache'
import { note, within } from './command'
import { makeControlGroups } from './control-groups'
import type { Lan } from './lan'
import { lan } from './lan'
import { Space } from './space'
import { networkIsUp } from './setups'
import type { Setup } from './setups/setup'
import { projectFolder } from './workstation'

/**
 * A bash script that lays a throw-away layer over the file system `image`, below `mountpoint`/root.
 * It outlives a power loss of the workstation, but not the lab.
 */
export function writableCopy(image: string, mountpoint: string): string {
  return `
mount -t tmpfs -o mode=755 tmpfs ${mountpoint}
cd ${mountpoint}
mkdir upper work root
mount -t overlay overlay -o lowerdir=${image},upperdir=upper,workdir=work root
# Where systemd-nspawn keeps notes about its containers.
mkdir -p /run/systemd
mount -t tmpfs -o mode=755 tmpfs /run/systemd
# systemd-nspawn asks udev about the NIC it is given, unless /sys cannot be written to.
mount -o remount,bind,ro /sys`
}

/**
 * Boots the system in the folder `root` of the LAN's space, with the NIC plugged in, until it says it is up.
 * Its network is up then.
 */
export async function bootContainer(name: string, network: Lan, root: string, setup: Setup): Promise<Space> {
  await network.makeNic()
  const shared = [projectFolder, cacheFolder, runtimeFolder, process.execPath].filter((path) =>
    existsSync(path),
  )
  const groups = makeControlGroups(name).map((folder) => `echo 0 >${folder}/cgroup.procs; `)
  const argv = [
    ...['sh', '-ec', `${groups.join('')}exec "$@"`, 'sh'],
    ...['systemd-nspawn', '--quiet', '--boot', '--directory', root],
    // Not registered with this machine's systemd, which it must not depend on.
    ...['--register=no', '--keep-unit', '--console=read-only', '--link-journal=no'],
    ...['--resolv-conf=off', '--timezone=off'],
    ...[`--network-interface=${lan.nic}`, '--bind=/dev/net/tun', '--capability=all'],
    ...shared.map((path) => `--bind-ro=${path}`),
  ]
  // Makes /proc/sys/net and /sys/class/net writable inside, or for udev all of them (systemd: docs/ENVIRONMENT.md).
  const env = {
    SYSTEMD_NSPAWN_API_VFS_WRITABLE: setup.udev ? 'yes' : 'network',
    ...(needsUnifiedGroups(network.space.path(root)) && { SYSTEMD_NSPAWN_UNIFIED_HIERARCHY: '1' }),
  }
  const nspawn = network.space.spawn(argv, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  await within(60_000, `Booting the workstation “${name}”`, bootMessage(nspawn))
  const workstation = Space.adopt(name, nspawn)
  await Promise.all([
    workstation.exec(networkIsUp(setup), { timeoutMs: 40_000 }),
    // libvirt answers once it has started its networks.
    workstation.exec(['virsh', '-c', 'qemu:///system', 'net-info', 'default']),
  ])
  return workstation
}

/** Since release 258 systemd refuses the older control groups, which this machine may have (its NEWS). */
function needsUnifiedGroups(root: string): boolean {
  const library = readdirSync(join(root, 'usr/lib/x86_64-linux-gnu/systemd'))
  return library.some((name) => Number(/^libsystemd-shared-(\d+)/.exec(name)?.[1] ?? 0) >= 258)
}

/** Resolves at the console's "lab: ready" (see workstation/ready.service), and goes on reading the console. */
function bootMessage(nspawn: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    const { stdout, stderr } = nspawn
    if (!stdout || !stderr) throw new Error('the container was started without pipes')
    const console: string[] = []
    const read = (line: string) => {
      console.push(line)
      if (console.length > 40) console.shift()
      note(`console: ${line}`)
      if (line.includes('lab: ready')) resolve()
    }
    createInterface({ input: stdout }).on('line', read)
    createInterface({ input: stderr }).on('line', read)
    nspawn.once('error', reject)
    nspawn.once('close', (code) => {
      const message = `The workstation ended while it booted, with code ${code ?? 'of a signal'}`
      reject(new PatchbayError({ code: 'internal', message: `${message}:\n${console.join('\n')}` }))
    })
  })
}
