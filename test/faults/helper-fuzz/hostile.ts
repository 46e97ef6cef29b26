import fc from 'fast-check'
import type { Outcome } from './attack'
import { folderStates, raceTargets, TRANSACTION } from './folders'
import { VICTIM } from './fuzz-lab'

/** One start of the real helper as a process of its own, by somebody who means harm. */
export interface HostileRun {
  kind: string
  through: 'node' | 'the wrapper'
  /** Bash lines that set the scene, as root. */
  scene: readonly string[]
  /** Bash lines of the process that becomes the helper: its open files, folder, limits and signals. */
  before: readonly string[]
  env: Readonly<Record<string, string>>
  words: readonly string[]
  /** The request line. */
  line: string
  outcomes: readonly Outcome[]
  /** Where it is false, only the exit code tells how it ended. */
  heard: boolean
  /** The folder that something else keeps replacing by a link meanwhile. */
  racing: string | null
}

const plain = {
  through: 'node',
  scene: [],
  before: [],
  env: {},
  heard: true,
  racing: null,
} as const

interface Call {
  words: readonly string[]
  line: string
  outcomes: readonly Outcome[]
}

const ARMED = { version: 1, confirm: 'auto', timeoutSeconds: 10 }
const INTENT = { kind: 'create-bridge', nic: 'enp3s0', bridge: 'br0' }

const call = (verb: string, request: object, ...outcomes: Outcome[]): Call => ({
  words: [verb],
  line: JSON.stringify(request),
  outcomes,
})

/** Calls that end without a change. `busy` goes farthest: another rollback is armed for all links of the lab. */
const callsFor = (hash: string) => ({
  status: call('status', { version: 1 }, 'status'),
  rollback: call('rollback', { version: 1 }, 'status'),
  atBoot: call('rollback', { version: 1, boot: true }, 'status'),
  undo: call('undo', { ...ARMED, transaction: TRANSACTION }, 'not-found'),
  wrongHash: call('apply', { ...ARMED, intent: INTENT, hostHash: '0'.repeat(64) }, 'host-changed'),
  busy: call('apply', { ...ARMED, intent: INTENT, hostHash: hash }, 'busy'),
})

/** What a process inherits and a program may heed. Those that Node heeds before it runs anything go through the wrapper. */
const surroundings: Record<string, string>[] = [
  { PATH: `${VICTIM}/bin` },
  { PATH: '' },
  { HOME: VICTIM, TMPDIR: VICTIM, TMP: VICTIM, XDG_RUNTIME_DIR: VICTIM, XDG_CONFIG_HOME: VICTIM },
  { IFS: '/ \n', PS4: `$(touch ${VICTIM}/owned)`, SHELLOPTS: 'xtrace', CDPATH: VICTIM },
  { BASH_ENV: `${VICTIM}/bin/ip`, ENV: `${VICTIM}/bin/ip` },
  { 'BASH_FUNC_env%%': `() { touch ${VICTIM}/owned; }`, 'BASH_FUNC_cd%%': `() { touch ${VICTIM}/owned; }` },
  { LD_PRELOAD: `${VICTIM}/missing.so`, LD_LIBRARY_PATH: VICTIM, GCONV_PATH: VICTIM, LOCPATH: VICTIM },
  { DBUS_SYSTEM_BUS_ADDRESS: `unix:path=${VICTIM}/bus`, DBUS_SESSION_BUS_ADDRESS: 'exec:/bin/touch' },
  { LC_ALL: 'tr_TR.UTF-8', LANG: '../../srv', TZ: `:${VICTIM}/zone`, LANGUAGE: 'x'.repeat(5_000) },
  { UV_THREADPOOL_SIZE: '1', UV_USE_IO_URING: '1', NODE_PATH: `${VICTIM}/node_modules` },
  { HUGE: 'x'.repeat(100_000), 'ä\u001b[2J': '\u0007' },
]
const surroundingsOfNode: Record<string, string>[] = [
  { NODE_OPTIONS: `--require=${VICTIM}/evil.cjs` },
  { NODE_OPTIONS: '--inspect-brk=127.0.0.1:0 --no-such-option' },
  { NODE_OPTIONS: `--diagnostic-dir=${VICTIM} --report-on-fatalerror --cpu-prof --heap-prof` },
  { NODE_V8_COVERAGE: VICTIM, NODE_DEBUG: 'fs,net,child_process', NODE_DEBUG_NATIVE: 'all' },
  { NODE_EXTRA_CA_CERTS: `${VICTIM}/file`, NODE_REPL_EXTERNAL_MODULE: `${VICTIM}/evil.cjs` },
  { NODE_REDIRECT_WARNINGS: `${VICTIM}/file`, NODE_PRESERVE_SYMLINKS: '1', SSLKEYLOGFILE: `${VICTIM}/file` },
]

