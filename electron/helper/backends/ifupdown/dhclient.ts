import { readFile } from 'node:fs/promises'
import { type Daemon, endDaemon, startDaemon } from '../../safety-nets/daemon'
import { asideOf, exists, readCopy, removeFile, replaceFile } from '../../root-files/files'

/**
 * dhclient as ifupdown starts it (ifupdown 0.8.41, inet.defn). Its identifier towards the router lies in the leases file,
 * so the file moves along, and the router gives the same address.
 */
const pidFile = (link: string): string => `/run/dhclient.${link}.pid`

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
  // First the unit, which would start again what is killed; its client has no number yet while it waits for the router.
  await endDaemon(unitOf(link))
  const pid = await pidOf(link)
  if (pid !== null) process.kill(pid, 'SIGKILL')
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

/**
 * Starts dhclient and leaves it to it: the link has its address already, until the end of its lease. It is patient: after the
 * system's own `timeout` it would take the address off the link when the router answers no ping, and rest for five minutes
 * (dhclient.conf(5), retry; dhclient-script(8), TIMEOUT).
 */
export async function startDhclientInBackground(link: string): Promise<void> {
  await startDaemon(daemonOf(link, ['-nw', '-cf', await patientConfiguration()]), BACKGROUND_MS)
}

/** It goes to the background at once. */
const BACKGROUND_MS = 10_000
const CONFIGURATION = '/etc/dhcp/dhclient.conf'

/** The system's configuration, but that dhclient never gives up. */
async function patientConfiguration(): Promise<string> {
  const path = '/run/patchbay/dhclient.conf'
  const own = (await exists(CONFIGURATION)) ? [`include "${CONFIGURATION}";`] : []
  await replaceFile(path, `${path}.new`, [...own, 'timeout 2147483647;', ''].join('\n'), 0o644)
  return path
}

/** The newest lease that dhclient has written down for a link; null without one. */
export async function newestLease(link: string): Promise<WrittenLease | null> {
  return newestLeaseIn((await readCopy(leasesFile(link)))?.content.toString('latin1') ?? '')
}

export interface WrittenLease {
  ip: string
  /** How long the router has given it for. Seconds. */
  seconds: number
  /** Milliseconds since 1970; null when it has none. */
  ends: number | null
}

/** The last lease in dhclient's file counts (dhclient.leases(5)), where times are UTC unless stated as `epoch`. Pure. */
export function newestLeaseIn(text: string): WrittenLease | null {
  const block = text.slice(text.lastIndexOf('lease {'))
  const seconds = /option dhcp-lease-time (\d+);/.exec(block)?.[1]
  const ip = /fixed-address (\S+);/.exec(block)?.[1]
  if (ip === undefined || seconds === undefined) return null
  const [, epoch] = /expire epoch (\d+);/.exec(block) ?? []
  const [, day = '', time = ''] = /expire \d (\S+) (\S+);/.exec(block) ?? []
  const ends = epoch === undefined ? Date.parse(`${day.replaceAll('/', '-')}T${time}Z`) : Number(epoch) * 1000
  return { ip, seconds: Number(seconds), ends: Number.isNaN(ends) ? null : ends }
}

/** The file in which dhclient writes a link's leases down. */
export const leasesFile = (link: string): string => `/var/lib/dhcp/dhclient.${link}.leases`
