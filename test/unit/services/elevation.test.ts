import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { elevate, trustedWrapper } from '../../../electron/services/elevation'

const node = { runtime: '/usr/bin/node', electron: false, file: '/opt/p/helper.cjs' }
const electron = { ...node, runtime: '/opt/p/electron', electron: true }

describe('the helper', () => {
  it('is started directly by root, without a prompt', () => {
    expect(elevate(node, 'apply', { isRoot: true, wrapper: null })).toEqual({
      argv: ['/usr/bin/node', '/opt/p/helper.cjs', 'apply'],
      env: { OPENSSL_CONF: '/dev/null' },
      prompts: false,
    })
  })

  it('runs in Electron’s Node mode', () => {
    expect(elevate(electron, 'apply', { isRoot: true, wrapper: null }).env).toEqual({
      OPENSSL_CONF: '/dev/null',
      ELECTRON_RUN_AS_NODE: '1',
    })
    // pkexec empties the environment, so the mode is part of the command there.
    expect(elevate(electron, 'undo', { isRoot: false, wrapper: null }).argv).toEqual([
      ...['pkexec', '/usr/bin/setsid', '--fork', '--wait', '/usr/bin/env'],
      'OPENSSL_CONF=/dev/null',
      'ELECTRON_RUN_AS_NODE=1',
      '/opt/p/electron',
      '/opt/p/helper.cjs',
      'undo',
    ])
  })

  it('is started by pkexec for everybody else', () => {
    const { argv, prompts } = elevate(node, 'apply', { isRoot: false, wrapper: null })
    expect(argv).toEqual([
      ...['pkexec', '/usr/bin/setsid', '--fork', '--wait', '/usr/bin/env', 'OPENSSL_CONF=/dev/null'],
      ...['/usr/bin/node', '/opt/p/helper.cjs', 'apply'],
    ])
    expect(prompts).toBe(true)
  })

  it('is kept from opening the inspector where the runtime knows how', () => {
    const start = { isRoot: true, wrapper: null, flags: ['--disable-sigusr1'] }
    expect(elevate(node, 'add', start).argv).toEqual([
      ...['/usr/bin/node', '--disable-sigusr1', '/opt/p/helper.cjs', 'add'],
    ])
  })

  it('is started by the installed wrapper, which takes the verb alone', () => {
    const { argv } = elevate(electron, 'apply', {
      isRoot: false,
      wrapper: '/usr/lib/patchbay/patchbay-helper',
    })
    expect(argv).toEqual(['pkexec', '/usr/lib/patchbay/patchbay-helper', 'apply'])
  })
})

describe('the installed wrapper', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'patchbay-wrapper-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  it('is not trusted where others may write on its way', async () => {
    const path = join(folder, 'helper')
    await writeFile(path, '')
    await chmod(path, 0o755)
    expect(trustedWrapper(path)).toBeNull()
  })

  it('is trusted when it is root’s alone', () => {
    // As every system has it.
    expect(trustedWrapper('/usr/bin/env')).toBe('/usr/bin/env')
  })

  it('need not be there', () => {
    expect(trustedWrapper(join(folder, 'missing'))).toBeNull()
  })
})
