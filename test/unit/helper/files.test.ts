import {
  chmodSync,
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
import { ownFolder, readCopy, replaceFile, writeNew } from '../../../electron/helper/files'
import { readTransactions, watchTransactions } from '../../../electron/host/transactions'

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
    mkdirSync(join(folder, 'open'), { mode: 0o777 })
    const loose = join(folder, 'loose')
    mkdirSync(loose)
    chmodSync(loose, 0o777)
    await expect(ownFolder(loose, 0o755)).rejects.toThrow(/root alone/)
    symlinkSync(folder, join(folder, 'elsewhere'))
    await expect(ownFolder(join(folder, 'elsewhere'), 0o755)).rejects.toThrow(/root alone/)
    await ownFolder(join(folder, 'own'), 0o700)
    expect(statSync(join(folder, 'own')).mode & 0o777).toBe(0o700)
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
    const watcher = watchTransactions(() => next(), target)
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
