import {
  chownSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type FileCopy, putCopy, readCopy, removeFile } from '../../../electron/helper/root-files/files'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'configuration-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const copy = (path: string, content: string): FileCopy => ({
  path,
  mode: 0o640,
  uid: process.getuid?.() ?? 0,
  gid: process.getgid?.() ?? 0,
  modified: '1700000000.123456789',
  content: Buffer.from(content),
})

const isRoot = process.getuid?.() === 0
const NOBODY = 65534

describe('a file of the configuration', () => {
  it('is put back with content, mode, owner and time, to the last digit', async () => {
    const wanted = copy(join(folder, 'file'), 'before')
    writeFileSync(join(folder, 'file'), 'after')
    await putCopy(wanted)
    expect(await readCopy(join(folder, 'file'))).toEqual(wanted)
    expect(readdirSync(folder)).toEqual(['file'])
  })

  it('is put in place of a link, and not where that leads', async () => {
    writeFileSync(join(folder, 'victim'), 'mine')
    symlinkSync(join(folder, 'victim'), join(folder, 'file'))
    symlinkSync(join(folder, 'victim'), join(folder, '.file.patchbay'))
    await putCopy(copy(join(folder, 'file'), 'before'))
    expect(lstatSync(join(folder, 'file')).isFile()).toBe(true)
    expect(readFileSync(join(folder, 'victim'), 'utf8')).toBe('mine')
  })

  it('leaves nothing aside where it could not be put', async () => {
    mkdirSync(join(folder, 'file'))
    writeFileSync(join(folder, 'file/x'), '')
    await expect(putCopy(copy(join(folder, 'file'), 'before'))).rejects.toThrow(join(folder, 'file'))
    expect(readdirSync(folder)).toEqual(['file'])
  })

  it.runIf(isRoot)('is reached by a link of root’s on the way, and by none of somebody else’s', async () => {
    mkdirSync(join(folder, 'real'))
    symlinkSync('real', join(folder, 'link'))
    await putCopy(copy(join(folder, 'link/file'), 'one'))
    expect(readFileSync(join(folder, 'real/file'), 'utf8')).toBe('one')

    lchownSync(join(folder, 'link'), NOBODY, NOBODY)
    await expect(putCopy(copy(join(folder, 'link/file'), 'two'))).rejects.toThrow(/root did not make/)
    await expect(removeFile(join(folder, 'link/file'))).rejects.toThrow(/root did not make/)
    expect(readFileSync(join(folder, 'real/file'), 'utf8')).toBe('one')
  })

  it.runIf(isRoot)('may lie in a folder of its manager’s own', async () => {
    mkdirSync(join(folder, 'dhcp'), { mode: 0o775 })
    chownSync(join(folder, 'dhcp'), 0, NOBODY)
    await putCopy(copy(join(folder, 'dhcp/leases'), 'known'))
    expect(readFileSync(join(folder, 'dhcp/leases'), 'utf8')).toBe('known')
  })
})
