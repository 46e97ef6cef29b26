import { readdir, readFile, stat } from 'node:fs/promises'
import { hostname } from 'node:os'
import type { HostManager, Link } from '../../shared/world/host'
import { type Bus, openSystemBus } from '../system/dbus'
import type { BridgeFacts, HostFacts } from './facts'
import { readFirewall } from './firewalld'
import { readIfupdown } from './managers/ifupdown/read'
import { type IpLink, readAddresses, readFdb, readLinks, readRoutes, readRules } from '../system/ip-json'
import { bondModesFrom, extraMacsFrom, linksFrom, type SysfsLink } from './links'
import { managerOf, readManagerFiles } from './managers/who-manages'
import { type NetworkManagerFacts, readNetworkManager } from './managers/network-manager/facts'
import { type NetworkdLink, readNetworkdLink } from './managers/networkd/facts'
import { withOrigins } from './origins'
import { isRemoteSession } from './ssh-session'
import { readDns } from './resolver'
import { isByNexthop, isMultipath, routesFrom, uplinkFrom } from './routes'
import { readSignedIn } from './wpa-supplicant'

/**
 * Looks at the host's network. Needs no root and changes nothing.
 * Throws a `PatchbayError` when `ip` is missing or prints nonsense; without NetworkManager or D-Bus that part is null.
 */
export async function lookAtHost(): Promise<HostFacts> {
  const [ipLinks, ipAddresses, routes4, routes6, rules4, rules6, fdb, onBus] = await Promise.all([
    readLinks(),
    readAddresses(),
    readRoutes(4),
    readRoutes(6),
    readRules(4),
    readRules(6),
    readFdb(),
    lookAtBus(),
  ])
  const { networkManager, firewall } = onBus
  const routes = [...routesFrom(4, routes4), ...routesFrom(6, routes6)]
  const raw = linksFrom(ipLinks, ipAddresses, await readSysfs(ipLinks))
  const links = withOrigins(raw, routes, networkManager)
  const uplink = uplinkFrom(links, routes)
  const managers = await findManagers(links, networkManager)
  return {
    host: {
      computer: 'this',
      hostname: hostname(),
      links,
      routes,
      dns: await readDns(networkManager?.dns ?? null),
      uplink,
      manager: managers[uplink?.link ?? ''] ?? 'unknown',
    },
    managers,
    networkd: await readNetworkd(links),
    ifupdown: await readIfupdown(),
    rules: { ipv4: rules4, ipv6: rules6 },
    multipath: [...routesFrom(4, routes4.filter(isMultipath)), ...routesFrom(6, routes6.filter(isMultipath))],
    byNexthop: [...routesFrom(4, routes4.filter(isByNexthop)), ...routesFrom(6, routes6.filter(isByNexthop))],
    bridges: bridgesFrom(ipLinks),
    uppers: await readUppers(ipLinks),
    extraMacs: extraMacsFrom(fdb),
    bondModes: bondModesFrom(ipLinks),
    networkManager,
    firewall,
    signedIn: await readSignedIn(),
    remote: isRemoteSession(),
  }
}

type OnBus = Pick<HostFacts, 'networkManager' | 'firewall'>

async function lookAtBus(): Promise<OnBus> {
  let bus: Bus
  try {
    bus = await openSystemBus()
  } catch {
    // A host without a system bus has neither of them.
    return { networkManager: null, firewall: null }
  }
  try {
    const [networkManager, firewall] = await Promise.all([readNetworkManager(bus), readFirewall(bus)])
    return { networkManager, firewall }
  } finally {
    bus.close()
  }
}

async function readNetworkd(links: readonly Link[]): Promise<NetworkdLink[]> {
  const found = await Promise.all(links.map(({ name, index }) => readNetworkdLink(name, index)))
  return found.filter((link) => link !== null)
}

/** Links that may be a NIC or a bridge: not a machine's taps, nor the loopback. */
const MANAGED_KINDS: readonly Link['kind'][] = ['ethernet', 'veth', 'wifi', 'bond', 'vlan', 'bridge']

async function findManagers(
  links: readonly Link[],
  nm: NetworkManagerFacts | null,
): Promise<Record<string, HostManager>> {
  const candidates = links.filter(({ kind }) => MANAGED_KINDS.includes(kind))
  const files = await readManagerFiles(candidates)
  const entries = files.flatMap((one, index) => {
    const link = candidates[index]
    return link === undefined ? [] : [[link.name, managerOf(link, nm, one)] as const]
  })
  return Object.fromEntries(entries)
}

async function readSysfs(links: readonly IpLink[]): Promise<Map<string, SysfsLink>> {
  const entries = links.map(async ({ ifname }): Promise<[string, SysfsLink]> => {
    const folder = `/sys/class/net/${ifname}`
    const [wireless, phy, speed] = await Promise.all([
      exists(`${folder}/wireless`),
      exists(`${folder}/phy80211`),
      readSpeed(`${folder}/speed`),
    ])
    return [ifname, { wireless: wireless || phy, speed }]
  })
  return new Map(await Promise.all(entries))
}

/** The kernel links to each link what sits on it, as `upper_NAME` (kernel: net/core/dev.c, `netdev_adjacent_sysfs_add`). */
async function readUppers(links: readonly IpLink[]): Promise<Record<string, string[]>> {
  const entries = links.map(async ({ ifname }): Promise<[string, string[]]> => {
    // Gone again, or in a place without sysfs.
    const names = await readdir(`/sys/class/net/${ifname}`).catch(() => [])
    return [ifname, names.flatMap((name) => (name.startsWith('upper_') ? [name.slice(6)] : []))]
  })
  return Object.fromEntries(await Promise.all(entries))
}

/** A driver that can't tell answers with an error or -1. */
async function readSpeed(path: string): Promise<number | null> {
  try {
    const speed = Number(await readFile(path, 'utf8'))
    return speed > 0 ? speed : null
  } catch {
    return null
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path)
    return true
  } catch {
    return false
  }
}

function bridgesFrom(links: readonly IpLink[]): BridgeFacts[] {
  return links
    .filter(({ linkinfo }) => linkinfo?.info_kind === 'bridge')
    .map(({ ifname, linkinfo }) => ({
      name: ifname,
      stp: (linkinfo?.info_data?.stp_state ?? 0) !== 0,
      ports: links
        .filter(({ master }) => master === ifname)
        .map((port) => ({
          name: port.ifname,
          forwarding: port.linkinfo?.info_slave_data?.state === 'forwarding',
        })),
    }))
}
