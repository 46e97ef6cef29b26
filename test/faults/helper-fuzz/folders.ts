import type { Outcome } from './attack'
import { LINKED, VICTIM } from './fuzz-lab'

/** The lab's own profile: see workstation.ts. */
const WIRED = '6b1f2c1e-6d1c-4f0e-9d53-0f0b3c3a7a01'

/** The id of the transaction that the scenes below lay out, and that `undo` asks for. */
export const TRANSACTION = '20260101-000000-abcd'

/** What the helper may write to, and what the races move aside. */
export const OWN_FOLDERS = ['/run/patchbay', '/var/lib/patchbay']
const LOCKS = '/run/patchbay'
const OWN = '/var/lib/patchbay'
const TRANSACTIONS = `${OWN}/transactions`
const ONE = `${TRANSACTIONS}/${TRANSACTION}`

const summary = (state: string): string =>
  JSON.stringify({
    id: TRANSACTION,
    intent: { kind: 'create-bridge', nic: 'enp3s0', bridge: 'br0' },
    startedAt: 1,
    state,
    failure: null,
    added: [],
  })

/** As an attacker would have it, who wants root to remove a file and to take down the network: it is never to be believed. */
const record = JSON.stringify({
  version: 2,
  backend: 'networkmanager',
  nic: 'enp3s0',
  bridge: 'br0',
  mac: '02:00:00:00:00:01',
  lease: null,
  kernel: { link: 'enp3s0', mac: null, mtu: 1500, addresses: [], routes: [], neighbours: [], proxies: [] },
  files: [`${VICTIM}/file`],
  managersFiles: [],
  own: { original: { uuid: '0', id: 'x', file: null }, profiles: { bridge: WIRED, port: '0' } },
  armed: null,
  before: { addresses: [], routes: [], dns: [], gateways: [] },
})

/** Lays out a transaction in the given state, with the attacker's record. */
const laidOut = (state: string): string[] => [
  `mkdir -p -m 755 ${OWN} ${TRANSACTIONS} ${ONE}`,
  `mkdir -m 700 ${ONE}/snapshot ${ONE}/snapshot/files`,
  `echo '${summary(state)}' > ${ONE}/summary.json`,
  `echo '${record}' > ${ONE}/snapshot/record.json`,
  `echo '[]' > ${ONE}/snapshot/files.json`,
  `chmod 644 ${ONE}/summary.json`,
  `chmod 600 ${ONE}/snapshot/*.json`,
]

const locks = [`mkdir -p -m 755 ${LOCKS}`]

/** What may lie in a place instead of what belongs there; `$P` is the place. */
const instead: Record<string, string[]> = {
  'a link to a folder': [`ln -s ${VICTIM}/folder "$P"`],
  'a link to a file': [`ln -s ${VICTIM}/file "$P"`],
  'a link to nothing': [`ln -s ${VICTIM}/nothing "$P"`],
  'a link to itself': ['ln -s "$P" "$P"'],
  'another name of a file': [`ln ${LINKED} "$P" 2>/dev/null || ln /run/fuzz/linked "$P"`],
  'a file': ['echo x > "$P"'],
  'a file for everybody': ['echo x > "$P"', 'chmod 666 "$P"'],
  'somebody else’s file': ['echo x > "$P"', 'chown 65534:65534 "$P"'],
  'a huge file': ['truncate -s 3G "$P"'],
  'a pipe': ['mkfifo "$P"'],
  'an endless device': ['mknod "$P" c 1 5'],
  'a full device': ['mknod "$P" c 1 7'],
  'a folder': ['mkdir "$P"', 'touch "$P/x"'],
  'somebody else’s folder': ['mkdir "$P"', 'chown 65534:65534 "$P"'],
  'a folder for everybody': ['mkdir "$P"', 'chmod 777 "$P"'],
  'a folder like /tmp': ['mkdir "$P"', 'chmod 1777 "$P"'],
  'a folder for its group': ['mkdir "$P"', 'chmod 775 "$P"'],
  'a read-only file system': ['mkdir "$P"', 'mount -t tmpfs -o ro tmpfs "$P"'],
  'a full file system': [
    'mkdir "$P"',
    'mount -t tmpfs -o mode=755,size=8k,nr_inodes=6 tmpfs "$P"',
    'head -c 100000 /dev/zero > "$P/full" 2>/dev/null',
  ],
  nothing: [],
}

const places = [
  LOCKS,
  `${LOCKS}/lock`,
  OWN,
  TRANSACTIONS,
  ONE,
  `${ONE}/summary.json`,
  `${ONE}/snapshot`,
  `${ONE}/snapshot/record.json`,
  `${ONE}/snapshot/files.json`,
]

export interface FolderState {
  lines: string[]
  /** How the helper may end besides as usual. */
  outcomes: readonly Outcome[]
}

/** What a change that is not what it should be leads to. */
const REFUSED: readonly Outcome[] = ['internal', 'rollback-failed', 'refused', 'not-found', 'busy']

/** A transaction whose record root did not write must not be acted upon: only these states never read it. */
const settled = ['rolled-back', 'undone']

/** Every place with everything that may lie there, with a transaction laid out around it. */
const replaced: FolderState[] = places.flatMap((place) =>
  Object.values(instead).flatMap((lines) =>
    statesFor(place).map((state) => ({
      lines: [...laidOut(state), ...locks, `P=${place}`, 'rm -rf "$P"', ...lines],
      outcomes: ['status' as const, ...REFUSED],
    })),
  ),
)

/** An armed transaction is taken back when its record is root's; so it is laid out only where the record is replaced. */
function statesFor(place: string): string[] {
  const recordIsReplaced = place.startsWith(`${ONE}/snapshot`) && !place.endsWith('files.json')
  return recordIsReplaced ? [...settled, 'armed', 'committed'] : settled
}

/** A record that root would act upon, but which somebody else may have written. */
const planted: string[][] = [
  OWN,
  TRANSACTIONS,
  ONE,
  `${ONE}/snapshot`,
  `${ONE}/snapshot/record.json`,
].flatMap((place) =>
  ['chown 65534', 'chmod go+w', 'chmod o+w'].flatMap((change) =>
    ['armed', 'committed'].map((state) => [...laidOut(state), ...locks, `${change} ${place}`]),
  ),
)

export const folderStates = { replaced, planted }

export interface RaceTarget {
  path: string
  lines: string[]
  outcomes: readonly Outcome[]
}

/** Folders that are replaced by a link while the helper works in them. */
export const raceTargets: RaceTarget[] = [LOCKS, OWN, TRANSACTIONS, ONE, `${ONE}/snapshot`].map((path) => ({
  path,
  lines: [...laidOut('undone'), ...locks],
  outcomes: ['status', ...REFUSED],
}))
