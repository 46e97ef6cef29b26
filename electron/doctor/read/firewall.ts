import { readFile } from 'node:fs/promises'
import { findBinary, runCommand } from '../../system/command'
import { openSystemBus } from '../../system/dbus'
import { readFirewalldZones } from '../../host/firewalld'
import type { Link } from '../../../shared/world/host'
import type { FirewallFacts } from '../facts'

/** The host's firewall, as far as this user may see it. */
export async function readFirewallFacts(links: readonly Link[], isRoot: boolean): Promise<FirewallFacts> {
  const [iptables, ufw, network, firewalldZones] = await Promise.all([
    isRoot && findBinary('iptables') !== null ? readRules() : null,
    textOf('/etc/ufw/ufw.conf'),
    textOf('/etc/libvirt/network.conf'),
    readZones(),
  ])
  return {
    iptables,
    docker: links.some(({ name, kind }) => kind === 'bridge' && name === 'docker0'),
    ufw: isUfwOn(ufw),
    libvirtBackend: backendIn(network, iptables),
    firewalldZones,
  }
}

async function readRules(): Promise<string[]> {
  const output = await runCommand('iptables', ['--wait', '5', '-S'])
  return output.split('\n').filter((line) => line !== '')
}

/** ufw(8) notes there whether it closes the firewall at boot. Pure. */
export const isUfwOn = (conf: string): boolean => /^\s*ENABLED\s*=\s*"?yes"?\s*$/im.test(conf)

/**
 * By what libvirt makes its rules: as its configuration says, else by the chains that it makes. Pure.
 * @param conf the text of /etc/libvirt/network.conf (libvirt ≥ 10.4, `firewall_backend`)
 */
export function backendIn(conf: string, rules: readonly string[] | null): FirewallFacts['libvirtBackend'] {
  const [, said] = /^\s*firewall_backend\s*=\s*"(iptables|nftables)"/m.exec(conf) ?? []
  if (said === 'iptables' || said === 'nftables') return said
  return rules?.some((rule) => rule.startsWith('-N LIBVIRT_')) === true ? 'iptables' : 'unknown'
}

async function readZones(): Promise<string[] | null> {
  try {
    const bus = await openSystemBus()
    try {
      return await readFirewalldZones(bus)
    } finally {
      bus.close()
    }
  } catch {
    // A host without a system bus has no firewalld.
    return null
  }
}

/** Empty when it is not there, or not for this user to read. */
const textOf = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '')
