import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { elevate } from '../../electron/services/elevation'
import { electronPath } from '../../scripts/electron-runtime.mjs'
import { HELPER } from '../lab/bridge-driver'
import { type Exec, run } from '../lab/command'
import { projectFolder } from '../lab/workstation'

const STARTER = join(projectFolder, 'test/lab/hostile_start.py')

/** Node’s own words when its inspector listens (src/inspector_socket_server.cc). */
const INSPECTOR = 'Debugger listening on'

type Signals = 'usual' | 'ignored'

let folder: string
let electron: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hostile-start-'))
  electron = await electronPath()
})
afterAll(() => rmSync(folder, { recursive: true }))

/** Runs a command as a hostile caller's would be, in a network of its own, so that a port that opens is nobody else's. */
function hostile(signals: Signals, argv: readonly string[], input: string, env = {}): Promise<Exec> {
  const apart = ['unshare', '--net', 'sh', '-ec', 'ip link set lo up; exec "$@"', 'sh']
  return run([...apart, 'python3', STARTER, signals, ...argv], { input, env, check: false })
}

/** The wrapper that packages install, of which only the folder is another. */
function installed(name: string, runtime: string): string {
  const place = join(folder, name)
  mkdirSync(join(place, 'resources'), { recursive: true })
  symlinkSync(runtime, join(place, 'patchbay'))
  symlinkSync(HELPER, join(place, 'resources/helper.cjs'))
  const wrapper = join(place, 'patchbay-helper')
  const text = readFileSync(join(projectFolder, 'resources/patchbay-helper'), 'utf8')
  expect(text).toContain('\nfolder=/usr/lib/patchbay\n')
  writeFileSync(wrapper, text.replace('\nfolder=/usr/lib/patchbay\n', `\nfolder=${place}\n`))
  chmodSync(wrapper, 0o755)
  return wrapper
}

const runtimes: [string, () => string][] = [
  ['Node', () => process.execPath],
  ['Electron in Node mode', () => electron],
]
const REQUEST = '{"version":1}\n'

describe.each(runtimes)('every signal waits when the helper is started with %s', (name, runtime) => {
  it('is a danger: a runtime that gets them opens its inspector', async () => {
    const env = { ELECTRON_RUN_AS_NODE: '1' }
    const { stderr } = await hostile('ignored', [runtime(), '-e', 'setTimeout(() => 0, 1000)'], '', env)
    expect(stderr).toContain(INSPECTOR)
  })

  it.each<Signals>(['usual', 'ignored'])('by the installed wrapper (%s)', async (signals) => {
    const wrapper = installed(`${name}-${signals}`.replaceAll(' ', '-'), runtime())
    const { code, stdout, stderr } = await hostile(signals, [wrapper, 'status'], REQUEST)
    expect([code, stderr]).toEqual([0, ''])
    expect(JSON.parse(stdout)).toMatchObject({ event: 'status' })
  })

  it.each<Signals>(['usual', 'ignored'])('from a checkout (%s)', async (signals) => {
    const command = { runtime: runtime(), electron: runtime() === electron, file: HELPER }
    const { argv } = elevate(command, 'status', { isRoot: false, wrapper: null })
    expect(argv[0]).toBe('pkexec')
    const { stdout, stderr } = await hostile(signals, argv.slice(1), REQUEST)
    expect(stderr).not.toContain(INSPECTOR)
    expect(JSON.parse(stdout)).toMatchObject({ event: 'status' })
  })
})

/** In the runtime's place: says how it was started. */
const LOOKER = `#!/usr/bin/python3
import json, os, resource, sys
status = dict(line.rstrip("\\n").split(":\\t", 1) for line in open("/proc/self/status") if ":\\t" in line)
def read(name):
    return int(open(f"/proc/self/{name}").read())
print(json.dumps({
    "waiting": [int(status[name], 16) for name in ("SigPnd", "ShdPnd")],
    "arguments": sys.argv[1:], "environment": dict(os.environ), "folder": os.getcwd(),
    "mask": status["Umask"].strip(), "ownSession": os.getsid(0) == os.getpid(),
    "nice": os.getpriority(os.PRIO_PROCESS, 0), "policy": os.sched_getscheduler(0),
    "memory": read("oom_score_adj"), "slack": read("timerslack_ns"),
    "files": resource.getrlimit(resource.RLIMIT_NOFILE)[0],
    "fileSize": resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY,
}))
`

describe('the installed wrapper', () => {
  it.each<Signals>(['usual', 'ignored'])(
    'hands on nothing that its caller has left (%s)',
    async (signals) => {
      const looker = join(folder, 'looker')
      writeFileSync(looker, LOOKER, { mode: 0o755 })
      const wrapper = installed(`looker-${signals}`, looker)
      const env = { PKEXEC_UID: '1000', NODE_OPTIONS: '--inspect', OPENSSL_CONF: '/tmp/theirs' }
      const { stdout, stderr } = await hostile(signals, [wrapper, 'add'], REQUEST, env)
      expect(stderr).toBe('')
      const said = JSON.parse(stdout) as { environment: Record<string, string> }
      expect(said).toMatchObject({
        waiting: [0, 0],
        arguments: [join(folder, `looker-${signals}`, 'resources/helper.cjs'), 'add'],
        ...{ folder: '/', mask: '0077', ownSession: true },
        ...{ nice: 0, policy: 0, memory: 0, slack: 50_000, files: 1024, fileSize: true },
      })
      // Python sets LC_CTYPE by itself (PEP 538).
      const { LC_CTYPE: _, ...environment } = said.environment
      expect(environment).toEqual({
        PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
        PKEXEC_UID: '1000',
        OPENSSL_CONF: '/dev/null',
        ELECTRON_RUN_AS_NODE: '1',
      })
    },
  )

  it('ends as the helper does', async () => {
    const wrapper = installed('ending', process.execPath)
    expect((await hostile('usual', [wrapper, 'nonsense'], REQUEST)).code).toBe(2)
  })
})
