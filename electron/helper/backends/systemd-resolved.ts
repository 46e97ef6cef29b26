import { existsSync } from 'node:fs'
import { runCommand } from '../../system/command'
import type { Lease } from '../change/change'

/** There while systemd-resolved runs; asking it otherwise could start it (systemd-resolved.service(8)). */
const RUNTIME = '/run/systemd/resolve/resolv.conf'

/**
 * Has systemd-resolved forget the name servers that a link was given beside its configuration, or that a NetworkManager has told
 * it of which was started anew since. Where the manager has the link, it is asked for what it has itself (resolvectl(1)).
 */
export async function forgetNameServers(link: string): Promise<void> {
  if (!existsSync(RUNTIME)) return
  // It is no error that it is being stopped: then it forgets them by itself.
  await runCommand('resolvectl', ['revert', link]).catch(() => undefined)
}

/**
 * Keeps a lease's name servers for a link whose manager knows them no more. They stay until the manager begins with the link
 * anew (resolvectl(1): a manager that has the link is told instead).
 */
export async function keepNameServers(link: string, { dns, search }: Lease): Promise<void> {
  if (!existsSync(RUNTIME)) return
  for (const [what, values] of Object.entries({ dns, domain: search })) {
    if (values.length > 0) await runCommand('resolvectl', [what, link, ...values]).catch(() => undefined)
  }
}
