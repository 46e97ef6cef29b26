import { createHash } from 'node:crypto'
import { copyFile, mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { cached } from './cache'
import { run } from './command'
import { downloads, findMirror, sourcesAt, workstationSuite } from './debian'
import { defaultNetwork, networkManagerConf, projectFolder, qemuConf } from './workstation'

/** Where releases of Debian differ, the first of several names that there is. */
const packages = {
  system: ['dbus', 'libpam-systemd', 'polkitd', 'pkexec', 'procps', 'python3-dbus', 'python3-gi'],
  network: [
    'network-manager',
    'iproute2',
    'iputils-ping',
    'iptables',
    'nftables',
    'dnsmasq-base',
    'firewalld',
  ],
  otherManagers: ['netplan.io', 'ifupdown', 'isc-dhcp-client|dhcpcd-base', 'systemd-resolved'],
  libvirt: ['libvirt-daemon-system', 'libvirt-clients', 'qemu-system-x86', 'python3-libvirt'],
  remote: ['openssh-server'],
  // What Electron needs to run under Xvfb, and Node to run at all.
  electron: [
    ...['xvfb', 'xauth', 'dbus-x11', 'fonts-dejavu-core', 'libstdc++6', 'libgtk-3-0', 'libnss3'],
    ...['libasound2|libasound2t64', 'libgbm1', 'libxss1', 'libatk-bridge2.0-0'],
  ],
}

const folder = join(projectFolder, 'test/lab/workstation')

/**
 * The root file system of the full lab's workstation, built when the cache has none for this recipe: a minimal
 * Debian of the release `suite` with the packages above, in one or two minutes.
 */
export async function workstationImage(suite = workstationSuite): Promise<string> {
  return cached(await workstationImageName(suite), (folder) => buildWorkstation(folder, suite))
}

/** Its name in the cache, which changes with everything it is made of. */
export async function workstationImageName(suite = workstationSuite): Promise<string> {
  const recipe = createHash('sha256').update(JSON.stringify([packages, suite, configuration]))
  for (const file of ['install.sh', 'ready.service', 'polkit_session.py']) {
    recipe.update(await readFile(join(folder, file)))
  }
  return `workstation-${recipe.digest('hex').slice(0, 8)}`
}

/** Files of the workstation and their content. */
const configuration: Record<string, string> = {
  '/etc/NetworkManager/NetworkManager.conf': networkManagerConf,
  '/etc/libvirt/qemu.conf': qemuConf,
  '/etc/libvirt/qemu/networks/default.xml': defaultNetwork,
  // Written in full and without a console login, a boot takes 4 s.
  '/etc/systemd/journald.conf.d/lab.conf': '[Journal]\nStorage=persistent\nSyncIntervalSec=1s\n',
}

async function buildWorkstation(root: string, suite: string): Promise<void> {
  await mkdir(join(downloads, 'partial'), { recursive: true })
  const minute = 60_000
  const mirror = await findMirror()
  await run(
    [
      'debootstrap',
      '--variant=minbase',
      `--cache-dir=${downloads}`,
      '--include=systemd,systemd-sysv',
      suite,
      root,
      mirror,
    ],
    { timeoutMs: 10 * minute },
  )
  await writeFile(join(root, 'etc/apt/sources.list'), sourcesAt(mirror, suite))
  await copyFile('/etc/resolv.conf', join(root, 'etc/resolv.conf'))
  await copyFile(join(folder, 'install.sh'), join(root, 'install.sh'))
  // Mounts of its own, so that nothing stays mounted whatever happens.
  const script = `
mount --bind ${downloads} ${root}/var/cache/apt/archives
mount -t proc proc ${root}/proc
mount -t devpts devpts ${root}/dev/pts
exec chroot ${root} sh /install.sh '${Object.values(packages).flat().join("' '")}'`
  await run(['unshare', '--mount', 'sh', '-ec', script], { timeoutMs: 20 * minute })
  await run(['rm', join(root, 'install.sh'), join(root, 'usr/sbin/policy-rc.d')])

  for (const [file, content] of Object.entries(configuration)) {
    await mkdir(join(root, file, '..'), { recursive: true })
    await writeFile(join(root, file), content)
  }
  await mkdir(join(root, 'etc/libvirt/qemu/networks/autostart'), { recursive: true })
  await symlink('../default.xml', join(root, 'etc/libvirt/qemu/networks/autostart/default.xml'))
  await mkdir(join(root, 'usr/local/lib/lab'), { recursive: true })
  await copyFile(join(folder, 'polkit_session.py'), join(root, 'usr/local/lib/lab/polkit_session.py'))
  await copyFile(join(folder, 'ready.service'), join(root, 'etc/systemd/system/lab-ready.service'))
  await run(['chroot', root, 'systemctl', 'enable', 'lab-ready.service'])
}
