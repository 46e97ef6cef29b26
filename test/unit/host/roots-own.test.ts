import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeWeakSpot, type Entry, type Look, weakSpotOf } from '../../../electron/system/roots-own'

const ROOT_DISK = '22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw'

const folder: Entry = { kind: 'folder', uid: 0, mode: 0o755 }
const file: Entry = { kind: 'file', uid: 0, mode: 0o755 }
const link = (target: string, uid = 0): { entry: Entry; target: string } => ({
  entry: { kind: 'link', uid, mode: 0o777 },
  target,
})

/** A file system of root's: `/usr/bin/node`, and what a test puts there. */
function disk(
  changes: Record<string, Entry | { entry: Entry; target: string }> = {},
  mounts: string[] = [],
): Look {
  const base = { '/': folder, '/usr': folder, '/usr/bin': folder, '/usr/bin/node': file }
  const all: Record<string, Entry | { entry: Entry; target: string }> = { ...base, ...changes }
  return {
    entry: (path) => {
      const found = all[path]
      return found === undefined ? null : 'entry' in found ? found.entry : found
    },
    target: (path) => {
      const found = all[path]
      if (found === undefined || !('target' in found)) throw new Error(`${path} is no link`)
      return found.target
    },
    mounts: () => [ROOT_DISK, ...mounts, ''].join('\n'),
  }
}

const NODE = '/usr/bin/node'
const spot = (look: Look, path = NODE) => weakSpotOf(path, look)

describe('a path that root may start', () => {
  it('is root’s own all the way', () => {
    expect(spot(disk())).toBeNull()
    expect(spot(disk(), '//usr/./bin/../bin/node')).toBeNull()
    // As every system has it.
    expect(weakSpotOf('/usr/bin/env')).toBeNull()
  })

  it.each([
    ['somebody else’s', { uid: 1000 }, 'somebody-elses'],
    ['of a user namespace that knows no root', { uid: 65534 }, 'somebody-elses'],
    ['open to all', { mode: 0o757 }, 'writable'],
    ['open to all, as /tmp is', { mode: 0o1777 }, 'writable'],
    // The mask of an access control list is shown as the group's rights.
    ['open to its group, or to somebody by an access control list', { mode: 0o775 }, 'writable'],
  ] as const)('has nothing on its way that is %s', (_, rights, why) => {
    for (const [path, entry] of Object.entries({
      '/': folder,
      '/usr': folder,
      '/usr/bin': folder,
      [NODE]: file,
    })) {
      expect(spot(disk({ [path]: { ...entry, ...rights } }))).toEqual({ path, why })
    }
  })

  it('leads over links of root’s, through each folder that they lie in and lead through', () => {
    const changes = {
      '/opt': folder,
      '/opt/node': folder,
      '/opt/node/node': file,
      '/etc': folder,
      '/etc/alternatives': folder,
      '/etc/alternatives/node': link('../../opt/current/node'),
      '/opt/current': link('node'),
      [NODE]: link('/etc/alternatives/node'),
    }
    expect(spot(disk(changes))).toBeNull()
    for (const path of ['/etc', '/etc/alternatives', '/opt', '/opt/node']) {
      expect(spot(disk({ ...changes, [path]: { ...folder, mode: 0o777 } }))).toEqual({
        path,
        why: 'writable',
      })
    }
    for (const [path, target] of [
      ['/etc/alternatives/node', '../../opt/current/node'],
      ['/opt/current', 'node'],
    ] as const) {
      expect(spot(disk({ ...changes, [path]: link(target, 1000) }))).toEqual({ path, why: 'somebody-elses' })
    }
  })

  it('ends, and at a file', () => {
    expect(spot(disk({ [NODE]: link('node') }))).toEqual({ path: NODE, why: 'missing' })
    expect(spot(disk(), '/usr/bin')).toEqual({ path: '/usr/bin', why: 'not-a-file' })
    expect(spot(disk(), '/usr/bin/..')).toEqual({ path: '/usr', why: 'not-a-file' })
    expect(spot(disk(), '/')).toEqual({ path: '/', why: 'not-a-file' })
    expect(spot(disk(), `${NODE}/more`)).toEqual({ path: NODE, why: 'missing' })
    expect(spot(disk(), '/usr/bin/nothing')).toEqual({ path: '/usr/bin/nothing', why: 'missing' })
    expect(spot(disk({ [NODE]: { ...file, kind: 'other' } }))).toEqual({ path: NODE, why: 'not-a-file' })
  })

  it('lies on no disk that somebody may have plugged in, nor does a link on its way', () => {
    const image =
      '40 22 7:0 / /run/media/dev/a\\040disk rw,nosuid,nodev,relatime shared:9 - ext4 /dev/loop0 rw'
    const place = '/run/media/dev/a disk'
    const folders = { '/run': folder, '/run/media': folder, '/run/media/dev': folder, [place]: folder }
    const found = { path: place, why: 'foreign-disk' }
    expect(spot(disk({ ...folders, [`${place}/node`]: file }, [image]), `${place}/node`)).toEqual(found)
    expect(spot(disk({ ...folders, [`${place}/node`]: link(NODE) }, [image]), `${place}/node`)).toEqual(found)
    expect(spot(disk({ ...folders, [`${place}/node`]: file }), `${place}/node`)).toBeNull()
  })

  it('may be Patchbay’s own on a disk that is mounted that way', () => {
    const own = '/var/lib/patchbay/helper.cjs'
    const changes = { '/var': folder, '/var/lib': folder, '/var/lib/patchbay': folder, [own]: file }
    const mounted = '41 22 8:2 / /var rw,nosuid,nodev,noexec - ext4 /dev/sda2 rw'
    expect(spot(disk(changes, [mounted]), own)).toBeNull()
    expect(spot(disk(changes, [mounted]), '/var/lib/patchbay/../patchbay/helper.cjs')?.why).toBe(
      'foreign-disk',
    )
  })

  it('is never one with a weak folder on its way, wherever that is and however it is reached', () => {
    const name = fc.constantFrom('a', 'b', 'c')
    const path = fc.array(name, { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(
        path,
        fc.nat(),
        fc.array(fc.constantFrom('', '.'), { maxLength: 3 }),
        (names, at, noise) => {
          const ways = names.map((_, index) => `/${names.slice(0, index + 1).join('/')}`)
          const entries = Object.fromEntries(
            ways.map((way, index) => [way, index + 1 < ways.length ? folder : file]),
          )
          const weak = ways[at % ways.length] ?? '/'
          const text = `/${[...noise, ...names].join('/')}`
          expect(spot(disk(entries), text)).toBeNull()
          const changed = { ...entries, [weak]: { ...(entries[weak] ?? folder), mode: 0o777 } }
          expect(spot(disk(changed), text)).toEqual({ path: weak, why: 'writable' })
          expect(spot(disk({ ...changed, '/l': link(text) }), '/l')).toEqual({ path: weak, why: 'writable' })
        },
      ),
    )
  })
})

it('tells what is wrong by name', () => {
  expect(describeWeakSpot({ path: '/home/dev', why: 'somebody-elses' })).toBe(
    '/home/dev belongs to somebody else than root',
  )
})
