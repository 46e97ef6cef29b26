import { existsSync } from 'node:fs'
import { runCommand } from '../../../host/command'

/** There while systemd-resolved runs; asking it otherwise could start it (systemd-resolved.service(8)). */
const RUNTIME = '/run/systemd/resolve/resolv.conf'

/**
 * Has systemd-resolved forget the name servers of a link that has none any more. A NetworkManager that was started anew
 * does not know what the one before it has told systemd-resolved.
 */
export async function forgetNameServers(link: string): Promise<void> {
  if (!existsSync(RUNTIME)) return
  // It is no error that it is being stopped: then it forgets them by itself.
  await runCommand('resolvectl', ['revert', link]).catch(() => undefined)
}