interface Files {
  lines: string[]
  heard: boolean
  /** What becomes of a request that nobody can read. */
  unread?: boolean
}

const files: Files[] = [
  { lines: ['exec 0<&-'], heard: true, unread: true },
  { lines: ['exec 0</dev/null'], heard: true, unread: true },
  { lines: ['exec 0>/dev/null'], heard: true, unread: true },
  { lines: ['exec 0</dev/zero'], heard: true, unread: true },
  { lines: [`exec 0<${VICTIM}`], heard: true, unread: true },
  { lines: ['exec 0<&- 1>&- 2>&-'], heard: false, unread: true },
  { lines: ['exec 1>&-'], heard: false },
  { lines: ['exec 1>/dev/full'], heard: false },
  { lines: ['exec 1</dev/null'], heard: false },
  { lines: ['exec 1> >(exec true)', 'sleep 0.05'], heard: false },
  { lines: ['exec 2>&-'], heard: true },
  { lines: ['exec 2>/dev/full'], heard: true },
  { lines: ['for n in {10..250}; do eval "exec $n</dev/null"; done'], heard: true },
]

const lines = {
  folder: ['mkdir -p /run/fuzz/gone', 'cd /run/fuzz/gone', 'rmdir /run/fuzz/gone'],
  masks: ['umask 000', 'umask 777'],
  signals: [
    "trap '' TERM INT HUP CHLD PIPE USR1 USR2 QUIT ALRM",
    "trap '' CHLD",
    // Held back rather than ignored, which a shell can't do.
    `set -- perl -MPOSIX -e 'sigprocmask(SIG_BLOCK, POSIX::SigSet->new(1 .. 31)); exec @ARGV' "$@"`,
  ],
}

const badWords = [
  [],
  ['status', 'x'],
  ['--help'],
  ['-e', 'process.exit(0)'],
  ['\u001b[2J'],
  ['../../x'],
  [''],
]

