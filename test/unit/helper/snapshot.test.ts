import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PlannedFile } from '../../../electron/helper/change/change'
import { fileSetOf, saveAfter } from '../../../electron/helper/store/file-set'
import { takeSnapshot } from '../../../electron/helper/store/snapshot'

let folder: string
let snapshot: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'host-'))
  snapshot = join(folder, 'snapshot')
  mkdirSync(snapshot)
  mkdirSync(join(folder, 'etc'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const planned = (path: string, before?: Buffer | null): PlannedFile => ({
  path,
  after: { by: 'file-set', content: Buffer.from('with the bridge'), mode: 0o644 },
  ...(before === undefined ? {} : { before }),
})

describe('the snapshot', () => {
  it('has every file that is to be changed, wherever it lies', async () => {
    const elsewhere = join(folder, 'elsewhere')
    const inside = join(folder, 'etc/file')
    for (const path of [elsewhere, inside]) writeFileSync(path, 'before')
    const files = [planned(elsewhere), planned(inside), planned(join(folder, 'etc/new'))]
    expect(await takeSnapshot(snapshot, [join(folder, 'etc')], files)).toBe(2)

    await saveAfter(snapshot, files)
    const paths = files.map(({ path }) => path)
    const set = fileSetOf(snapshot, paths, [])
    await set.put('bridge')
    expect(paths.map((path) => readFileSync(path, 'utf8'))).toEqual(paths.map(() => 'with the bridge'))
    await set.put('nic')
    expect([elsewhere, inside].map((path) => readFileSync(path, 'utf8'))).toEqual(['before', 'before'])
    expect(await set.differing('nic', true)).toEqual([])
  })

  it.each<[string, (path: string) => void]>([
    ['a link', (path) => symlinkSync('/dev/null', path)],
    ['a folder', (path) => mkdirSync(path)],
    ['a huge file', (path) => writeFileSync(path, Buffer.alloc(5 * 1024 * 1024))],
  ])('is refused where %s lies in the place of a planned file: it would be lost', async (_, lay) => {
    const path = join(folder, 'etc/new')
    lay(path)
    const taken = takeSnapshot(snapshot, [], [planned(path)])
    await expect(taken).rejects.toMatchObject({ failure: { code: 'refused' } })
  })

  it('is refused when a file is not what the change was worked out from', async () => {
    const path = join(folder, 'etc/file')
    writeFileSync(path, 'since then')
    for (const before of [Buffer.from('before'), null]) {
      const taken = takeSnapshot(snapshot, [], [planned(path, before)])
      await expect(taken).rejects.toMatchObject({ failure: { code: 'host-changed' } })
    }
    const gone = takeSnapshot(snapshot, [], [planned(join(folder, 'etc/gone'), Buffer.from('before'))])
    await expect(gone).rejects.toMatchObject({ failure: { code: 'host-changed' } })
    expect(await takeSnapshot(snapshot, [], [planned(path, Buffer.from('since then'))])).toBe(1)
  })
})
