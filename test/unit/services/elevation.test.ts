import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
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
      env: {},
      prompts: false,
    })
  })

  it('runs in Electron’s Node mode', () => {
    expect(elevate(electron, 'apply', { isRoot: true, wrapper: null }).env).toEqual({
      ELECTRON_RUN_AS_NODE: '1',
    })
    // pkexec empties the environment, so the mode is part of the command there.
    expect(elevate(electron, 'undo', { isRoot: false, wrapper: null }).argv).toEqual([
      'pkexec',
      '/usr/bin/env',
      'ELECTRON_RUN_AS_NODE=1',
      '/opt/p/electron',
      '/opt/p/helper.cjs',
      'undo',
    ])
  })

  it('is started by pkexec for everybody else', () => {
    const { argv, prompts } = elevate(node, 'apply', { isRoot: false, wrapper: null })
    expect(argv).toEqual(['pkexec', '/usr/bin/node', '/opt/p/helper.cjs', 'apply'])
    expect(prompts).toBe(true)
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

  const withMode = async (mode: number): Promise<string | null> => {
    const path = join(folder, mode.toString(8))
    await writeFile(path, '')
    await chmod(path, mode)
    return trustedWrapper(path)
  }

  it('is not trusted when others can write it', async () => {
    expect(await withMode(0o777)).toBeNull()
    expect(await withMode(0o775)).toBeNull()
  })

  it('is trusted when it is root’s alone, and only then', async () => {
    const trusted = await withMode(0o755)
    expect(trusted !== null).toBe(process.getuid?.() === 0)
  })

  it('is not trusted in a folder that others can write in', async () => {
    const loose = join(folder, 'loose')
    await mkdir(loose)
    await chmod(loose, 0o777)
    await writeFile(join(loose, 'helper'), '', { mode: 0o755 })
    expect(trustedWrapper(join(loose, 'helper'))).toBeNull()
  })

  it('need not be there', () => {
    expect(trustedWrapper(join(folder, 'missing'))).toBeNull()
  })
})
