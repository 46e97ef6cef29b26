import { existsSync } from 'node:fs'
import { PatchbayError } from '../../shared/failure'
import { run } from './command'

/** What the lab uses of this machine: Debian's name of the package, and a file that shows that it is there. */
const needed: Record<string, string> = {
  'busybox-static': '/bin/busybox',
  dbus: '/usr/bin/dbus-daemon',
  'debian-archive-keyring': '/usr/share/keyrings/debian-archive-keyring.gpg',
  debootstrap: '/usr/sbin/debootstrap',
  'dnsmasq-base': '/usr/sbin/dnsmasq',
  iproute2: '/bin/ip',
  iptables: '/usr/sbin/iptables',
  'iputils-ping': '/bin/ping',
  'libvirt-clients': '/usr/bin/virsh',
  'libvirt-daemon-system': '/usr/sbin/libvirtd',
  'network-manager': '/usr/sbin/NetworkManager',
  nftables: '/usr/sbin/nft',
  polkitd: '/usr/share/polkit-1',
  'qemu-system-x86': '/usr/bin/qemu-system-x86_64',
  'systemd-container': '/usr/bin/systemd-nspawn',
  'util-linux': '/usr/bin/nsenter',
  'xz-utils': '/usr/bin/xz',
}

/** Debian's names of the packages that the lab needs and this machine lacks. */
export function missingPackages(): string[] {
  return Object.entries(needed).flatMap(([name, file]) => (existsSync(file) ? [] : [name]))
}

/** The command that installs packages, for a person to run. */
export function installCommand(packages: readonly string[]): string {
  return `sudo apt-get install --no-install-recommends ${packages.join(' ')}`
}

/**
 * Installs what is missing with apt, without questions. Throws `not-permitted` when not run as root.
 * Services that come with the packages are kept from starting: they are of no use outside the lab.
 */
export async function installPackages(packages = missingPackages()): Promise<void> {
  if (packages.length === 0) return
  if (process.getuid?.() !== 0) {
    throw new PatchbayError({
      code: 'not-permitted',
      message: `The lab needs packages that only root can install: ${packages.join(', ')}`,
      hint: installCommand(packages),
    })
  }
  await run(['sh', '-ec', installScript, 'sh', ...packages], {
    env: { DEBIAN_FRONTEND: 'noninteractive' },
    timeoutMs: 20 * 60_000,
  })
}

/** While policy-rc.d says 101, packages start no services (Debian Policy, invoke-rc.d); it is removed again. */
const installScript = `
policy=/usr/sbin/policy-rc.d
if [ ! -e $policy ]; then
  trap 'rm -f $policy' EXIT
  printf '#!/bin/sh\\nexit 101\\n' >$policy
  chmod 755 $policy
fi
apt-get -q update
apt-get -q install -y --no-install-recommends "$@"
`