/** All ways of starting it. `hash` is that of the host's state. */
export function hostileRuns(hash: string): fc.Arbitrary<HostileRun> {
  const calls = callsFor(hash)
  const anyCall = fc.constantFrom(...Object.values(calls))
  const run = (kind: string, rest: fc.Arbitrary<Partial<HostileRun> & Call>): fc.Arbitrary<HostileRun> =>
    rest.map((more) => ({ ...plain, kind, ...more }))

  const environment = fc
    .tuple(
      anyCall,
      fc.constantFrom(...surroundings),
      fc.constantFrom('node' as const, 'the wrapper' as const),
    )
    .map(([one, env, through]) => ({ ...one, env, through }))
  const nodeEnvironment = fc
    .tuple(anyCall, fc.constantFrom(...surroundingsOfNode))
    .map(([one, env]) => ({ ...one, env, through: 'the wrapper' as const }))
  const openFiles = fc
    .tuple(anyCall, fc.constantFrom(...files))
    .map(([one, { lines: before, heard, unread }]) => ({
      ...one,
      before,
      heard,
      ...(unread ? { outcomes: ['usage' as const] } : {}),
    }))
  const process = fc
    .tuple(
      anyCall,
      fc.constantFrom([], lines.folder),
      fc.constantFrom(...lines.masks),
      fc.constantFrom(':', ...lines.signals),
    )
    .map(([one, folder, mask, signals]) => ({ ...one, before: [...folder, mask, signals] }))
  // Node itself does not start with fewer open files than 18, nor a shell with fewer than 12. The wrapper lifts what the caller has set: here the soft limits
  // alone, since root itself may not lift the hard ones in every container that tests run in.
  const limits = fc.oneof(
    fc.tuple(anyCall, fc.integer({ min: 18, max: 40 })).map(([one, count]) => ({
      ...one,
      before: [`ulimit -n ${count}`],
      outcomes: [...one.outcomes, 'internal' as const, 'unsupported' as const],
    })),
    fc.tuple(anyCall, fc.integer({ min: 12, max: 17 })).map(([one, count]) => ({
      ...one,
      before: [`ulimit -S -n ${count}`],
      through: 'the wrapper' as const,
    })),
    fc
      .tuple(
        anyCall,
        fc.constantFrom('-f 0', '-v 500000', '-t 1', '-s 64', '-d 1000', '-c 0', '-l 0', '-u 0'),
      )
      .map(([one, limit]) => ({ ...one, before: [`ulimit -S ${limit}`], through: 'the wrapper' as const })),
  )
  const words = fc.constantFrom(...badWords).chain((odd) =>
    fc.constantFrom('node' as const, 'the wrapper' as const).map((through) => ({
      words: odd,
      line: calls.status.line,
      outcomes: ['usage' as const],
      through,
    })),
  )
  const notRoot = anyCall.map((one) => ({
    ...one,
    before: ['set -- setpriv --reuid=65534 --regid=65534 --clear-groups "$@"'],
    outcomes: ['not-permitted' as const],
  }))
  // Being busy would come after the record was believed, except for a change that has nothing to do with it. What can't be
  // taken back with it is said once, and nothing is done.
  const plantedRecords = fc
    .tuple(
      fc.constantFrom(
        { ...calls.rollback, outcomes: ['internal', 'rollback-failed', 'status'] as const },
        { ...calls.atBoot, outcomes: ['internal', 'rollback-failed', 'status'] as const },
        { ...calls.undo, outcomes: ['internal', 'rollback-failed', 'refused', 'not-found'] as const },
        { ...calls.busy, outcomes: ['internal', 'rollback-failed', 'busy'] as const },
      ),
      fc.constantFrom(...folderStates.planted),
    )
    .map(([one, scene]) => ({ ...one, scene }))
  const folders = fc
    .tuple(anyCall, fc.constantFrom(...folderStates.replaced))
    .map(([one, state]) => ({ ...one, scene: state.lines, outcomes: [...one.outcomes, ...state.outcomes] }))
  const races = fc
    .tuple(fc.constantFrom(calls.busy, calls.undo, calls.rollback), fc.constantFrom(...raceTargets))
    .map(([one, { path, lines: scene, outcomes }]) => ({
      ...one,
      scene,
      racing: path,
      outcomes: [...one.outcomes, ...outcomes],
    }))
  return fc.oneof(
    { weight: 3, arbitrary: run('environment', environment) },
    { weight: 2, arbitrary: run('environment for Node', nodeEnvironment) },
    { weight: 3, arbitrary: run('open files', openFiles) },
    { weight: 2, arbitrary: run('folder, mask and signals', process) },
    { weight: 3, arbitrary: run('limits', limits) },
    { weight: 1, arbitrary: run('words', words) },
    { weight: 1, arbitrary: run('not root', notRoot) },
    { weight: 8, arbitrary: run('what lies in its folders', folders) },
    { weight: 2, arbitrary: run('records of somebody else', plantedRecords) },
    { weight: 6, arbitrary: run('races', races) },
  )
}
