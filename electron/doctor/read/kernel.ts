import { readdir, readFile } from 'node:fs/promises'
import type { KernelFacts } from '../facts'

const ROOT = '/proc/sys/net'

/** What the kernel is set to, as everybody may read it. */
export async function readKernel(root: string = ROOT): Promise<KernelFacts> {
  const [iptables, ip6tables, forwarding] = await Promise.all([
    settingIn(`${root}/bridge/bridge-nf-call-iptables`),
    settingIn(`${root}/bridge/bridge-nf-call-ip6tables`),
    settingIn(`${root}/ipv6/conf/all/forwarding`),
  ])
  return {
    bridgeNf:
      iptables === null
        ? null
        : { iptables: iptables !== 0, ip6tables: ip6tables !== 0 && ip6tables !== null },
    ipv6:
      forwarding === null
        ? null
        : { forwarding: forwarding !== 0, acceptRa: await readAcceptRa(`${root}/ipv6/conf`) },
  }
}

async function readAcceptRa(folder: string): Promise<Record<string, number>> {
  const links = await readdir(folder)
  const entries = await Promise.all(
    links.map(async (link) => [link, await settingIn(`${folder}/${link}/accept_ra`)] as const),
  )
  return Object.fromEntries(entries.filter((entry): entry is [string, number] => entry[1] !== null))
}

/** Null where the kernel has no such setting, or the link has just gone. */
async function settingIn(path: string): Promise<number | null> {
  try {
    return Number((await readFile(path, 'utf8')).trim())
  } catch {
    return null
  }
}
