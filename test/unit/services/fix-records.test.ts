import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FixRecords, fixesFolder } from '../../../electron/services/fix-records'

const fix = {
  uri: 'qemu:///system',
  check: 'default-network',
  about: 'default',
  changes: ['the network default is started'],
  undo: { kind: 'network-actions', network: 'default', actions: ['stop'] },
} as const

const undo = { ...fix.undo, actions: [...fix.undo.actions] }
const begun = { ...fix, changes: [...fix.changes], undo }

describe('the record of fixes', () => {
  let folder: string
  let records: FixRecords
  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'patchbay-')), 'fixes')
    records = new FixRecords(folder)
  })
  afterEach(() => rm(join(folder, '..'), { recursive: true }))

  it('is empty at first, keeps what was begun for its user alone, and forgets what was undone', async () => {
    expect(await records.list()).toEqual([])
    const record = await records.begin(begun)
    expect(await records.list()).toEqual([record])
    expect((await stat(join(folder, `${record.id}.json`))).mode & 0o777).toBe(0o600)
    await records.remove(record)
    expect([await records.list(), await readdir(folder)]).toEqual([[], []])
  })

  it('leaves out what makes no sense, and what calls itself something else', async () => {
    const record = await records.begin(begun)
    await writeFile(join(folder, 'a.json'), 'nonsense')
    await writeFile(join(folder, 'b.json'), JSON.stringify(record))
    await writeFile(
      join(folder, 'c.json'),
      JSON.stringify({ ...record, undo: { kind: 'network-actions', network: 'x', actions: ['restart'] } }),
    )
    expect(await records.list()).toEqual([record])
  })

  it('lies where the desktop has the state of programs', () => {
    expect(fixesFolder({ XDG_STATE_HOME: '/var/state' })).toBe('/var/state/patchbay/fixes')
    expect(fixesFolder({ XDG_STATE_HOME: 'relative' })).toMatch(/\/\.local\/state\/patchbay\/fixes$/)
  })
})
