import { existsSync } from 'node:fs'
import { PatchbayError } from '../../../shared/failure'
import { say } from '../../../shared/phrases/phrase'

interface PortOf {
  nic: string
  bridge: string
}

/** Whether the kernel has the NIC as a port of the bridge. */
export const isPort = ({ nic, bridge }: PortOf): boolean => existsSync(`/sys/class/net/${bridge}/brif/${nic}`)

/** Makes the NIC a port of the bridge, as a line for `ip -batch`. */
export const becomePort = ({ nic, bridge }: PortOf): string => `link set dev ${nic} master ${bridge}`

/**
 * Throws a `PatchbayError` with the kernel's reason when the NIC has not become a port: something has its frames already, or its
 * driver can't pass on those of others. `printed` is what `ip` complained of in a batch of `lines`.
 */
export function refuseUnlessPort(links: PortOf, lines: readonly string[], printed: string): void {
  if (isPort(links)) return
  const message = `The kernel did not make ${links.nic} a port of ${links.bridge}`
  throw notPort(links, lines, printed) ?? new PatchbayError({ code: 'internal', message })
}

/** That failure, where `ip` has told a reason; null otherwise. Pure. */
export function notPort(links: PortOf, lines: readonly string[], printed: string): PatchbayError | null {
  const reason = complaintAbout(becomePort(links), lines, printed)
  if (reason === null) return null
  return new PatchbayError({
    code: 'internal',
    message: say('kernel-did-not-make-port', { nic: links.nic, bridge: links.bridge, reason }),
    ...(/busy/i.test(reason) && {
      hint: say('another-link-frames-such-container', { nic: links.nic }),
    }),
  })
}

/** What `ip -force -batch -` printed of one of its `lines`, each time before `Command failed -:NUMBER`; null for nothing. */
function complaintAbout(line: string, lines: readonly string[], printed: string): string | null {
  const wanted = lines.indexOf(line) + 1
  let said: string[] = []
  for (const text of printed.split('\n')) {
    const failed = /^Command failed -:(\d+)$/.exec(text.trim())
    if (failed === null) {
      said.push(text.trim().replace(/^(RTNETLINK answers|Error): /, ''))
      continue
    }
    if (Number(failed[1]) === wanted) return said.join(' ') || null
    said = []
  }
  return null
}
