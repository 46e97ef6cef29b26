import { readFile } from 'node:fs/promises'
import { type Daemon, endDaemon, startDaemon } from '../../daemon'
import { asideOf, readCopy, removeFile, replaceFile } from '../../files'

/**
 * dhclient as ifupdown starts it (ifupdown 0.8.41, inet.defn). Its identifier towards the router lies in the leases file,
 * so the file moves along, and the router gives the same address.
 */
const pidFile = (link: string): string => `/run/dhclient.${link}.pid`
const leasesFile = (link: string): string => `/var/lib/dhcp/dhclient.${link}.leases`

const argumentsFor = (link: string): string[] => [
  ...['-4', '-v', '-i', '-pf', pidFile(link), '-lf', leasesFile(link), '-I'],
  ...['-df', `/var/lib/dhcp/dhclient6.${link}.leases`, link],
]

const unitOf = (link: string): string => `patchbay-dhclient-${link}`

const daemonOf = (link: string, words: readonly string[] = []): Daemon => ({
  unit: unitOf(link),
  description: `The DHCP client of ${link}`,
  argv: ['dhclient', ...words, ...argumentsFor(link)],
  pidFile: pidFile(link),
})

/** The process that keeps a link's lease, or null. A number that has passed on to another program is nobody's. */
async function pidOf(link: string): Promise<number | null> {
  try {
    const pid = Number((await readFile(pidFile(link), 'utf8')).trim())
    const command = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0')
    return /(^|\/)dhclient$/.test(command[0] ?? '') && command.includes(link) ? pid : null
  } catch {
    return null
  }
}

/** Ends a link's dhclient without a word to the router: the lease lives on. */
export async function stopDhclient(link: string): Promise<void> {
  const pid = await pidOf(link)
  if (pid !== null) process.kill(pid, 'SIGKILL')
  // One that still waits for the router has not written its number down.
  await endDaemon(unitOf(link))
  await removeFile(pidFile(link))
}

/** Gives what dhclient knows for one link to another, and the other starts with confirming it (INIT-REBOOT). */
export async function moveLeases(from: string, to: string): Promise<void> {
  const known = await readCopy(leasesFile(from))
  if (known === null) return
  const text = known.content.toString('utf8').replaceAll(`interface "${from}"`, `interface "${to}"`)
  await replaceFile(leasesFile(to), asideOf(leasesFile(to)), text, 0o644)
}

/** Removes what is left of a link that is gone. */
export async function forgetLeases(link: string): Promise<void> {
  await removeFile(leasesFile(link))
}

/** Starts dhclient; resolves when the router has confirmed, rejects after `milliseconds`. */
export const startDhclient = (link: string, milliseconds: number): Promise<void> =>
  startDaemon(daemonOf(link), milliseconds)

/** Seconds of the newest lease in dhclient's file (dhclient.leases(5): the last one counts); null when there is none. */
export async function leaseSeconds(link: string): Promise<number | null> {
  const text = (await readCopy(leasesFile(link)))?.content.toString('latin1') ?? ''
  const last = [...text.matchAll(/option dhcp-lease-time (\d+);/g)].at(-1)?.[1]
  return last === undefined ? null : Number(last)
}

/** Starts dhclient and leaves it to it: the link has its address already. */
export const startDhclientInBackground = (link: string): Promise<void> =>
  startDaemon(daemonOf(link, ['-nw']), BACKGROUND_MS)

/** It goes to the background at once. */
const BACKGROUND_MS = 10_000
