import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readIfupdown } from '../../../../electron/host/managers/ifupdown/read'
import { matchesPattern, wouldSource } from '../../../../electron/host/managers/ifupdown/patterns'

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'patchbay-ifupdown-'))
})
afterEach(() => rm(root, { recursive: true, force: true }))

async function put(path: string, text: string, mode = 0o644): Promise<void> {
  await mkdir(dirname(root + path), { recursive: true })
  await writeFile(root + path, text, { mode, encoding: 'latin1' })
  await chmod(root + path, mode)
}

describe('reading ifupdown’s files', () => {
  it('is null where there are none', async () => {
    expect(await readIfupdown(root)).toBeNull()
  })

  it('follows sources in order, each file once, by real paths, with every byte', async () => {
    await put(
      '/etc/network/interfaces',
      'source interfaces.d/*\nsource-directory more\nsource /etc/network/interfaces.d/b\n',
    )
    await put('/etc/network/interfaces.d/b', 'auto b \xff\xa0', 0o600)
    await put('/srv/a', 'auto a\nsource deep/x?\n')
    await symlink('../../../srv/a', `${root}/etc/network/interfaces.d/a`)
    await put('/etc/network/interfaces.d/.hidden', 'auto hidden\n')
    await put('/etc/network/interfaces.d/folder/x', 'auto x\n')
    await put('/etc/network/interfaces.d/deep/x1', 'auto deep\n')
    await put('/etc/network/more/ok_1-2', 'auto ok\n')
    await put('/etc/network/more/not.this', 'auto not\n')
    const facts = await readIfupdown(root)
    expect(facts?.obstacles).toEqual([])
    expect(facts?.files.map(({ path, realPath, text }) => [path, realPath, text.split('\n')[0]])).toEqual([
      ['/etc/network/interfaces', '/etc/network/interfaces', 'source interfaces.d/*'],
      ['/etc/network/interfaces.d/a', '/srv/a', 'auto a'],
      ['/etc/network/interfaces.d/deep/x1', '/etc/network/interfaces.d/deep/x1', 'auto deep'],
      ['/etc/network/interfaces.d/b', '/etc/network/interfaces.d/b', 'auto b \xff\xa0'],
      ['/etc/network/more/ok_1-2', '/etc/network/more/ok_1-2', 'auto ok'],
    ])
    expect(facts?.files[3]?.stamp).toMatchObject({ size: 9, mode: 0o600 })
  })

  it('says what it can’t follow', async () => {
    await put('/etc/network/interfaces', 'source $HOME/x\n')
    expect((await readIfupdown(root))?.obstacles).toEqual(['“source $HOME/x” can’t be followed'])
  })

  it('finds the state, and the client that ifupdown prefers', async () => {
    await put('/etc/network/interfaces', '')
    expect(await readIfupdown(root)).toMatchObject({ up: [], dhcpClient: null })
    await put('/usr/sbin/dhcpcd', '', 0o755)
    await put('/sbin/udhcpc', '', 0o755)
    await put('/sbin/dhclient', '', 0o644)
    await put('/run/network/ifstate', 'enp3s0=enp3s0\n')
    expect(await readIfupdown(root)).toMatchObject({
      up: [{ link: 'enp3s0', stanza: 'enp3s0' }],
      dhcpClient: 'udhcpc',
    })
  })
})

describe('patterns', () => {
  it.each([
    ['en*', 'enp3s0', true],
    ['en*', 'wlan0', false],
    ['e?p[0-9]s0', 'enp3s0', true],
    ['[!e]*', 'enp3s0', false],
    ['*', '.hidden', false],
    ['a.b', 'axb', false],
    ['[', '[', true],
  ])('%j and %j: %j', (pattern, name, result) => {
    expect(matchesPattern(pattern, name)).toBe(result)
  })

  it.each([
    ['source', '/etc/network/interfaces.d/*', true],
    ['source', 'interfaces.d/*', true],
    ['source', '/etc/network/interfaces.d/*.cfg', false],
    ['source-directory', '/etc/network/interfaces.d', true],
    ['source-directory', 'interfaces.d/', true],
    ['source-directory', 'other', false],
  ] as const)('%s %j reads an own file: %j', (word, pattern, result) => {
    const own = '/etc/network/interfaces.d/patchbay-br0'
    expect(wouldSource({ word, pattern }, '/etc/network', own)).toBe(result)
  })
})
