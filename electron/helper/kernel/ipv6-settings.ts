import { readdir, readFile, writeFile } from 'node:fs/promises'
import { isCode } from '../root-files/files'

/** Where the kernel keeps a link's IPv6 settings (kernel: Documentation/networking/ip-sysctl.rst). */
const folderOf = (link: string): string => `/proc/sys/net/ipv6/conf/${link}`

/**
 * What decides whether a link listens to routers, and which addresses it makes. `accept_ra` counts most: a host that forwards,
 * as it does with libvirt's networks, listens only at 2.
 */
const NAMES = /^(accept_ra.*|autoconf|use_tempaddr|forwarding|addr_gen_mode|accept_redirects|disable_ipv6)$/

/** Gives a link the IPv6 settings of another; call it before it is set up. Without IPv6 there is nothing to do. */
export async function copyIpv6Settings(from: string, to: string): Promise<void> {
  for (const name of await namesIn(folderOf(from))) {
    const value = await readFile(`${folderOf(from)}/${name}`, 'utf8')
    if ((await readFile(`${folderOf(to)}/${name}`, 'utf8')) === value) continue
    await writeFile(`${folderOf(to)}/${name}`, value)
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => NAMES.test(name))
  } catch (error) {
    if (isCode(error, 'ENOENT')) return []
    throw error
  }
}
