import { mkdir, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { ifupdownDhcp, ifupdownStatic } from './setups/ifupdown'
import { netplanNetworkd, netplanNm, netplanUdev } from './setups/netplan'
import { nmDhcp, nmStatic } from './setups/network-manager'
import { networkdDhcp, networkdStatic, networkdUdev } from './setups/networkd'
import { type Manager, managers, type Setup } from './setups/setup'
import { unmanaged } from './setups/unmanaged'
import type { Space } from './space'

/** The ways a Linux workstation is set up; the first is what a lab has unless told otherwise. */
export const setups = {
  'nm-dhcp': nmDhcp,
  'nm-static': nmStatic,
  'networkd-dhcp': networkdDhcp,
  'networkd-static': networkdStatic,
  'networkd-udev': networkdUdev,
  'netplan-networkd': netplanNetworkd,
  'netplan-udev': netplanUdev,
  'netplan-nm': netplanNm,
  'ifupdown-dhcp': ifupdownDhcp,
  'ifupdown-static': ifupdownStatic,
  unmanaged,
} as const satisfies Record<string, Setup>

export type SetupName = keyof typeof setups

export const setupNames = Object.keys(setups) as SetupName[]

export const setupOf = (name: SetupName): Setup => setups[name]

/**
 * Sets up the system in the folder `root` of the space `space`, before it boots.
 * @param files further files, which win over those of the setup
 */
export async function prepare(
  setup: Setup,
  space: Space,
  root: string,
  files: Readonly<Record<string, string>>,
): Promise<void> {
  for (const [file, content] of Object.entries({ ...setup.files, ...files })) {
    const target = space.path(join(root, file))
    await mkdir(dirname(target), { recursive: true })
    // Where secrets may stand: NetworkManager ignores such a file, and netplan complains, when others can read it.
    const secret = file.endsWith('.nmconnection') || file.endsWith('.yaml')
    await writeFile(target, content, { mode: secret ? 0o600 : 0o644 })
  }
  for (const [file, destination] of Object.entries(setup.links ?? {})) {
    const place = space.path(join(root, file))
    await rm(place, { force: true })
    await symlink(destination, place)
  }
  const wanted = [managers[setup.manager], ...(setup.resolved ? ['systemd-resolved.service'] : [])]
  const systemctl = ['chroot', root, 'systemctl', '--quiet']
  if (setup.manager !== 'networkManager') {
    await space.exec([...systemctl, 'disable', managers.networkManager])
  }
  await space.exec([...systemctl, 'enable', ...wanted])
}

/** The command that ends, with code 0, once the network is up after a boot. */
export function networkIsUp({ manager }: Setup): readonly string[] {
  return waitsOf[manager]
}

const waitsOf: Record<Manager, readonly string[]> = {
  networkManager: ['nm-online', '--quiet', '--timeout=30'],
  // Any link, because it is the bridge later on.
  networkd: [
    '/lib/systemd/systemd-networkd-wait-online',
    ...['--quiet', '--any', '--ipv4', '--operational-state=routable', '--timeout=30'],
  ],
  // Joins the job that the boot has started, and does nothing once that has ended well.
  ifupdown: ['systemctl', 'start', managers.ifupdown],
  script: ['systemctl', 'start', managers.script],
}
