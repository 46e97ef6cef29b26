import { diffLines } from '../../shared/snapshot/line-diff'
import { err, ok, type Result } from '../../shared/result'
import type { AttributedDifference, FileState, SnapshotComparison } from '../../shared/snapshot/snapshot'
import type { World } from '../../shared/world/world'

const file = (text: string | null): FileState => ({
  kind: 'file',
  size: text?.length ?? 310,
  mode: text === null ? 0o600 : 0o644,
  uid: 0,
  gid: 0,
  modified: '1763150701.000000000',
  content: text === null ? { kind: 'closed' } : { kind: 'text', text },
})

const interfaces = `# The loopback network interface
auto lo
iface lo inet loopback

# The desk by the window
allow-hotplug enp3s0
iface enp3s0 inet dhcp
`
const edited = interfaces
  .replace('allow-hotplug enp3s0', '# allow-hotplug enp3s0')
  .replace('iface enp3s0 inet dhcp\n', '# iface enp3s0 inet dhcp\n')
const added = `[NetDev]
Name=br0
Kind=bridge
MACAddress=52:54:00:aa:00:01

[Bridge]
STP=no
ForwardDelaySec=0
`
const notes = 'Made for the racks, see the wiki.\n'

const link = { kind: 'ethernet', mac: '52:54:00:aa:00:01', mtu: 1500, parent: null } as const

const differences = (by: string): AttributedDifference[] => [
  {
    kind: 'file',
    path: '/etc/network/interfaces',
    before: file(interfaces),
    now: file(edited),
    hunks: diffLines(interfaces, edited),
    by,
  },
  {
    kind: 'file',
    path: '/etc/network/interfaces.d/patchbay-br0.netdev',
    before: null,
    now: file(added),
    hunks: diffLines('', added),
    by,
  },
  {
    kind: 'link',
    link: 'br0',
    before: null,
    now: { ...link, kind: 'bridge', master: null },
    by,
  },
  { kind: 'link', link: 'enp3s0', before: { ...link, master: null }, now: { ...link, master: 'br0' }, by },
  {
    kind: 'address',
    address: '10.77.0.50/24',
    before: { link: 'enp3s0', origin: 'dynamic' },
    now: { link: 'br0', origin: 'dynamic' },
    by,
  },
  {
    kind: 'route',
    ...{ family: 4, to: 'default', via: '10.77.0.1', table: 'main' },
    before: { link: 'enp3s0', metric: 100 },
    now: { link: 'br0', metric: 425 },
    by,
  },
]

const others: AttributedDifference[] = [
  {
    kind: 'file',
    path: '/etc/network/racks.notes',
    before: file(notes),
    now: null,
    hunks: diffLines(notes, ''),
    by: null,
  },
  {
    kind: 'file',
    path: '/etc/netplan/50-cloud-init.yaml',
    before: file(null),
    now: { ...file(null), size: 352 } as FileState,
    hunks: null,
    by: null,
  },
  { kind: 'name-servers', before: ['10.77.0.1'], now: ['10.77.0.1', '9.9.9.9'], by: null },
]

const later = (transaction: World['transactions'][number]): World['transactions'][number] => ({
  ...transaction,
  id: '20261120-101500-1a2b',
  intent: { kind: 'create-bridge', nic: 'br0.20', bridge: 'br20' },
})

/** How the sample's snapshots compare; `scene` may make it fail. */
export function sampleComparison(world: World, id: string, scene: string): Result<SnapshotComparison> {
  const transaction = world.transactions.find((one) => one.id === id)
  if (transaction === undefined || scene === 'comparefails') {
    return err({
      code: 'internal',
      message: 'The record of changes can’t be read: too many open files.',
      hint: 'Close some programs, and compare again.',
    })
  }
  const inForce = transaction.state === 'committed'
  const closed = ['/etc/NetworkManager/system-connections']
  if (transaction.state === 'rolled-back')
    return ok({ transaction, result: { kind: 'incomparable' }, undoes: [] })
  if (!inForce)
    return ok({ transaction, result: { kind: 'compared', differences: [], closed: [] }, undoes: [] })
  return ok({
    transaction,
    result: { kind: 'compared', differences: [...differences(id), ...others], closed },
    undoes: scene === 'stacked' ? [later(transaction), transaction] : [transaction],
  })
}
