import { cpSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { HelperVerb } from '../../shared/helper/protocol'
import { elevate } from '../../electron/services/elevation'
import { electronPath } from '../../scripts/electron-runtime.mjs'
import { startFullLab, type FullLab } from '../lab'
import { type HelperRun, planned, startBy, startHelper, transactionsIn, until } from '../lab/bridge-driver'
import type { Exec } from '../lab/command'
import { desktopCommand } from '../lab/desktop'
import { type HostState, hostState } from '../lab/host-state'
import { openTo, startedByRoot } from '../lab/started-by-root'
import { projectFolder } from '../lab/workstation'

vi.setConfig({ testTimeout: 240_000 })

/** A checkout, a Node and an Electron that are the user's own. */
const HOME = '/home/dev/app'
const NODE = `${HOME}/node`
const ELECTRON = `${HOME}/electron/electron`
const CLI = `${HOME}/out/cli/patchbay.cjs`
const SCRIPT = `${HOME}/out/helper/helper.cjs`
const SYSTEM_NODE = process.execPath

const COPY = '/var/lib/patchbay/helper.cjs'

let lab: FullLab
let before: HostState

beforeAll(async () => {
  lab = await startFullLab()
  await layApp()
  await lab.polkitAgent()
  before = await hostState(lab)
})
afterAll(() => lab.close())

/** What Electron needs in its Node mode, and a bit more. */
const ELECTRONS = ['electron', 'libffmpeg.so', 'icudtl.dat', 'v8_context_snapshot.bin', 'resources.pak']

async function layApp(): Promise<void> {
  mkdirSync(lab.path(`${HOME}/electron`), { recursive: true })
  cpSync(process.execPath, lab.path(NODE))
  cpSync(join(projectFolder, 'out'), lab.path(`${HOME}/out`), { recursive: true })
  const from = dirname(await electronPath())
  for (const name of ELECTRONS) cpSync(join(from, name), lab.path(`${HOME}/electron/${name}`))
  await sh(`chown -R dev ${HOME}`)
}

/** Both runtimes become programs that show when they are started as root. */
const swapRuntimes = (): Promise<string> =>
  sh(`for runtime in ${NODE} ${ELECTRON}; do
    printf '#!/bin/sh\\n: >/srv/owned\\n' >$runtime.new; chmod 755 $runtime.new; chown dev $runtime.new; mv $runtime.new $runtime
  done; rm ${HOME}/electron/libffmpeg.so`)

const isOwned = async (): Promise<boolean> =>
  (await lab.exec(['test', '-e', '/srv/owned'], { check: false })).code === 0

const sh = async (script: string): Promise<string> => (await lab.exec(['sh', '-ec', script])).stdout

/** In the lab Node lies where distributions put it; without it nothing but the user’s own is there. */
const hideNode = (): Promise<string> => sh(`mount --bind /bin/false ${SYSTEM_NODE}`)
const showNode = (): Promise<string> => sh(`umount ${SYSTEM_NODE}`)

/** The command line, run by the person’s own runtime. */
const asPerson = (runtime: string, ...words: string[]): Promise<Exec> =>
  lab.asDesktopUser([runtime, CLI, ...words], {
    check: false,
    timeoutMs: 90_000,
    env: { ELECTRON_RUN_AS_NODE: '1' },
  })

const forward = (runtime: string, port: number): Promise<Exec> =>
  asPerson(runtime, 'forward', 'add', String(port), '192.168.122.50:80')

/** The helper as the app starts it for the person, who is asked. */
function prompted(runtime: string, verb: HelperVerb, request: object): HelperRun {
  const command = { runtime, electron: runtime === ELECTRON, file: SCRIPT }
  const { argv } = elevate(command, verb, { isRoot: false, wrapper: null, flags: [] })
  return startBy(lab, desktopCommand(argv, {}), { version: 1, ...request })
}

/** A change that waits to be confirmed; the test’s own look needs the system’s Node. */
async function armed(runtime: string, timeoutSeconds: number): Promise<HelperRun> {
  await showNode()
  const { nic, bridge, hostHash } = await planned(lab)
  await hideNode()
  const intent = { kind: 'create-bridge', nic, bridge }
  const run = prompted(runtime, 'apply', { confirm: 'ask', timeoutSeconds, intent, hostHash })
  await run.seen('confirm-needed', ({ event }) => event === 'confirm-needed')
  return run
}

async function killHelper(): Promise<void> {
  const { stdout } = await lab.exec(['pgrep', '-f', `${SCRIPT} apply`])
  await lab.exec(['kill', '-KILL', ...stdout.trim().split('\n')])
}

/** What root’s units start, which nobody else may write to. */
async function startedSafely(): Promise<string[]> {
  const started = await startedByRoot(lab)
  expect(await openTo(lab, 'dev', started)).toEqual([])
  expect(started.filter((path) => path.startsWith('/home'))).toEqual([])
  return started
}

const takenBack = (seconds: number): Promise<void> =>
  until('the change to be taken back', seconds * 1000, async () => {
    const [last] = await transactionsIn(lab)
    return last?.state === 'rolled-back' && isDeepStrictEqual(await hostState(lab), before)
  })

describe('where root could start nothing of its own', () => {
  const refused = ({ code, stderr }: Exec, reason: string): void => {
    expect([code, stderr]).toEqual([3, expect.stringContaining(reason)])
    expect(stderr).toContain('apt install nodejs')
  }

  it.each<[string, string, string, () => Promise<Exec>]>([
    ['there is no room for a copy', 'size=60m', 'not enough room', () => forward(NODE, 8080)],
    [
      'nothing may be started from where the copy would lie',
      'noexec',
      'does not start',
      () => asPerson(NODE, 'bridge', 'create'),
    ],
  ])('a change is refused before anything is changed: %s', async (_, options, reason, act) => {
    await hideNode()
    await sh(`mkdir -p /var/lib/patchbay; mount -t tmpfs -o mode=755,${options} tmpfs /var/lib/patchbay`)
    try {
      refused(await act(), reason)
      expect(await startedByRoot(lab)).toEqual([])
      expect(await hostState(lab)).toEqual(before)
      expect(await sh('find /var/lib/patchbay -type f')).toBe('')
    } finally {
      await sh('umount /var/lib/patchbay')
      await showNode()
    }
  })
})

describe('what root starts later for a person whose checkout and runtime are their own', () => {
  it('is the system’s Node after a port forward', async () => {
    const { code, stderr } = await forward(NODE, 8080)
    expect([code, stderr]).toEqual([0, expect.anything()])
    expect(await startedSafely()).toEqual([SYSTEM_NODE, COPY])
  })

  it('is a copy of Electron, all of it, where the system has no Node', async () => {
    await hideNode()
    const { code, stderr } = await forward(ELECTRON, 8081)
    expect([code, stderr]).toEqual([0, expect.anything()])
    const [script, runtime] = await startedSafely()
    expect([script, runtime]).toEqual([
      COPY,
      expect.stringMatching(/^\/var\/lib\/patchbay\/runtime\/[0-9a-f]{64}\/electron$/),
    ])
  })

  it('takes a bridge back by its timer, whatever has become of the runtime', async () => {
    const run = await armed(ELECTRON, 10)
    expect(await startedSafely()).toHaveLength(2)
    await swapRuntimes()
    await killHelper()
    await run.ended
    await takenBack(40)
    expect(await isOwned()).toBe(false)
  })

  it('takes it back after a power loss, and puts the forwards back', async () => {
    await layApp()
    await armed(NODE, 300)
    await startedSafely()
    await sh(`rm -r ${HOME}`)
    await lab.powerLoss()
    await lab.boot()
    await takenBack(40)
    await until('the forwards', 30_000, async () =>
      /:?8080[^]*8081|8081[^]*8080/.test(await sh('nft list ruleset')),
    )
    expect((await sh('systemctl show --property=Result --value patchbay-additions.service')).trim()).toBe(
      'success',
    )
    expect(await isOwned()).toBe(false)
  })
})

/** A change of a version that had root start the user’s own runtime. */
const OLD = '20260101-000000-abcd'
const TIMER = `patchbay-rollback-${OLD}`

/** That version’s units: for each start, for one start, and for a time that is not over. */
const layOldUnits = (): Promise<string> =>
  sh(`cd /etc/systemd/system
    sed -i -e '/^Environment=/d' -e 's|^\\(ExecStart\\|RequiresMountsFor\\)="[^"]*"|\\1="${NODE}"|' patchbay-additions.service
    sed -e 's|"restore"|"rollback"|' patchbay-additions.service >patchbay-recover.service
    rm -rf /run/systemd/system/${TIMER}.service.d
    systemctl daemon-reload
    echo '{"version":1,"transaction":"${OLD}"}' >/run/rollback.json
    systemctl is-active --quiet ${TIMER}.timer ||
      systemd-run --quiet --collect --unit=${TIMER} --on-active=600 --property=Type=exec \\
        --property=StandardInput=file:/run/rollback.json ${NODE} ${COPY} rollback`)

/** The id of the addition that was made last. */
const newest = async (): Promise<string> =>
  (await sh('cd /var/lib/patchbay/additions; ls *.json | tail -1')).trim().replace('.json', '')

describe('units of an older version, which start the user’s runtime', () => {
  beforeAll(layApp)

  it.each<[string, () => Promise<unknown>]>([
    ['the next change', () => forward(NODE, 8082)],
    ['taking something away', async () => asPerson(NODE, 'forward', 'remove', await newest())],
    ['what they do themselves', () => sh('systemctl start patchbay-additions.service')],
    [
      'the next change after that runtime is gone',
      () => sh(`rm ${NODE}`).then(() => startHelper(lab, 'restore', { version: 1 }).ended),
    ],
  ])('are made safe by %s', async (_, act) => {
    await layOldUnits()
    expect(await openTo(lab, 'dev', await startedByRoot(lab))).toContain(`open ${NODE}`)
    await act()
    await startedSafely()
    const units = ['patchbay-additions.path', `${TIMER}.timer`]
    expect((await lab.exec(['systemctl', 'is-active', ...units])).stdout).toBe('active\nactive\n')
    await sh('test -e /etc/systemd/system/patchbay-recover.service')
  })

  it('still do what they are for, and go with it', async () => {
    await sh(`systemctl start --wait patchbay-additions.service ${TIMER}.service`)
    expect(await sh(`ls /etc/systemd/system /run/systemd/system /run/systemd/transient`)).not.toMatch(
      /patchbay-(recover|rollback)/,
    )
  })
})

it('a caller’s signals that wait reach no helper through pkexec', async () => {
  await layApp()
  const command = { runtime: NODE, electron: false, file: SCRIPT }
  const { argv } = elevate(command, 'status', { isRoot: false, wrapper: null, flags: [] })
  const starter = join(projectFolder, 'test/lab/hostile_start.py')
  const hostile = ['/usr/bin/python3', starter, 'ignored', '/usr/bin/pkexec', ...argv.slice(1)]
  const { stdout, stderr } = await lab.asDesktopUser(hostile, { input: '{"version":1}\n', check: false })
  expect(stderr).not.toContain('Debugger listening on')
  expect(JSON.parse(stdout)).toMatchObject({ event: 'status' })
})
