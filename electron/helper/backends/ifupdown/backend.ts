import { z } from 'zod'
import { PatchbayError } from '../../../../shared/failure'
import type { Host } from '../../../../shared/world/host'
import type { BridgePlan } from '../../../../shared/helper/plan'
import { runCommand } from '../../../system/command'
import type { HostFacts } from '../../../host/facts'
import { configOf, stanzasFor } from '../../../host/managers/ifupdown/config'
import { type FileEdit, reversed } from '../../../host/managers/ifupdown/edit'
import { editsOf } from '../../../host/managers/ifupdown/plan'
import { defaultRoutes } from '../../../host/routes'
import { type Change, type Lease, linkOf, type PlannedFile, type Side } from '../../change/change'
import { readCopy, removeFile, replaceFile } from '../../root-files/files'
import { readLinkState } from '../../kernel/link-state'
import { removeOldLease, restateAddresses, runBatch } from '../../kernel/move'
import { moveNetwork } from '../move-network'
import { watchLease } from '../../safety-nets/lease-watch'
import { type ApplyContext, type Backend, keepsNothing, type Prepared } from '../backend'
import {
  forgetLeases,
  leasesFile,
  moveLeases,
  newestLease,
  startDhclient,
  startDhclientInBackground,
  stopDhclient,
} from './dhclient'
import { say } from '../../../../shared/phrases/phrase'

/** The changes of the files, to be taken back; and whether a dhclient must move along. */
const ownData = z.object({
  edits: z.array(z.object({ path: z.string(), before: z.string().nullable(), after: z.string() })),
  leased: z.boolean(),
})
type OwnData = z.infer<typeof ownData>
const ownDataOf = ({ own }: Change): OwnData => ownData.parse(own)
const isLeased = (change: Change): boolean => ownDataOf(change).leased

/** Makes and removes the bridge by ifupdown's own files; see `Backend` for what each call promises. */
export const ifupdownBackend: Backend = {
  ...keepsNothing,
  name: 'ifupdown',
  configuration: ['/etc/network', '/etc/dhcp', '/etc/resolv.conf'],
  async prepare({ ifupdown, host }: HostFacts, { nic, bridge }: BridgePlan): Promise<Prepared> {
    if (!ifupdown) throw new Error('ifupdown is not configured')
    const stanzas = stanzasFor(configOf(ifupdown), nic)
    const leased = stanzas.some(({ family, method }) => family === 'inet' && method === 'dhcp')
    const own: OwnData = { edits: editsOf(ifupdown, nic, bridge), leased }
    return {
      own,
      files: await Promise.all(own.edits.map(plannedFile)),
      lease: leased ? leaseOn(host, nic) : null,
    }
  },
  beforeUndo,
  async apply(side, change, context) {
    // ifupdown may be at work itself, as at a restart of networking.service: it locks its links, and so waits for itself.
    await tell('ifup', side === 'nic' ? change.bridge : change.nic)
    context.signal.throwIfAborted()
    await move(side, change)
    if (isLeased(change)) await confirmLease(side, change, context)
    await mark(side, change)
  },
  afterUndo: forgetBridge,
  async recover(side, change) {
    await move(side, change)
    if (side === 'nic') await forgetBridge(change)
    const link = linkOf(side, change)
    if (isLeased(change)) {
      await startDhclientInBackground(link)
      await watchLease(change.id, leasesFile(link), () => leaseCame(side, change))
    }
    await mark(side, change)
  },
  leaseCame,
}

/** dhclient sets what it gets beside what it finds, which is there until the end of the old lease; see `Backend`. */
async function leaseCame(side: Side, change: Change): Promise<boolean> {
  const link = linkOf(side, change)
  const lease = isLeased(change) ? await newestLease(link) : null
  // dhclient writes whole seconds.
  const since = Math.floor((change.kernel.readAt?.time ?? 0) / 1000) * 1000
  if (lease === null || (lease.ends !== null && lease.ends - lease.seconds * 1000 < since)) return false
  const left = lease.ends === null ? lease.seconds : Math.ceil((lease.ends - Date.now()) / 1000)
  if (left > 0) await renewAddress(link, lease.ip, Math.min(left, lease.seconds))
  await runBatch(removeOldLease(change.kernel, [lease.ip], link))
  return true
}

