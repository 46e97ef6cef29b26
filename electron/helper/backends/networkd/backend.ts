import { z } from 'zod'
import { PatchbayError } from '../../../../shared/failure'
import type { BridgePlan } from '../../../../shared/plan'
import { runCommand } from '../../../host/command'
import type { HostFacts } from '../../../host/facts'
import { type BridgePaths, bridgePaths, bridgeTexts } from '../../../host/networkd/bridge-files'
import type { Change, Side } from '../../change'
import { hasAddresses } from '../../kernel/has-addresses'
import { findLinkState, readLinkState, withLifetimesOf, withOptionsOf } from '../../kernel/link-state'
import { makeBridge, restateAddresses, runBatch, toBridge, toNic } from '../../kernel/move'
import { holdsBy, waitUntil } from '../../wait'
import { type ApplyContext, type Backend, keepsNothing, type Prepared } from '../backend'
import { leaseFrom } from './lease'
import { isConfigured, leaseKeysOf, linkStateOf, listen, reload } from './state'

/** What is recorded of a change: the files, and whether the network came by DHCP. */
const ownData = z.object({
  original: z.string(),
  paths: z.object({ netdev: z.string(), bridge: z.string(), port: z.string() }),
  leased: z.boolean(),
})
type OwnData = z.infer<typeof ownData>
const ownDataOf = ({ own }: Change): OwnData => ownData.parse(own)

/** How long networkd may take to configure a link anew in a rollback, before the old lease is put back. Milliseconds. */
const PATIENCE_MS = 4000

/** Makes and removes the bridge with files that come before the NIC's own; see `Backend` for what each call promises. */
export const networkdBackend: Backend = {
  ...keepsNothing,
  name: 'systemd-networkd',
  configuration: ['/etc/systemd/network', '/run/systemd/network', '/etc/netplan', '/etc/resolv.conf'],
  async prepare(facts: HostFacts, plan: BridgePlan): Promise<Prepared> {
    const { nic, bridge, moves } = plan
    const link = facts.networkd.find(({ name }) => name === nic)
    const paths = link ? bridgePaths(link, bridge) : null
    if (!link || !paths) throw new Error(`systemd-networkd does not manage ${nic}`)
    const unreadable = [link.file, ...link.dropIns].find(({ text }) => text === null)
    if (unreadable) throw new Error(`${unreadable.path} can’t be read`)
    const texts = bridgeTexts(link, { nic, bridge, ...moves })
    const lease = leaseFrom(await leaseKeysOf(nic))
    const own: OwnData = { original: link.file.path, paths, leased: lease !== null }
    const kinds = ['netdev', 'bridge', 'port'] as const satisfies (keyof BridgePaths)[]
    return {
      own,
      lease,
      files: kinds.map((kind) => ({
        path: paths[kind],
        after: { by: 'file-set', content: Buffer.from(texts[kind], 'utf8'), mode: 0o644 },
      })),
    }
  },
  apply: (side, change, context) =>
    side === 'bridge' ? createBridge(change, context) : removeBridge(change, context),
  recover,
}

/**
 * networkd first prepares the bridge, which has no port yet, and is told of the port last: what it finds on a link that it
 * begins with it removes, what comes later stays until its own lease takes over.
 */
async function createBridge(change: Change, context: ApplyContext): Promise<void> {
  const { nic, bridge, files } = change
  const { paths, leased } = ownDataOf(change)
  await files.put('bridge', [paths.netdev, paths.bridge])
  await reload()
  const begun = async (): Promise<boolean> => (await linkStateOf(bridge)).NETWORK_FILE === paths.bridge
  await waitUntil(`systemd-networkd did not make ${bridge} in time`, begun, context, listen)
  context.signal.throwIfAborted()
  await runBatch(toBridge(await readLinkState(nic), change))
  if (leased) await leaseArrives(bridge, context)
  context.signal.throwIfAborted()
  await files.put('bridge')
  await reload()
  await configured(nic, paths.port, context)
  await configured(bridge, paths.bridge, context)
  await restate(bridge, change)
}

async function removeBridge(change: Change, context: ApplyContext): Promise<void> {
  const { nic, bridge, files } = change
  const { paths, original, leased } = ownDataOf(change)
  const state = withOptionsOf(change.kernel, await readLinkState(bridge))
  const [detach, attach] = splitAtDeletion(toNic(state, change))
  await files.put('nic', [paths.port])
  await reload()
  await runBatch(detach)
  if (leased) await leaseArrives(nic, context)
  await configured(nic, original, context)
  await restate(nic, change)
  context.signal.throwIfAborted()
  await files.put('nic')
  await reload()
  await runBatch(attach)
}

async function leaseArrives(link: string, context: ApplyContext): Promise<void> {
  const hasLease = async (): Promise<boolean> => leaseFrom(await leaseKeysOf(link)) !== null
  await waitUntil(`The router’s DHCP did not answer over ${link}`, hasLease, context, listen)
}

/** An address that networkd finds it takes over without the metric of its route (systemd 252). */
async function restate(link: string, { kernel }: Change): Promise<void> {
  await runBatch(restateAddresses(kernel, await readLinkState(link)))
}

/** How long networkd may take for a link before it is asked to begin again. Milliseconds. */
const BEGIN_AGAIN_MS = 2500

/**
 * Waits until networkd is done with a link. What it finds there already it sometimes waits for in vain (systemd 252, a fixed
 * address with a rule of its own); begun again, it does it all by itself.
 */
async function configured(link: string, path: string, context: ApplyContext): Promise<void> {
  const isDone = (): Promise<boolean> => isConfigured(link, path)
  const soon = Math.min(context.deadline, performance.now() + BEGIN_AGAIN_MS)
  if (await holdsBy(isDone, { deadline: soon }, listen)) return
  context.signal.throwIfAborted()
  await runCommand('networkctl', ['reconfigure', link])
  await waitUntil(`systemd-networkd did not configure ${link} in time`, isDone, context, listen)
}

/** The lines before the bridge is deleted, and from there on: meanwhile networkd gets its own lease for the NIC. */
function splitAtDeletion(lines: readonly string[]): [string[], string[]] {
  const position = lines.findIndex((line) => line.startsWith('link delete'))
  return [lines.slice(0, position), lines.slice(position)]
}

async function recover(side: Side, change: Change, deadline: number): Promise<void> {
  const { nic, bridge, kernel, files } = change
  const { paths, original } = ownDataOf(change)
  const [link, path] = side === 'nic' ? [nic, original] : [bridge, paths.bridge]
  const state = withLifetimesOf(await findLinkState(side === 'nic' ? bridge : nic), kernel)
  const kernelLines =
    side === 'nic' ? toNic(state, change) : [...makeBridge(state, change), ...toBridge(state, change)]
  await files.put(side)
  await reload()
  await runBatch(kernelLines)
  await runCommand('networkctl', ['reconfigure', link])
  const soon = Math.min(deadline, performance.now() + PATIENCE_MS)
  if (await holdsBy(() => isConfigured(link, path), { deadline: soon }, listen)) return
  // The router is silent, or networkd waits in vain: what the link had, it keeps, to the last route. networkd goes on.
  await runBatch(kernelLines)
  const wanted = kernel.addresses.map(({ ip }) => ip)
  if (!(await hasAddresses(link, wanted))) {
    throw new PatchbayError({ code: 'rollback-failed', message: `${link} did not get its addresses back` })
  }
}
