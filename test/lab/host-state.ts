import { createHash } from 'node:crypto'
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { z } from 'zod'
import type { Lab } from './types'

/** Everything that must be as before after an undo or a rollback, in a form that compares. */
export interface HostState {
  /** `LINK ADDRESS/PREFIX dynamic` or `fixed`, those that reach beyond the link. */
  addresses: string[]
  /** Of all tables but the kernel's own, as `ip -d route` shows them, with protocol and scope. */
  routes: string[]
  /** `LINK IP MAC` of those neighbours that somebody has set for good. */
  neighbours: string[]
  rules: string
  /** `LINK MASTER MAC MTU`. */
  links: string[]
  /** The text of /etc/resolv.conf, and what systemd-resolved knows of each link. */
  resolver: string
  /** By path on the workstation: content, mode, owner and time of every file of the network's configuration. */
  files: Record<string, string>
}

const configuration = [
  '/etc/NetworkManager',
  '/etc/systemd/network',
  '/etc/netplan',
  '/etc/network',
  '/etc/dhcp',
  '/etc/resolv.conf',
]

/** Where the profiles lie that netplan makes for NetworkManager at each boot. */
const GENERATED = '/run/NetworkManager/system-connections'

const ipAddresses = z.array(
  z.object({
    ifname: z.string(),
    address: z.string().default(''),
    master: z.string().default(''),
    mtu: z.number(),
    addr_info: z.array(
      z.object({
        local: z.string(),
        prefixlen: z.number(),
        scope: z.string(),
        dynamic: z.boolean().default(false),
      }),
    ),
  }),
)

/** Looks at the workstation of a lab, without machines' own links, which come and go with them. */
export async function hostState(lab: Lab): Promise<HostState> {
  const ip = async (...args: string[]): Promise<string> => (await lab.exec(['ip', ...args])).stdout
  const routes = ['-4', '-6'].map((family) => ip('-d', family, 'route', 'show', 'table', 'all'))
  const links = ipAddresses
    .parse(JSON.parse(await ip('-json', 'address')))
    .filter(({ ifname }) => !isMachines(ifname))
  return {
    addresses: links
      .flatMap(({ ifname, addr_info }) =>
        addr_info
          .filter(({ scope }) => scope === 'global')
          .map(
            ({ local, prefixlen, dynamic }) =>
              `${ifname} ${local}/${prefixlen} ${dynamic ? 'dynamic' : 'fixed'}`,
          ),
      )
      .sort(),
    routes: comparable((await Promise.all(routes)).join('')),
    neighbours: (await ip('neigh', 'show', 'nud', 'permanent'))
      .replace(/^(\S+) dev (\S+) lladdr (\S+) .*$/gm, '$2 $1 $3')
      .split('\n')
      .filter((line) => line !== '')
      .sort(),
    rules: (await ip('-4', 'rule')) + (await ip('-6', 'rule')),
    links: links.map(({ ifname, master, address, mtu }) => [ifname, master, address, mtu].join(' ')).sort(),
    resolver: await resolver(lab),
    files: Object.fromEntries([
      ...configuration.flatMap((path) => filesIn(lab, path)),
      ...filesIn(lab, GENERATED).filter(([path]) => path.startsWith(`${GENERATED}/netplan-`)),
    ]),
  }
}

const isMachines = (link: string): boolean => /^(vnet|macvtap)\d/.test(link)

/** The lines of `ip route`, without what changes by itself and what is every link's own. */
function comparable(routes: string): string[] {
  return (
    routes
      // The hops of a route that has several stand on lines of their own.
      .replace(/\n\s+/g, ' ')
      .split('\n')
      .map((line) =>
        line
          .replace(/^unicast /, '')
          .replace(/ table main\b/, '')
          // The time until a router's word expires goes down; whether a machine is plugged in is no setting.
          .replace(/ expires -?\d+sec/, '')
          .replace(/ hoplimit \d+/, '')
          // networkd (257) makes a nexthop object for each word of a router; where it leads the route says itself.
          .replace(/ nhid \d+(?= via )/, '')
          .replace(/ nh_info id .*/, '')
          .replace(/ linkdown/, '')
          .trim(),
      )
      .filter((line) => line !== '' && !/ table local\b|^fe80::/.test(line))
      .filter((line) => !isMachines(/ dev (\S+)/.exec(line)?.[1] ?? ''))
      .sort()
  )
}

async function resolver(lab: Lab): Promise<string> {
  const out = async (...argv: string[]): Promise<string> => {
    // Nothing where systemd-resolved does not run.
    const { code, stdout } = await lab.exec(argv, { check: false })
    return code === 0 ? stdout : ''
  }
  const ofLinks = async (what: string): Promise<string[]> =>
    // Without the number of the link, which is another one at every boot.
    [...(await out('resolvectl', what)).matchAll(/^Link \d+ \((\S+)\): *(\S.*)$/gm)]
      .map(([, link = '', values = '']) => `${link} ${what} ${values.trim()}`)
      .sort()
  const file = await out('cat', '/etc/resolv.conf')
  return [file, ...(await ofLinks('dns')), ...(await ofLinks('domain'))].join('\n')
}

/** Symbolic links are not followed: from outside, an absolute one leads to a file of this machine. */
function filesIn(lab: Lab, path: string): [string, string][] {
  const outside = lab.path(path)
  const stat = lstatSync(outside, { throwIfNoEntry: false })
  if (stat === undefined) return []
  if (stat.isDirectory()) {
    return readdirSync(outside)
      .sort()
      .flatMap((name) => filesIn(lab, `${path}/${name}`))
  }
  const isLink = stat.isSymbolicLink()
  const content = isLink
    ? `-> ${readlinkSync(outside)}`
    : createHash('sha256').update(readFileSync(outside)).digest('hex')
  const isTimeless =
    path.startsWith(GENERATED) || (!isLink && path === '/etc/resolv.conf' && isRewritten(lab))
  const time = isTimeless ? 'any time' : stat.mtimeMs
  return [[path, [content, stat.mode.toString(8), stat.uid, stat.gid, time].join(' ')]]
}

/** NetworkManager and dhclient write /etc/resolv.conf anew with every lease, also when nothing has changed. */
function isRewritten(lab: Lab): boolean {
  return readdirSync(lab.path('/run')).some((name) => /^NetworkManager$|^dhclient.*\.pid$/.test(name))
}
