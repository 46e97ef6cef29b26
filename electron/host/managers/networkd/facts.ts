import { readdir, readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { type ConfigFile, readConfigFile } from '../../../system/config-file'

/** What systemd-networkd has for one link; needs no root, except for the text of what netplan generates. */
export interface NetworkdLink {
  name: string
  /** How far networkd is with it: `configuring`, `configured`, `failed`, … */
  state: string
  /** The .network file in force, and its drop-ins in the order in which they are read. */
  file: ConfigFile
  dropIns: readonly ConfigFile[]
  /** The DHCPv4 lease, `KEY=value` as networkd writes it down; null without one. */
  lease: Readonly<Record<string, string>> | null
  /** What the link says to name its addresses by DHCPv6, if it has asked so far. */
  dhcp6Iaid: number | null
}

/** Folders of configuration, first one first: a file in an earlier one hides its namesakes (systemd.network(5)). */
const FOLDERS = ['/etc', '/run', '/usr/local/lib', '/usr/lib', '/lib'].map(
  (root) => `${root}/systemd/network`,
)
/** systemd-networkd's state, by the link's index (not a documented interface; read by networkctl in the same way). */
const STATE = '/run/systemd/netif'

/** Reads what networkd has for a link; null when it does not manage it. `root` is where the host's files are found. */
export async function readNetworkdLink(name: string, index: number, root = ''): Promise<NetworkdLink | null> {
  const state = await readKeys(`${root}${STATE}/links/${index}`)
  const path = state?.NETWORK_FILE
  if (path === undefined || state?.ADMIN_STATE === 'unmanaged') return null
  const file = await readConfigFile(`${root}${path}`)
  if (file === null) return null
  const iaid = Number(state?.DHCP6_CLIENT_IAID)
  return {
    name,
    state: state?.ADMIN_STATE ?? 'unknown',
    file,
    dropIns: await readDropIns(basename(path), root),
    lease: await readKeys(`${root}${STATE}/leases/${index}`),
    dhcp6Iaid: Number.isInteger(iaid) ? iaid : null,
  }
}

/** What a state file says; null when there is none. */
export async function readKeys(path: string): Promise<Record<string, string> | null> {
  try {
    return parseKeys(await readFile(path, 'utf8'))
  } catch {
    return null
  }
}

/** `KEY=value` lines, as systemd writes its state files. Pure. */
export function parseKeys(text: string): Record<string, string> {
  const pairs = text.split('\n').flatMap((line) => {
    const [, key, value] = /^([A-Z0-9_]+)=(.*)$/.exec(line) ?? []
    return key === undefined || value === undefined ? [] : [[key, value] as const]
  })
  return Object.fromEntries(pairs)
}

/** Drop-ins are sorted by name whatever folder they are in. */
async function readDropIns(file: string, root: string): Promise<ConfigFile[]> {
  const found = new Map<string, string>()
  for (const folder of [...FOLDERS].reverse().map((one) => `${root}${one}/${file}.d`)) {
    for (const name of await namesIn(folder)) found.set(name, `${folder}/${name}`)
  }
  const paths = [...found.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, path]) => path)
  return (await Promise.all(paths.map(readConfigFile))).filter((one) => one !== null)
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith('.conf'))
  } catch {
    return []
  }
}
