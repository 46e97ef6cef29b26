import { readdir, readFile, readlink } from 'node:fs/promises'

/** Another network namespace: a handle that `nsenter` takes, what people know it by, and what comes before `ip` for it. */
export interface Namespace {
  path: string
  name: string
  ip: string
}

/** As `readlink` tells it of a namespace's handle below /proc: `net:[INODE]` (namespaces(7)). */
export const ownNamespace = (): Promise<string> => readlink('/proc/self/ns/net')

/**
 * Every network namespace of this computer that can be reached from here, by its id. A name by ip-netns(8) says most about it,
 * then a process, and a handle alone the least. What ends meanwhile is left out.
 */
export async function readNamespaces(): Promise<Map<string, Namespace>> {
  const mounted = namespacesMounted(await readFile('/proc/self/mountinfo', 'utf8'))
  const inUse = new Map<string, Namespace>()
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const path = `/proc/${pid}/ns/net`
    const id = await readlink(path).catch(() => null)
    if (id === null || inUse.has(id) || mounted.get(id)?.path.startsWith(NAMED) === true) continue
    inUse.set(id, { path, name: await ownerOf(pid), ip: `nsenter -t ${pid} -n ip` })
  }
  return new Map([...mounted, ...inUse])
}

/** Where ip-netns(8) keeps those that have names. */
const NAMED = '/run/netns/'

/** Those that are kept by a mount, as ip-netns(8) and Docker do, in the text of /proc/self/mountinfo (proc(5)). Pure. */
export function namespacesMounted(mountinfo: string): Map<string, Namespace> {
  const found = new Map<string, Namespace>()
  for (const line of mountinfo.split('\n')) {
    const [, id, path] = /^\d+ \d+ \S+ (net:\[\d+\]) (\S+) /.exec(line) ?? []
    if (id === undefined || path === undefined) continue
    const name = /^[\w.-]+$/.exec(path.startsWith(NAMED) ? path.slice(NAMED.length) : '')?.[0]
    const ip = name === undefined ? `nsenter --net=${path} ip` : `ip -n ${name}`
    found.set(id, { path, name: `the network namespace ${name ?? path}`, ip })
  }
  return found
}

/** How container engines name the control groups of their containers. */
const CONTAINERS = /(?:^|\/)(docker|libpod|cri-containerd|crio)[-/]([0-9a-f]{12})[0-9a-f]{52}/m
const MACHINES = /\/machine-([^/]+)\.scope|\/lxc\.payload\.([^/]+)/

/** What people know a process's namespace by, from its control groups (`/proc/PID/cgroup`) and its name. Pure. */
export function ownerFrom(pid: string, cgroup: string, comm: string): string {
  const [, engine, id] = CONTAINERS.exec(cgroup) ?? []
  if (engine !== undefined && id !== undefined) return `the container ${id}`
  const [, machine, payload] = MACHINES.exec(cgroup) ?? []
  const name = machine ?? payload
  return name === undefined ? `the network namespace of “${comm}” (process ${pid})` : `the container ${name}`
}

async function ownerOf(pid: string): Promise<string> {
  const read = (file: string): Promise<string> => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '')
  return ownerFrom(pid, await read('cgroup'), (await read('comm')).trim())
}
