import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { PlannedFile } from '../../../electron/helper/change/change'
import { fileSetOf, LISTS, saveAfter } from '../../../electron/helper/store/file-set'
import { type FileCopy, readCopy } from '../../../electron/helper/root-files/files'
import { saveFiles } from '../../../electron/helper/store/saved-files'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'patchbay-'))
})
afterEach(() => rmSync(root, { recursive: true }))

/** Every file is written and synced for real, so there are fewer runs and more time. */
const RUNS = 15
vi.setConfig({ testTimeout: 60_000 })

/** Only root may give files away. */
const isRoot = process.getuid?.() === 0

interface File {
  content: Uint8Array
  mode: number
  uid: number
}

const anyFile: fc.Arbitrary<File> = fc.record({
  content: fc.uint8Array({ maxLength: 40 }),
  mode: fc.constantFrom(0o600, 0o640, 0o644, 0o755, 0o4711),
  uid: fc.constantFrom(0, isRoot ? 65_534 : 0),
})
const anySide = fc.option(anyFile, { nil: null })

/** Files before the change, and what the change makes of them. */
const anyChange = fc.array(fc.record({ before: anySide, after: anySide }), { minLength: 1, maxLength: 4 })

interface Seen {
  content: string
  mode: number
  uid: number
  modified: number
}

function seen(path: string): Seen | null {
  if (!existsSync(path)) return null
  const { mode, uid, mtimeMs } = statSync(path)
  return { content: readFileSync(path).toString('hex'), mode: mode & 0o7777, uid, modified: mtimeMs }
}

const owner = (uid: number): number => (isRoot ? uid : (process.getuid?.() ?? 0))

function write(path: string, { content, mode, uid }: File): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
  if (isRoot) chownSync(path, uid, 0)
  chmodSync(path, mode)
}

/** A host's files in a folder of their own, with the snapshot and the change recorded. */
async function recorded(run: number, change: readonly { before: File | null; after: File | null }[]) {
  const [host, folder] = [join(root, `${run}/etc`), join(root, `${run}/transaction`)]
  mkdirSync(folder, { recursive: true })
  mkdirSync(host)
  const files = change.map(({ before, after }, index) => ({
    path: join(host, `d${index}/file`),
    before,
    after,
  }))
  for (const { path, before } of files) if (before) write(path, before)
  const paths = files.map(({ path }) => path)
  const copies = await Promise.all(paths.map(readCopy))
  await saveFiles(
    folder,
    LISTS.nic,
    copies.filter((copy) => copy !== null),
  )
  const planned = files.map(({ path, after }): PlannedFile => {
    const { content = null, mode = 0, uid = 0 } = after ?? {}
    const gid = isRoot ? 0 : (process.getgid?.() ?? 0)
    return {
      path,
      after: { by: 'file-set', content: content && Buffer.from(content), mode, uid: owner(uid), gid },
    }
  })
  await saveAfter(folder, planned)
  return { files, paths, set: fileSetOf(folder, paths, []) }
}

describe('the files of a change', () => {
  let run = 0

  it('are the bridge’s, and then again what they were, to the byte, the mode, the owner and the time', async () => {
    await fc.assert(
      fc.asyncProperty(anyChange, async (change) => {
        const { files, paths, set } = await recorded(run++, change)
        const before = paths.map(seen)
        await set.put('bridge')
        for (const { path, after } of files) {
          const found = seen(path)
          const content = after && Buffer.from(after.content).toString('hex')
          if (!after) expect(found).toBeNull()
          else expect(found).toMatchObject({ content, mode: after.mode, uid: owner(after.uid) })
        }
        expect(await set.differing('bridge', true)).toEqual([])
        await set.put('nic')
        expect(paths.map(seen)).toEqual(before)
        expect(await set.differing('nic', true)).toEqual([])
      }),
      { numRuns: RUNS },
    )
  })

  it('are put back whatever has become of them meanwhile, and those that differ are named before', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyChange,
        fc.array(anySide, { minLength: 4, maxLength: 4 }),
        async (change, meanwhile) => {
          const { paths, set } = await recorded(run++, change)
          const before = paths.map(seen)
          for (const [index, path] of paths.entries()) {
            const now = meanwhile[index] ?? null
            rmSync(path, { force: true })
            if (now) write(path, now)
          }
          const alike = (one: Seen | null, other: Seen | null): boolean =>
            one?.content === other?.content && one?.mode === other?.mode && one?.uid === other?.uid
          const changed = paths.filter((path, index) => !alike(seen(path), before[index] ?? null))
          expect(await set.differing('nic', true)).toEqual(changed)
          await set.put('nic')
          expect(paths.every((path, index) => alike(seen(path), before[index] ?? null))).toBe(true)
        },
      ),
      { numRuns: RUNS },
    )
  })

  it('are as the user has changed them since, on either side; the others stay as they were', async () => {
    await fc.assert(
      fc.asyncProperty(anyChange, anyFile, anyFile, async (change, nic, bridge) => {
        const { paths, set } = await recorded(run++, change)
        const [path = '', ...others] = paths
        const before = others.map(seen)
        const copyOf = async (file: File): Promise<FileCopy> => {
          write(path, file)
          const copy = await readCopy(path)
          if (!copy) throw new Error('it was not written')
          return copy
        }
        const sides = { nic: await copyOf(nic), bridge: await copyOf(bridge) }
        await set.rebase(path, sides)
        for (const side of ['bridge', 'nic'] as const) {
          await set.put(side)
          // What is right already is left alone, and so may be newer.
          const { content, mode, uid, gid } = sides[side]
          expect(await readCopy(path)).toMatchObject({ content, mode, uid, gid })
        }
        expect(others.map(seen)).toEqual(before)
      }),
      { numRuns: RUNS },
    )
  })
})
