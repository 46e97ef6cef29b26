import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { LeaseWatch } from '../../../electron/world/lease-watch'

describe('a folder of leases that can be watched', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'patchbay-leases-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  it('tells which bridge has new leases, written as libvirt does: a new file in place of the old one', async () => {
    const changed: string[] = []
    const watch = new LeaseWatch(folder, (bridge) => changed.push(bridge))
    await writeFile(join(folder, 'default.conf'), '')
    await writeFile(join(folder, 'virbr0.status.new'), '[]')
    await rename(join(folder, 'virbr0.status.new'), join(folder, 'virbr0.status'))
    await expect.poll(() => changed).toEqual(['virbr0'])
    watch.close()
  })
})

describe('a folder that can’t be watched', () => {
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => vi.useRealTimers())

  it('has leases looked for a few times after a machine was started, and then no more', () => {
    const changed: string[] = []
    const watch = new LeaseWatch('/nonexistent', (bridge) => changed.push(bridge))
    vi.advanceTimersByTime(3_600_000)
    expect(changed).toEqual([])
    watch.expect('virbr0')
    vi.advanceTimersByTime(3_600_000)
    const looks = changed.length
    expect(looks).toBeGreaterThan(2)
    vi.advanceTimersByTime(3_600_000)
    expect(changed).toHaveLength(looks)
    watch.close()
  })

  it('is left alone once it is closed', () => {
    const changed: string[] = []
    const watch = new LeaseWatch('/nonexistent', (bridge) => changed.push(bridge))
    watch.expect('virbr0')
    watch.close()
    vi.advanceTimersByTime(3_600_000)
    expect(changed).toEqual([])
  })
})
