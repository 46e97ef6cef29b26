import { runCommand } from '../../system/command'
import { readJsonList } from '../../system/json-output'
import { ipAddress } from './link-state'

/**
 * Lines that state a link's own link-local addresses once more, as they are: whoever has taken the link for a new one meanwhile
 * learns of them by the kernel's word, and would wait for it in vain.
 */
export async function restateLinkLocal(link: string): Promise<string[]> {
  const shown = await runCommand('ip', ['-j', 'address', 'show', 'dev', link])
  return readJsonList('ip -j address', shown, ipAddress)
    .flatMap(({ addr_info }) => addr_info)
    .filter(({ family, scope }) => family === 'inet6' && scope === 'link')
    .flatMap(({ local, prefixlen }) =>
      local === undefined ? [] : [`address replace ${local}/${String(prefixlen)} dev ${link} scope link`],
    )
}
