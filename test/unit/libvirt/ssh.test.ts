import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { connectLibvirt, type Libvirt } from '../../../electron/libvirt/libvirt'
import { sshFailure } from '../../../electron/libvirt/ssh-failure'
import type { OpenOptions } from '../../../electron/libvirt/open'
import { parseLibvirtUri, type SshUri } from '../../../electron/libvirt/uri'
import type { Failure } from '../../../shared/failure'
import { failureOf } from './failure-of'
import { FakeDaemon, openTo, reply } from './fake-daemon'
import { bridgeTo, FakeSsh, HANG, RUN_THERE, sayAndEnd } from './fake-ssh'
import { english } from '../../../shared/phrases/english'

const cleanUp: (() => unknown)[] = []
afterEach(async () => {
  for (const action of cleanUp.splice(0).reverse()) await action()
})

async function daemon(): Promise<FakeDaemon> {
  const started = await FakeDaemon.start(
    openTo((call) => reply(call, 'connectGetHostname', { hostname: 'far-away' })),
  )
  cleanUp.push(() => started.stop())
  return started
}

function ssh(behaviour: string): FakeSsh {
  const fake = new FakeSsh(behaviour)
  cleanUp.push(() => fake.remove())
  return fake
}

async function connect(uri: string, { env }: FakeSsh, options: OpenOptions = {}): Promise<Libvirt> {
  const libvirt = await connectLibvirt(uri, { env, ...options })
  cleanUp.push(() => libvirt.close())
  return libvirt
}

const hostname = async (libvirt: Libvirt) => (await libvirt.call('connectGetHostname', {})).hostname

describe('libvirt through ssh', () => {
  it('is used like one that is here', async () => {
    const { path } = await daemon()
    const fake = ssh(bridgeTo(path))
    const libvirt = await connect('qemu+ssh://dev@lab:2222/system?keyfile=/home/dev/id', fake)
    expect(libvirt.uri).toBe('qemu:///system')
    expect(await hostname(libvirt)).toBe('far-away')
    const [{ args } = { args: [] }] = fake.started
    expect(fake.started).toHaveLength(1)
    expect(args.slice(0, -1).join(' ')).toBe(
      '-T -e none -o BatchMode=yes -o ConnectTimeout=20 -o ServerAliveInterval=15 -p 2222 -l dev -i /home/dev/id -- lab',
    )
  })

  it('may ask on a terminal when there is one and the URI does not forbid it', async () => {
    const { path } = await daemon()
    const fake = ssh(bridgeTo(path))
    await connect('qemu+ssh://lab/system', fake, { mayAsk: true })
    await connect('qemu+ssh://lab/system?no_tty=1', fake, { mayAsk: true })
    expect(fake.started.map(({ args }) => args.find((word) => word.startsWith('BatchMode')))).toEqual([
      'BatchMode=no',
      'BatchMode=yes',
    ])
  })

  it('ends its ssh with the connection', async () => {
    const { path } = await daemon()
    const fake = ssh(bridgeTo(path))
    const libvirt = await connect('qemu+ssh://lab/system', fake)
    expect(fake.running).toHaveLength(1)
    await libvirt.close()
    expect(fake.running).toEqual([])
  })

  it('ends an ssh that does not want to end', async () => {
    const { path } = await daemon()
    const fake = ssh(`process.on('SIGTERM', () => undefined)\n${bridgeTo(path)}\n${HANG}
process.exit = () => undefined`)
    const libvirt = await connect('qemu+ssh://lab/system', fake)
    await libvirt.close()
    expect(fake.running).toEqual([])
  })

  it('is lost when its ssh ends, and says what ssh said', async () => {
    const { path } = await daemon()
    const fake = ssh(`${bridgeTo(path)}
process.on('SIGUSR1', () => { ${sayAndEnd('client_loop: send disconnect: Broken pipe', 255)} })`)
    const libvirt = await connect('qemu+ssh://lab/system', fake)
    const lost = new Promise<Failure>((resolve) => libvirt.onClose(resolve))
    for (const pid of fake.running) process.kill(pid, 'SIGUSR1')
    const failure = await lost
    expect(failure.code).toBe('libvirt-unreachable')
    expect(failure.detail).toContain('Broken pipe')
    expect((await failureOf(hostname(libvirt))).detail).toContain('Broken pipe')
    expect(fake.running).toEqual([])
  })

  it('is lost at once, though somebody else still holds what ssh would speak through', async () => {
    const { path } = await daemon()
    const fake = ssh(`${bridgeTo(path)}
const master = spawn(process.execPath, ['-e', 'setTimeout(() => undefined, 40_000)'], { stdio: ['ignore', 'ignore', 'inherit'], detached: true })
master.unref()
process.on('SIGUSR1', () => process.exit(255))`)
    const libvirt = await connect('qemu+ssh://lab/system', fake)
    const lost = new Promise<Failure>((resolve) => libvirt.onClose(resolve))
    for (const pid of fake.running) process.kill(pid, 'SIGUSR1')
    // Not only when whoever holds it ends, which is past this test's time.
    expect((await lost).code).toBe('libvirt-unreachable')
  })

  it('that refuses fails in its words, and is not mistaken for a daemon that is away', async () => {
    const fake = ssh(sayAndEnd('Host key verification failed.\r\n', 255))
    const failure = await failureOf(connect('qemu+ssh://dev@lab:2222/system', fake))
    expect(failure).toMatchObject({ code: 'not-permitted', message: 'ssh does not know lab yet.' })
    expect(english(failure.hint ?? '')).toContain('ssh -p 2222 dev@lab')
    expect(failure.detail).toContain('Host key verification failed.')
  })

  it('that hangs is given up when nobody wants it any more', async () => {
    const fake = ssh(HANG)
    const giveUp = new AbortController()
    const attempt = failureOf(connect('qemu+ssh://lab/system', fake, { signal: giveUp.signal }))
    await expect.poll(() => fake.running.length).toBe(1)
    giveUp.abort()
    expect((await attempt).code).toBe('libvirt-unreachable')
    expect(fake.running).toEqual([])
  })

  it('is not there without ssh', async () => {
    const fake = ssh('')
    rmSync(join(fake.folder, 'ssh'))
    const failure = await failureOf(connect('qemu+ssh://lab/system', fake))
    expect(failure).toMatchObject({ code: 'unsupported', message: 'ssh could not be started.' })
  })

  it('says so, too, when that is known before anybody can listen', async () => {
    const env = { PATH: '/nowhere' }
    // Node tells of it before promises go on, unless a promise is what runs.
    const connecting = new Promise((resolve) => {
      setImmediate(() => resolve(failureOf(connectLibvirt('qemu+ssh://lab/system', { env }))))
    })
    expect(await connecting).toMatchObject({ code: 'unsupported', message: 'ssh could not be started.' })
  })
})

