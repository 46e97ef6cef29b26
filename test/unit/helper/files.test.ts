import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  newFolder,
  ownFolder,
  readCopy,
  removeEntry,
  replaceFile,
  writeNew,
} from '../../../electron/helper/root-files/files'
import { toFailure } from '../../../shared/failure'
import { readTransactions } from '../../../electron/host/records/transactions'
import { watchRecordsIn } from '../../../electron/host/records/watch-records'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'patchbay-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('what root writes', () => {
  it('follows no symbolic link', async () => {
    writeFileSync(join(folder, 'victim'), 'mine')
    symlinkSync(join(folder, 'victim'), join(folder, 'trap'))
    await expect(writeNew(join(folder, 'trap'), 'theirs', 0o600)).rejects.toThrow()
    await replaceFile(join(folder, 'target'), join(folder, 'trap'), 'new', 0o600)
    expect(readFileSync(join(folder, 'victim'), 'utf8')).toBe('mine')
    expect(readFileSync(join(folder, 'target'), 'utf8')).toBe('new')
    symlinkSync(join(folder, 'victim'), join(folder, 'link'))
    expect(await readCopy(join(folder, 'link'))).toBeNull()
  })

  it('goes to no folder that others may write to, and to no link to one', async () => {
    const own = join(folder, 'patchbay')
    await ownFolder(own, 0o755)
    const loose = join(own, 'loose')
    mkdirSync(loose)
    chmodSync(loose, 0o777)
    await expect(ownFolder(loose, 0o755)).rejects.toThrow(/root alone/)
    symlinkSync(folder, join(own, 'elsewhere'))
    await expect(ownFolder(join(own, 'elsewhere'), 0o755)).rejects.toThrow(/root alone/)
    await expect(writeNew(join(own, 'elsewhere/x'), '', 0o600)).rejects.toThrow(/root alone/)
    await expect(newFolder(join(own, 'loose/x'), 0o700)).rejects.toThrow(/root alone/)
    writeFileSync(join(own, 'file'), '')
    await expect(ownFolder(join(own, 'file'), 0o755)).rejects.toThrow(/root alone/)
    await ownFolder(join(own, 'own'), 0o700)
    expect(statSync(join(own, 'own')).mode & 0o777).toBe(0o700)
  })

  it('may lie behind a link that root made, outside of its own folders', async () => {
    mkdirSync(join(folder, 'disk'))
    symlinkSync('./disk/', join(folder, 'lib'))
    await ownFolder(join(folder, 'lib/patchbay'), 0o700)
    await writeNew(join(folder, 'lib/patchbay/x'), 'new', 0o600)
    expect(readFileSync(join(folder, 'disk/patchbay/x'), 'utf8')).toBe('new')
    symlinkSync('loop', join(folder, 'loop'))
    await expect(ownFolder(join(folder, 'loop/patchbay'), 0o700)).rejects.toThrow(/root alone/)
  })

  it('names the path that it was about, and not how it was reached', async () => {
    const own = join(folder, 'patchbay')
    await ownFolder(own, 0o755)
    await writeNew(join(own, 'x'), '', 0o600)
    await expect(writeNew(join(own, 'x'), '', 0o600)).rejects.toThrow(join(own, 'x'))
    await expect(writeNew(join(own, 'gone/x'), '', 0o600)).rejects.toThrow(join(own, 'gone'))
    const failed: unknown = await writeNew(join(own, 'x'), '', 0o600).catch((error: unknown) => error)
    expect(toFailure(failed).detail).not.toContain('/proc/')
  })

  it('is removed without following a link', async () => {
    const own = join(folder, 'patchbay')
    await ownFolder(own, 0o755)
    mkdirSync(join(folder, 'victim'))
    writeFileSync(join(folder, 'victim/file'), 'mine')
    mkdirSync(join(own, 'old/deep'), { recursive: true })
    symlinkSync(join(folder, 'victim'), join(own, 'old/deep/trap'))
    await removeEntry(join(own, 'old'))
    expect(existsSync(join(own, 'old'))).toBe(false)
    symlinkSync(join(folder, 'victim'), join(own, 'trap'))
    await removeEntry(join(own, 'trap'))
    await removeEntry(join(own, 'trap'))
    expect(readFileSync(join(folder, 'victim/file'), 'utf8')).toBe('mine')
  })

  it('is read from a regular file of root’s own alone', async () => {
    const own = join(folder, 'patchbay')
    await ownFolder(own, 0o755)
    await writeNew(join(own, 'x'), 'mine', 0o600)
    expect((await readCopy(join(own, 'x')))?.content.toString()).toBe('mine')
    chmodSync(join(own, 'x'), 0o666)
    expect(await readCopy(join(own, 'x'))).toBeNull()
    execFileSync('mkfifo', [join(own, 'pipe')])
    expect(await readCopy(join(own, 'pipe'))).toBeNull()
  })
})

describe('the recorded transactions', () => {
  const summary = (id: string) => ({
    id,
    intent: { kind: 'create-bridge', nic: 'enp3s0', bridge: 'br0' },
    startedAt: 1,
    state: 'committed',
    failure: null,
    added: [],
  })

  it('are read newest first, without what makes no sense', async () => {
    for (const id of ['20261124-004728-4655', '20261124-014728-4655', '20261124-024728-4655', 'junk']) {
      mkdirSync(join(folder, id))
      const text = id.includes('-02') ? '{"half":' : JSON.stringify(summary(id))
      writeFileSync(join(folder, id, 'summary.json'), text)
    }
    expect((await readTransactions(folder)).map(({ id }) => id)).toEqual([
      '20261124-014728-4655',
      '20261124-004728-4655',
    ])
    expect(await readTransactions(join(folder, 'nothing'))).toEqual([])
  })

  it('are watched before their folder exists, and when a state is replaced', async () => {
    const target = join(folder, 'a', 'b')
    let next: () => void = () => undefined
    const change = (): Promise<void> => new Promise((resolve) => (next = resolve))
    const watcher = watchRecordsIn(target, () => next())
    try {
      const appeared = change()
      mkdirSync(target, { recursive: true })
      await appeared
      mkdirSync(join(target, 'x'))
      const replaced = change()
      await replaceFile(join(target, 'x/summary.json'), join(target, '.x.json'), '{}', 0o644)
      await replaced
    } finally {
      watcher.close()
    }
  })
})
