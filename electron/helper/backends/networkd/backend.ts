import type { BridgePlan } from '../../../../shared/helper/plan'
import type { HostFacts } from '../../../host/facts'
import { type BridgePaths, bridgePaths, bridgeTexts } from '../../../host/managers/networkd/bridge-files'
import type { Change } from '../../change/change'
import { readLinkState, withOptionsOf } from '../../kernel/link-state'
import { forgetNameServers } from '../systemd-resolved'
import { waitUntil } from '../../protocol/wait'
import { type ApplyContext, type Backend, keepsNothing, type Prepared } from '../backend'
import { letSettle, moveToBridge, moveToNic } from './handover'
import { leaseFrom } from './lease'
import { type OwnData, ownDataOf } from './own-data'
import { leaseCame, recover } from './recover'
import { checks } from './checks'
import { hasLease, isConfigured, leaseKeysOf, linkStateOf, listen, reload } from './state'

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
    const lease = leaseFrom(await leaseKeysOf(nic), await linkStateOf(nic))
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
  leaseCame,
  // networkd takes off a link that loses its carrier what it has set there (systemd.network(5), IgnoreCarrierLoss).
  needCarrier: ['addresses', 'routes', 'name servers'],
  checks,
}

/** networkd is told of the port last: until the bridge has its lease, nothing is given up. */
async function createBridge(change: Change, context: ApplyContext): Promise<void> {
  const { nic, bridge, files } = change
  const { paths, leased } = ownDataOf(change)
  const state = await readLinkState(nic)
  await moveToBridge(change, state, context)
  if (leased) await leaseArrives(bridge, context)
  context.signal.throwIfAborted()
  await files.put('bridge')
  await reload()
  await configured(nic, paths.port, context)
  await configured(bridge, paths.bridge, context)
  context.signal.throwIfAborted()
  await letSettle(change, state, bridge)
  // A rollback may have given it some of its own once; a port has none.
  await forgetNameServers(nic)
}

async function removeBridge(change: Change, context: ApplyContext): Promise<void> {
  const { nic, bridge } = change
  const { original } = ownDataOf(change)
  const state = withOptionsOf(change.kernel, await readLinkState(bridge))
  await moveToNic(change, state, context)
  await configured(nic, original, context)
  context.signal.throwIfAborted()
  await letSettle(change, state, nic)
}

async function leaseArrives(link: string, context: ApplyContext): Promise<void> {
  await waitUntil(`The router’s DHCP did not answer over ${link}`, () => hasLease(link), context, listen)
}

async function configured(link: string, path: string, context: ApplyContext): Promise<void> {
  const isDone = (): Promise<boolean> => isConfigured(link, path)
  await waitUntil(`systemd-networkd did not configure ${link} in time`, isDone, context, listen)
}
