import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { connectLibvirt, type Libvirt } from '../../../electron/libvirt/libvirt'
import { failureOf } from './failure-of'
import { FakeDaemon, openTo, reply } from './fake-daemon'
import { FakeSsh, sayAndEnd } from './fake-ssh'

let daemon: FakeDaemon
let programs: FakeSsh
let env: Record<string, string>
let log: string

beforeEach(async () => {
  daemon = await FakeDaemon.start(openTo((call) => reply(call, 'connectGetHostname', { hostname: 'my-own' })))
  programs = new FakeSsh('')
  env = { ...programs.env, XDG_RUNTIME_DIR: programs.folder, SECRET: 'not for daemons' }
  mkdirSync(join(programs.folder, 'libvirt'))
  log = join(programs.folder, 'log')
})
afterEach(async () => {
  programs.remove()
  await daemon.stop()
})

const note = () =>
  `fs.appendFileSync(${JSON.stringify(log)}, args.join(' ') + ' ' + process.env.SECRET + '\\n')\n`
/** The daemon appears at its socket. */
const appear = () =>
  `fs.symlinkSync(${JSON.stringify(daemon.path)}, process.env.XDG_RUNTIME_DIR + '/libvirt/libvirt-sock')\n`

async function connect(change: Record<string, string> = {}): Promise<Libvirt> {
  return connectLibvirt('qemu:///session', { env: { ...env, ...change }, uid: 1000 })
}

const started = () => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : [])

describe('the user’s own daemon', () => {
  it('is started when none answers, so that it ends by itself, and only once', async () => {
    programs.program('libvirtd', note() + appear())
    for (let i = 0; i < 2; i++) {
      const libvirt = await connect()
      expect(libvirt.uri).toBe('qemu:///session')
      expect((await libvirt.call('connectGetHostname', {})).hostname).toBe('my-own')
      await libvirt.close()
    }
    expect(started()).toEqual(['--daemon --timeout=120 undefined'])
  })

  it('is the newer one where both are installed', async () => {
    programs.program('libvirtd', note())
    programs.program('virtqemud', appear())
    await (await connect()).close()
    expect(started()).toEqual([])
  })

  it('may have been started by somebody else meanwhile', async () => {
    programs.program('libvirtd', appear() + sayAndEnd('pid file is locked', 1))
    await (await connect()).close()
  })

  it('says why it does not start', async () => {
    programs.program('libvirtd', sayAndEnd('error : no room', 6))
    const failure = await failureOf(connect())
    expect(failure.code).toBe('libvirt-unreachable')
    expect(failure.detail).toContain('no room')
    expect(failure.detail).toContain('exit code 6')
  })

  it('is not started when libvirt is told not to', async () => {
    programs.program('libvirtd', note() + appear())
    expect((await failureOf(connect({ LIBVIRT_AUTOSTART: '0' }))).code).toBe('libvirt-unreachable')
    expect(started()).toEqual([])
  })
})
