import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FileCopy } from '../../../electron/helper/root-files/files'
import { readSaved, saveFiles } from '../../../electron/helper/store/saved-files'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'snapshot-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const copy = (content: string): FileCopy => ({
  path: '/etc/network/interfaces',
  ...{ mode: 0o644, uid: 0, gid: 0, modified: '1700000000.123456789' },
  content: Buffer.from(content),
})

const saved = async (): Promise<FileCopy[]> =>
  Promise.all((await readSaved(folder, 'after')).map((file) => file.read()))

describe('the copies of files in a snapshot', () => {
  it('are read as they were saved, the newest list alone', async () => {
    await saveFiles(folder, 'after', [copy('one')])
    await saveFiles(folder, 'after', [copy('two'), copy('three')])
    expect(await saved()).toEqual([copy('two'), copy('three')])
    expect(readdirSync(folder)).toHaveLength(2)
  })

  it('stay good when saving others does not come to its end', async () => {
    await saveFiles(folder, 'after', [copy('one')])
    mkdirSync(join(folder, 'after.json.new'))
    await expect(saveFiles(folder, 'after', [copy('two')])).rejects.toThrow()
    expect(await saved()).toEqual([copy('one')])
  })

  it('are not taken for what they are not', async () => {
    await expect(readSaved(folder, 'after')).rejects.toThrow(/damaged/)
    await saveFiles(folder, 'after', [copy('one')])
    const [place = ''] = readdirSync(folder).filter((name) => name !== 'after.json')
    writeFileSync(join(folder, place, '0'), 'other')
    await expect(saved()).rejects.toThrow(/damaged/)
  })
})
