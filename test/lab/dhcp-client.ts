import { z } from 'zod'
import type { FullLab } from './index'
import { type SetupName, setupOf } from './setups'

const addresses = z.array(
  z.object({ addr_info: z.array(z.object({ family: z.string(), valid_life_time: z.number() })) }),
)

/** Seconds that a link's IPv4 addresses last, the shortest of them; null without one. */
export async function leaseLeft(lab: FullLab, link: string): Promise<number | null> {
  const { stdout, code } = await lab.exec(['ip', '-json', '-4', 'address', 'show', 'dev', link], {
    check: false,
  })
  if (code !== 0) return null
  const times = addresses.parse(JSON.parse(stdout)).flatMap(({ addr_info }) => addr_info)
  return times.length === 0 ? null : Math.min(...times.map((one) => one.valid_life_time))
}

/** Why the manager's DHCP client can't be relied on for a link; null when all is well, and where addresses are fixed. */
export async function clientTrouble(lab: FullLab, setup: SetupName, link: string): Promise<string | null> {
  const { manager, addresses: chosen } = setupOf(setup)
  if (chosen.length > 0) return null
  if (manager === 'ifupdown') return dhclientTrouble(lab, link)
  if (manager === 'networkd') return networkdTrouble(lab, link)
  return manager === 'networkManager' ? networkManagerTrouble(lab, link) : null
}

/** It must not end with a session or with a helper's own service. */
async function dhclientTrouble(lab: FullLab, link: string): Promise<string | null> {
  const script = `pid=$(cat /run/dhclient.${link}.pid) && tr '\\0' ' ' </proc/$pid/cmdline && cat /proc/$pid/cgroup`
  const { code, stdout } = await lab.exec(['sh', '-c', script], { check: false })
  if (code !== 0 || !stdout.includes(`dhclient`)) return `no dhclient runs for ${link}`
  return /:\/system\.slice\/(networking|patchbay-dhclient-\S+|ifup@\S+)\.service/.test(stdout)
    ? null
    : `dhclient of ${link} belongs to ${stdout}`
}

async function networkdTrouble(lab: FullLab, link: string): Promise<string | null> {
  const { stdout } = await lab.exec(['networkctl', '--json=short', 'status', link], { check: false })
  return stdout.includes('"AdministrativeState":"configured"')
    ? null
    : `systemd-networkd is not done with ${link}`
}

/** Connected, by the profile as it is saved. */
async function networkManagerTrouble(lab: FullLab, link: string): Promise<string | null> {
  const fields = ['--get-values', 'GENERAL.STATE,GENERAL.DBUS-PATH,DHCP4.OPTION', 'device', 'show', link]
  const { stdout } = await lab.exec(['nmcli', ...fields], { check: false })
  if (!stdout.startsWith('100 ')) return `NetworkManager’s state of ${link} is ${stdout}`
  if (!stdout.includes('ip_address')) return `NetworkManager has no lease for ${link}`
  const device = /\/org\/freedesktop\/NetworkManager\/Devices\/\d+/.exec(stdout)?.[0] ?? ''
  const bus = 'org.freedesktop.NetworkManager'
  const call = [
    'busctl',
    '--json=short',
    'call',
    bus,
    device,
    `${bus}.Device`,
    'GetAppliedConnection',
    'u',
    '0',
  ]
  const { stdout: applied } = await lab.exec(call, { check: false })
  return /"dhcp-timeout"|"dns":/.test(applied)
    ? `more is in force on ${link} than its profile: ${applied}`
    : null
}
