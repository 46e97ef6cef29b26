import { createHash } from 'node:crypto'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { copyRuntime, type Piece } from '../../../../electron/helper/runtime/copy'
import { pruneRuntimes } from '../../../../electron/helper/runtime/prune-runtimes'

let folder: string
let base: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'runtime-'))
  mkdirSync(join(folder, 'patchbay'), { mode: 0o755 })
  base = join(folder, 'patchbay/runtime')
})
afterEach(() => rmSync(folder, { recursive: true }))

function piece(name: string, content: string, mode = 0o755): Piece {
  const source = join(folder, name)
  writeFileSync(source, content)
  chmodSync(source, mode)
  return { name, source, executable: name === 'electron' }
}

const sha = (text: string): string => createHash('sha256').update(text).digest('hex')
const two = (): Piece[] => [piece('electron', 'program'), piece('libffmpeg.so', 'library')]

describe('a copy of a runtime', () => {
  it('bears the hash of its content, and others can’t write to it', async () => {
    const path = await copyRuntime(two(), base)
    const hash = sha(`${sha('program')} electron\n${sha('library')} libffmpeg.so\n`)
    expect(path).toBe(join(base, hash))
    expect(readFileSync(join(path, 'electron'), 'utf8')).toBe('program')
    const modes = [base, path, join(path, 'electron'), join(path, 'libffmpeg.so')].map(
      (one) => statSync(one).mode & 0o7777,
    )
    expect(modes).toEqual([0o755, 0o755, 0o755, 0o644])
    expect(readdirSync(base)).toEqual([hash])
  })

  it('keeps no right of its source, such as set-user-ID', async () => {
    const path = await copyRuntime([piece('electron', 'program', 0o6777)], base)
    expect(statSync(join(path, 'electron')).mode & 0o7777).toBe(0o755)
  })

  it('is made once', async () => {
    const first = await copyRuntime(two(), base)
    const { ino } = statSync(first)
    expect(await copyRuntime(two(), base)).toBe(first)
    expect(statSync(first).ino).toBe(ino)
  })

  it.each<[string, (path: string) => void]>([
    ['is not whole', (path) => rmSync(join(path, 'libffmpeg.so'))],
    ['was cut short', (path) => writeFileSync(join(path, 'electron'), '')],
    ['is open to others', (path) => chmodSync(join(path, 'electron'), 0o757)],
    ['is a folder that others may write to', (path) => chmodSync(path, 0o777)],
    [
      'is a link',
      (path) => {
        rmSync(join(path, 'electron'))
        symlinkSync('/bin/true', join(path, 'electron'))
      },
    ],
  ])('is made anew where what is there %s', async (_, harm) => {
    const first = await copyRuntime(two(), base)
    harm(first)
    expect(await copyRuntime(two(), base)).toBe(first)
    expect(readFileSync(join(first, 'electron'), 'utf8')).toBe('program')
    expect(statSync(join(first, 'electron')).mode & 0o777).toBe(0o755)
    expect(statSync(first).mode & 0o777).toBe(0o755)
  })

  it('takes the place of what a killed helper has left', async () => {
    mkdirSync(join(base, '.new'), { recursive: true })
    writeFileSync(join(base, '.new/electron'), 'half')
    const path = await copyRuntime(two(), base)
    expect(readFileSync(join(path, 'electron'), 'utf8')).toBe('program')
    expect(readdirSync(base)).toHaveLength(1)
  })

  it('leaves nothing where it can’t be made', async () => {
    const gone = { name: 'electron', source: join(folder, 'nothing'), executable: true }
    await expect(copyRuntime([gone], base)).rejects.toThrow('ENOENT')
    expect(readdirSync(base)).toEqual([])
  })
})

describe('old copies', () => {
  const [kept, named, waiting, old] = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(64)) as [
    string,
    string,
    string,
    string,
  ]

  it('go once no unit names them', async () => {
    for (const name of [kept, named, waiting, old, 'mine']) mkdirSync(join(base, name), { recursive: true })
    const [units, transient] = [join(folder, 'units'), join(folder, 'transient')]
    mkdirSync(units)
    writeFileSync(
      join(units, 'patchbay-additions.service'),
      `ExecStart="${base}/${named}/node" "x" "restore"\n`,
    )
    writeFileSync(join(units, 'others.service'), old)
    symlinkSync('/nowhere', join(units, 'patchbay-broken.service'))
    mkdirSync(join(transient, 'patchbay-rollback-x.service.d'), { recursive: true })
    writeFileSync(join(transient, 'patchbay-rollback-x.service.d/patchbay.conf'), waiting)
    await pruneRuntimes(base, join(base, kept), [units, transient, join(folder, 'missing')])
    expect(readdirSync(base).sort()).toEqual([kept, named, waiting, 'mine'].sort())
  })
})
