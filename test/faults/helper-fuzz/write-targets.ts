import { armBoot, disarmBoot } from '../../../electron/helper/safety-nets/boot'
import { copyOfThisHelper } from '../../../electron/helper/safety-nets/own-copy'
import { fileSetOf, saveAfter } from '../../../electron/helper/store/file-set'
import { forgetLeases, moveLeases } from '../../../electron/helper/backends/ifupdown/dhclient'
import { ownFolder, removeEntry } from '../../../electron/helper/root-files/files'
import { openJournal } from '../../../electron/helper/store/journal'
import { takeLock } from '../../../electron/helper/root-files/lock'
import { copyRuntime } from '../../../electron/helper/runtime/copy'
import { RUNTIMES_DIR } from '../../../electron/helper/runtime/own-runtime'
import { takeSnapshot } from '../../../electron/helper/store/snapshot'

/** Something that the helper writes, and a place on the way that somebody keeps replacing by a link meanwhile. */
export interface WriteTarget {
  place: string
  /** What the link leads to. */
  leadsTo: 'a folder' | 'a file'
  /** Whose link it is: outside of the helper's own folders one of root's is followed. */
  owner: number
  /** Does it once, and takes it back; called with the place as it should be, it must succeed. */
  write(): Promise<void>
}

const ROOT = 0
const NOBODY = 65534
const OWN = '/var/lib/patchbay'
const TRANSACTIONS = `${OWN}/transactions`
/** Later than all that a run begins, so that it is the last one. */
const ID = '20260101-000000-abcd'
const INTENT = { kind: 'create-bridge', nic: 'enp3s0', bridge: 'br0' } as const

/** One file of each manager that is there and is edited, and one that is new. */
export const CONFIGURATION = [
  '/etc/systemd/network/20-wired.network',
  '/etc/systemd/network/10-patchbay-br0.network',
  '/etc/network/interfaces',
  '/etc/network/interfaces.d/patchbay-br0',
  '/etc/NetworkManager/system-connections/Wired.nmconnection',
  '/etc/NetworkManager/system-connections/patchbay-br0.nmconnection',
]

/** A whole transaction but for the network itself. */
async function transaction(): Promise<void> {
  await removeEntry(`${TRANSACTIONS}/${ID}`)
  const journal = await openJournal(ID, INTENT)
  try {
    const { snapshotFolder } = journal
    await takeSnapshot(snapshotFolder, CONFIGURATION, [])
    const content = Buffer.from('# With the bridge.\n')
    const after = { by: 'file-set', content, mode: 0o640 } as const
    await saveAfter(
      snapshotFolder,
      CONFIGURATION.map((path) => ({ path, after })),
    )
    await journal.setState('armed')
    const files = fileSetOf(snapshotFolder, CONFIGURATION, [])
    try {
      await files.put('bridge')
    } finally {
      await files.put('nic')
    }
    const wrong = await files.differing('nic', true)
    if (wrong.length > 0) throw new Error(`not as before: ${wrong.join(', ')}`)
    await journal.setState('rolled-back')
  } finally {
    await journal.discard()
  }
}

async function bootUnit(): Promise<void> {
  try {
    await armBoot({ argv: ['/usr/bin/node', `${OWN}/helper.cjs`], env: {} })
  } finally {
    await disarmBoot()
  }
}

async function leases(): Promise<void> {
  try {
    await moveLeases('enp3s0', 'br0')
  } finally {
    await forgetLeases('br0')
  }
}

const lock = async (): Promise<void> => (await takeLock())()
const ownCopy = async (): Promise<void> => {
  await copyOfThisHelper()
}

/** Two small files in place of a runtime's. */
async function runtimeCopy(): Promise<void> {
  const pieces = ['/etc/hostname', '/etc/hosts'].map((source) => ({
    source,
    name: source.replace('/etc/', ''),
    executable: false,
  }))
  await ownFolder(OWN, 0o755)
  await removeEntry(await copyRuntime(pieces, RUNTIMES_DIR))
}

const folders = (owner: number, write: () => Promise<void>, ...places: string[]): WriteTarget[] =>
  places.map((place) => ({ place, leadsTo: 'a folder', owner, write }))
const files = (owner: number, write: () => Promise<void>, ...places: string[]): WriteTarget[] =>
  places.map((place) => ({ place, leadsTo: 'a file', owner, write }))

const UNITS = '/etc/systemd/system'
const WANTS = `${UNITS}/sysinit.target.wants`
const LEASES = '/var/lib/dhcp'

/** The name under which a file is written first. */
const aside = (path: string): string => path.replace(/[^/]*$/, '.$&.patchbay')

/** Every folder that the helper writes to, and files in each of them. */
export const writeTargets: readonly WriteTarget[] = [
  ...folders(ROOT, transaction, OWN, TRANSACTIONS, `${TRANSACTIONS}/${ID}`, `${TRANSACTIONS}/${ID}/snapshot`),
  ...files(
    ROOT,
    transaction,
    ...['summary.json', 'snapshot/record.json', 'snapshot/files.json', 'snapshot/after.json.new'].map(
      (name) => `${TRANSACTIONS}/${ID}/${name}`,
    ),
    `${TRANSACTIONS}/.${ID}.json`,
  ),
  ...folders(
    NOBODY,
    transaction,
    ...['/etc/systemd', '/etc/systemd/network', '/etc/network', '/etc/network/interfaces.d'],
    ...['/etc/NetworkManager', '/etc/NetworkManager/system-connections'],
  ),
  ...files(ROOT, transaction, ...CONFIGURATION, ...CONFIGURATION.map(aside)),
  ...folders(NOBODY, bootUnit, UNITS, WANTS),
  ...files(
    ROOT,
    bootUnit,
    ...[`${UNITS}/patchbay-recover.service`, `${WANTS}/patchbay-recover.service`].flatMap((path) => [
      path,
      aside(path),
    ]),
  ),
  ...folders(ROOT, lock, '/run/patchbay'),
  ...files(ROOT, lock, '/run/patchbay/lock'),
  ...folders(ROOT, ownCopy, OWN),
  ...files(ROOT, ownCopy, `${OWN}/helper.cjs`, `${OWN}/helper.cjs.new`),
  ...folders(ROOT, runtimeCopy, RUNTIMES_DIR, `${RUNTIMES_DIR}/.new`),
  ...folders(NOBODY, leases, LEASES),
  ...files(ROOT, leases, `${LEASES}/dhclient.br0.leases`, aside(`${LEASES}/dhclient.br0.leases`)),
]