/** A file keeps its mode and owner; a new one is everybody's to read, as ifupdown's are. */
async function plannedFile({ path, before, after }: FileEdit): Promise<PlannedFile> {
  const present = await readCopy(path)
  const { mode, uid, gid } = present ?? { mode: 0o644, uid: 0, gid: 0 }
  return {
    path,
    after: { by: 'file-set', content: Buffer.from(after, 'latin1'), mode, uid, gid },
    before: before === null ? null : Buffer.from(before, 'latin1'),
  }
}

/** What the user has written into the files since stays there: only our own lines are taken back. */
async function beforeUndo(change: Change): Promise<void> {
  for (const edit of ownDataOf(change).edits) {
    const present = await readCopy(edit.path)
    const text = present?.content.toString('latin1') ?? null
    if (present === null || text === edit.after) continue
    const before = reversed(edit, text, change.bridge)
    const kept = before === null ? null : { ...present, content: Buffer.from(before, 'latin1') }
    if (kept) await change.files.rebase(edit.path, { nic: kept, bridge: present })
  }
}

/** Files, dhclient's memory and the kernel; no dhclient runs afterwards. */
async function move(side: Side, change: Change): Promise<void> {
  const { nic, bridge, files } = change
  const [from, to] = side === 'nic' ? [bridge, nic] : [nic, bridge]
  if (isLeased(change)) {
    await stopDhclient(from)
    await stopDhclient(to)
    await moveLeases(from, to)
  }
  await files.put(side)
  await moveNetwork(side, change)
}

/** Until nothing leads back to it: after a power loss dhclient is known to the router by what lies in its leases file. */
async function forgetBridge(change: Change): Promise<void> {
  if (isLeased(change)) await forgetLeases(change.bridge)
}

async function confirmLease(side: Side, change: Change, { signal, deadline }: ApplyContext): Promise<void> {
  signal.throwIfAborted()
  const link = linkOf(side, change)
  try {
    await startDhclient(link, deadline - performance.now())
  } catch (error) {
    throw new PatchbayError(
      { code: 'timeout', message: say('router-dhcp-did-not-answer', { link }), detail: String(error) },
      { cause: error },
    )
  }
  signal.throwIfAborted()
  const lease = await newestLease(link)
  if (lease !== null) await renewAddress(link, lease.ip, lease.seconds)
}

/** dhclient-script adds the address, which is there already, so the kernel would still end it with the old lease. */
async function renewAddress(link: string, ip: string, seconds: number): Promise<void> {
  const state = await readLinkState(link)
  const leased = state.addresses.filter((address) => address.ip === ip && address.valid !== null)
  const addresses = leased.map((address) => ({ ...address, valid: seconds, preferred: seconds }))
  await runBatch(restateAddresses(state, { ...state, addresses }))
}

/**
 * ifupdown's own notion of what is up. Its stanzas are not run, since their work is done; so it is told with stanzas that do
 * nothing but set the link up.
 */
async function mark(side: Side, { nic, bridge }: Change): Promise<void> {
  await tell('ifup', side === 'nic' ? nic : bridge)
  if (side === 'nic') await tell('ifdown', bridge)
}

/** Marked already is no error; nor is a link to be taken down that is gone. */
async function tell(command: 'ifup' | 'ifdown', link: string): Promise<void> {
  const stanza = `/run/patchbay/${link}.stanza`
  await replaceFile(stanza, `${stanza}.new`, `iface ${link} inet manual\n`, 0o600)
  try {
    // What it writes down everybody may read, as after a boot.
    const words = ['--no-scripts', `--interfaces=${stanza}`, link]
    await runCommand(command, words, { umask: 0o022 }).catch(() => undefined)
  } finally {
    await removeFile(stanza)
  }
}

/** What the kernel shows of the lease; name servers are the host's, as dhclient writes them to /etc/resolv.conf. */
function leaseOn(host: Host, nic: string): Lease | null {
  const link = host.links.find(({ name }) => name === nic)
  const addresses = (link?.addresses ?? []).filter(
    ({ family, origin }) => family === 4 && origin === 'dynamic',
  )
  if (addresses.length === 0) return null
  const route = defaultRoutes(host.routes).find((one) => one.link === nic && one.family === 4)
  return {
    addresses: addresses.map(({ ip, prefix }) => ({ ip, prefix })),
    gateway: route?.via ?? null,
    dns: host.dns.servers,
    search: host.dns.search,
  }
}
