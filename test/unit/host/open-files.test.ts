import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readOpenFiles } from '../../../electron/host/records/open-files'
import { readDigest } from '../../../electron/host/records/transactions'

let folder: string
beforeEach(() => {
  // Not in TMPDIR, which may be closed to others.
  folder = mkdtempSync('/tmp/patchbay-open-')
  chmodSync(folder, 0o755)
})
afterEach(() => rmSync(folder, { recursive: true }))

function write(name: string, content: string | Buffer, mode: number): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  chmodSync(path, mode)
  return path
}

function makeFolder(name: string, mode: number): string {
  const path = join(folder, name)
  mkdirSync(path)
  chmodSync(path, mode)
  return path
}

describe('configuration files as anybody sees them', () => {
  it('are read with their text when it is open to everybody', async () => {
    const path = write('interfaces', 'auto lo\n', 0o644)
    const { files, closed } = await readOpenFiles([folder])
    expect(files).toMatchObject([
      { path, kind: 'file', size: 8, mode: 0o644, content: { kind: 'text', text: 'auto lo\n' } },
    ])
    expect(closed).toEqual([])
  })

  it('tell nothing of a content for root alone, not even as a hash', async () => {
    write('netplan.yaml', 'password: hunter2\n', 0o640)
    expect(await readOpenFiles([folder])).toMatchObject({
      files: [{ size: 18, content: { kind: 'closed' } }],
    })
  })

  it('tell nothing at all of what lies in a folder for root alone, also when it is named itself', async () => {
    const secrets = makeFolder('secrets', 0o750)
    const path = write('secrets/home.nmconnection', 'x', 0o644)
    expect(await readOpenFiles([folder, path])).toEqual({ files: [], closed: [secrets] })
  })

  it('whose folder can be passed but not listed are told of when they are named', async () => {
    const unlisted = makeFolder('unlisted', 0o711)
    const path = write('unlisted/file', 'x', 0o644)
    expect(await readOpenFiles([unlisted])).toEqual({ files: [], closed: [unlisted] })
    expect((await readOpenFiles([path])).files).toMatchObject([{ path }])
  })

  it('are told with where a link leads, which is not followed', async () => {
    write('secret', 'x', 0o600)
    symlinkSync('secret', join(folder, 'resolv.conf'))
    const { files } = await readOpenFiles([folder])
    expect(files[0]).toEqual({ path: join(folder, 'resolv.conf'), kind: 'link', target: 'secret' })
  })

  it('that are no text, or a very long one, are told apart by their hash', async () => {
    write('a', Buffer.from([0xff, 0xfe]), 0o644)
    write('b', 'x'.repeat(40_000), 0o644)
    const { files } = await readOpenFiles([folder])
    const kinds = files.map((file) => (file.kind === 'file' ? file.content.kind : file.kind))
    expect(kinds).toEqual(['hash', 'hash'])
  })

  it('keep what looks like a password to themselves, though anybody could have read it', async () => {
    write('interfaces', 'wpa-psk hunter2\n', 0o644)
    expect(JSON.stringify(await readOpenFiles([folder]))).not.toContain('hunter2')
  })

  it('that are not there are none', async () => {
    expect(await readOpenFiles([join(folder, 'nothing/here')])).toEqual({ files: [], closed: [] })
  })
})

describe('the digest of a snapshot', () => {
  const id = '20261124-120000-0a1b'
  const digest = {
    version: 1,
    sources: ['/etc/network'],
    files: { files: [], closed: [] },
    touched: [],
    network: { links: [], routes: [], dns: { servers: [], search: [] } },
  }

  it('is read back', async () => {
    makeFolder(id, 0o755)
    write(`${id}/before.json`, JSON.stringify(digest), 0o644)
    expect(await readDigest(id, folder)).toEqual(digest)
  })

  it.each([
    ['is missing', null, 0o644],
    ['is of a later version', { ...digest, version: 2 }, 0o644],
    ['makes no sense', { version: 1 }, 0o644],
    ['others may write', digest, 0o666],
  ])('is none when it %s', async (_what, content, mode) => {
    makeFolder(id, 0o755)
    if (content !== null) write(`${id}/before.json`, JSON.stringify(content), mode)
    expect(await readDigest(id, folder)).toBeNull()
  })
})
