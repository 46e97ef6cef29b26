import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Lab } from '../lab/index'

/** What a change of the host may touch, and its undo must bring back. */
export interface HostState {
  /** Mode and content of every file of the network configuration, by path. */
  files: Readonly<Record<string, string>>
  /** Of each link: MAC, MTU, master and addresses. Machines' own links are left out. */
  links: Readonly<Record<string, unknown>>
  routes: readonly string[]
}

const CONFIGURATION = ['/etc/NetworkManager', '/etc/resolv.conf']

const ipLinks = z.array(
  z.object({
    ifname: z.string(),
    address: z.string().optional(),
    mtu: z.number(),
    master: z.string().optional(),
    addr_info: z.array(z.object({ local: z.string(), prefixlen: z.number(), scope: z.string() })),
  }),
)
const ipRoutes = z.array(
  z.object({
    dst: z.string(),
    gateway: z.string().optional(),
    dev: z.string(),
    metric: z.number().optional(),
    prefsrc: z.string().optional(),
  }),
)

/** Looks at the workstation of a lab. */
export async function hostState(lab: Lab): Promise<HostState> {
  const json = async (...words: string[]): Promise<unknown> =>
    JSON.parse((await lab.exec(['ip', '-j', ...words])).stdout)
  const links = ipLinks.parse(await json('addr')).filter(({ ifname }) => !isMachines(ifname))
  const all = [...ipRoutes.parse(await json('-4', 'route')), ...ipRoutes.parse(await json('-6', 'route'))]
  const routes = all.filter(({ dev }) => !isMachines(dev))
  return {
    files: Object.fromEntries(CONFIGURATION.flatMap((path) => filesIn(lab, path))),
    links: Object.fromEntries(
      links.map(({ ifname, address, mtu, master, addr_info }) => [
        ifname,
        {
          address,
          mtu,
          master,
          addresses: addr_info.map(({ local, prefixlen, scope }) => `${local}/${prefixlen} ${scope}`).sort(),
        },
      ]),
    ),
    routes: routes.map((route) => Object.values(route).join(' ')).sort(),
  }
}

/** The host's end of a machine's cable comes and goes with the machine. */
const isMachines = (link: string): boolean => /^(vnet|macvtap)\d/.test(link)

function filesIn(lab: Lab, path: string): [string, string][] {
  const outside = lab.path(path)
  const stat = statSync(outside)
  if (stat.isDirectory()) return readdirSync(outside).flatMap((name) => filesIn(lab, join(path, name)))
  return [[path, `${stat.mode.toString(8)} ${readFileSync(outside, 'utf8')}`]]
}
