import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { armBoot, disarmBoot } from '../../../electron/helper/safety-nets/boot'

const helper = { argv: ['/usr/bin/node', '/var/lib/patchbay/helper.cjs'], env: {} } as const

let units: string
const unit = (): string => join(units, 'patchbay-recover.service')
const link = (): string => join(units, 'sysinit.target.wants/patchbay-recover.service')
beforeEach(() => {
  units = mkdtempSync(join(tmpdir(), 'units-'))
  writeFileSync(join(units, 'victim'), 'mine')
})
afterEach(() => rmSync(units, { recursive: true }))

describe('the unit for the next boot', () => {
  it.each<[string, () => void]>([
    ['nothing', () => undefined],
    ['a link to nothing', () => symlinkSync('/nowhere', link())],
    ['a link to another unit', () => symlinkSync(join(units, 'victim'), link())],
    ['a file', () => writeFileSync(link(), 'something')],
  ])('is wanted by the boot, whatever lies in its link’s place: %s', async (_, lay) => {
    mkdirSync(join(units, 'sysinit.target.wants'))
    lay()
    await armBoot(helper, units)
    expect(readlinkSync(link())).toBe(unit())
    expect(readFileSync(link(), 'utf8')).toContain('"/var/lib/patchbay/helper.cjs" "rollback"')
    expect(readFileSync(join(units, 'victim'), 'utf8')).toBe('mine')
  })

  it('is a file of its own, also where a link lay in its place', async () => {
    symlinkSync(join(units, 'victim'), unit())
    await armBoot(helper, units)
    expect(lstatSync(unit()).isFile()).toBe(true)
    expect(statSync(unit()).mode & 0o777).toBe(0o644)
    expect(readFileSync(join(units, 'victim'), 'utf8')).toBe('mine')
  })

  it('can be read by everybody, with the folder that it makes for its link', async () => {
    const mask = process.umask(0o077)
    try {
      await armBoot(helper, units)
    } finally {
      process.umask(mask)
    }
    expect(statSync(join(units, 'sysinit.target.wants')).mode & 0o777).toBe(0o755)
    expect(statSync(unit()).mode & 0o777).toBe(0o644)
  })

  it('leaves nothing when it is disarmed, nor when it was being armed', async () => {
    await armBoot(helper, units)
    writeFileSync(join(units, '.patchbay-recover.service.patchbay'), 'half')
    symlinkSync(unit(), join(units, 'sysinit.target.wants/.patchbay-recover.service.patchbay'))
    await disarmBoot(units)
    expect(existsSync(unit())).toBe(false)
    expect(lstatSync(link(), { throwIfNoEntry: false })).toBeUndefined()
    expect(existsSync(join(units, '.patchbay-recover.service.patchbay'))).toBe(false)
    const aside = join(units, 'sysinit.target.wants/.patchbay-recover.service.patchbay')
    expect(lstatSync(aside, { throwIfNoEntry: false })).toBeUndefined()
    await disarmBoot(units)
  })
})