describe('the command over there', () => {
  it('is virt-ssh-helper, which finds the daemon', async () => {
    const { path } = await daemon()
    const fake = ssh(RUN_THERE)
    fake.program(
      'virt-ssh-helper',
      `if (args.join(' ') !== 'qemu:///system') process.exit(3)\n${bridgeTo(path)}`,
    )
    expect(await hostname(await connect('qemu+ssh://lab/system', fake))).toBe('far-away')
  })

  it('looks only, when it is to', async () => {
    const { path } = await daemon()
    const fake = ssh(RUN_THERE)
    fake.program('virt-ssh-helper', `if (args[0] !== '-r') process.exit(3)\n${bridgeTo(path)}`)
    const libvirt = await connect('qemu+ssh://lab/session', fake, { readOnly: true })
    expect(await hostname(libvirt)).toBe('far-away')
  })

  const netcat = (knowsQ: boolean, path: string) => `
if (args.length === 1 && args[0] === '-q') { console.error(${knowsQ} ? 'nc: option requires an argument' : 'nc: invalid option'); process.exit(1) }
if (args.join('|') !== ${JSON.stringify(knowsQ ? '-q0|-U|' : '-U|')} + ${JSON.stringify(path)}) process.exit(3)`

  it.each([true, false])('is netcat where libvirt is old, one with -q or without (%s)', async (knowsQ) => {
    const { path } = await daemon()
    const fake = ssh(RUN_THERE)
    fake.program('nc', netcat(knowsQ, '/var/run/libvirt/libvirt-sock') + bridgeTo(path))
    expect(await hostname(await connect('qemu+ssh://lab/system', fake))).toBe('far-away')
  })

  it('is netcat for a socket that is named, however odd its name', async () => {
    const { path } = await daemon()
    const folder = mkdtempSync(join(tmpdir(), 'patchbay-odd-'))
    cleanUp.push(() => rmSync(folder, { recursive: true }))
    mkdirSync(join(folder, "it's $(odd)"))
    const odd = join(folder, "it's $(odd)", 'sock "1"')
    renameSync(path, odd)
    const fake = ssh(RUN_THERE)
    fake.program('virt-ssh-helper', 'process.exit(3)')
    fake.program('nc', netcat(true, odd) + bridgeTo(odd))
    const libvirt = await connect(`qemu+ssh://lab/system?socket=${encodeURIComponent(odd)}`, fake)
    expect(await hostname(libvirt)).toBe('far-away')
  })

  it('may be missing, which is said', async () => {
    const failure = await failureOf(connect('qemu+ssh://lab/system', ssh(RUN_THERE)))
    expect(failure.code).toBe('unsupported')
    expect(english(failure.hint ?? '')).toContain('netcat-openbsd')
  })
})

describe('the end of ssh', () => {
  const to = parseLibvirtUri('qemu+ssh://dev@lab/system') as SshUri

  it.each([
    [
      255,
      '@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @\nHost key verification failed.',
      'not-permitted',
      'ssh-keygen -R lab',
    ],
    [255, 'dev@lab: Permission denied (publickey,password).', 'not-permitted', 'ssh-add'],
    [255, 'Received disconnect: Too many authentication failures', 'not-permitted', 'ssh-add'],
    [
      255,
      'ssh: Could not resolve hostname lab: Name or service not known',
      'libvirt-unreachable',
      'ssh dev@lab',
    ],
    [255, 'ssh: connect to host lab port 22: Connection timed out', 'libvirt-unreachable', 'ssh dev@lab'],
    [
      1,
      "virt-ssh-helper: cannot connect to '/run/x': Permission denied",
      'not-permitted',
      'usermod -aG libvirt dev',
    ],
    [
      1,
      "virt-ssh-helper: cannot connect to '/run/x': Connection refused",
      'libvirt-unreachable',
      'systemctl start',
    ],
    [0, '', 'libvirt-unreachable', 'virsh list'],
  ])('with %i, %s is %s', (code, said, expected, hint) => {
    const failure = sshFailure(to, { code, signal: null, said })
    expect(failure.code).toBe(expected)
    expect(english(failure.hint ?? '')).toContain(hint)
    expect(failure.detail).toContain(said)
  })
})
