import { lstatSync, readFileSync, readlinkSync } from 'node:fs'
import { dirname } from 'node:path'
import { mountOf } from './mounts'

/** What lies at a path itself; links are not followed. */
export interface Entry {
  kind: 'file' | 'folder' | 'link' | 'other'
  uid: number
  /** As in stat(2); only the rights count. */
  mode: number
}

/** How a path is looked up; another one in tests. */
export interface Look {
  /** Null when nothing is there. */
  entry(path: string): Entry | null
  target(link: string): string
  /** The text of /proc/self/mountinfo. */
  mounts(): string
}

/** What somebody else than root could use to have root start something of theirs. */
export interface WeakSpot {
  /** The file, folder, link or mount point on the way. */
  path: string
  why: 'missing' | 'somebody-elses' | 'writable' | 'not-a-file' | 'foreign-disk'
}

/** As many as the kernel follows, path_resolution(7). */
const MAX_LINKS = 40

/** What root has put there itself; where it lies was the administrator's choice, whatever that file system is mounted with. */
const OWN = '/var/lib/patchbay/'

/**
 * Looks whether root may start the file at an absolute path, now and later: it, and every folder and symbolic link on its real way,
 * must belong to root, and nobody else may write there. Returns the first spot where it is not so; null when it is root's own all
 * the way.
 *
 * A sticky folder such as /tmp is no exception, as what has been removed there can be made anew by anybody. Rights of the group
 * count as rights of others, whatever group it is: where there is an access control list they show its mask (acl(5)).
 * Nor does a file system count that is mounted with `nosuid`: there, what says that it is root's need not be, as anybody may plug
 * in a disk, or have udisks mount an image, in which it says so.
 */
export function weakSpotOf(path: string, look: Look = kernel): WeakSpot | null {
  const foreign = foreignDisks(path, look)
  const names = namesIn(path)
  let here = ''
  let links = 0
  const root = spotOf('/', look.entry('/'), 'folder')
  if (root !== null) return root
  for (let name = names.shift(); name !== undefined; name = names.shift()) {
    if (name === '..') {
      here = parentOf(here)
      continue
    }
    const at = `${here}/${name}`
    const disk = foreign(at)
    if (disk !== null) return disk
    const entry = look.entry(at)
    if (entry?.kind === 'link') {
      if (entry.uid !== 0) return { path: at, why: 'somebody-elses' }
      if (++links > MAX_LINKS) return { path: at, why: 'missing' }
      const target = look.target(at)
      names.unshift(...namesIn(target))
      if (target.startsWith('/')) here = ''
      continue
    }
    const spot = spotOf(at, entry, names.length === 0 ? 'file' : 'folder')
    if (spot !== null) return spot
    here = at
  }
  return look.entry(here)?.kind === 'file' ? null : { path: here || '/', why: 'not-a-file' }
}

/** Whether what lies at a path without links is on a file system that is not trusted. */
function foreignDisks(wanted: string, look: Look): (at: string) => WeakSpot | null {
  if (wanted.startsWith(OWN) && !namesIn(wanted).includes('..')) return () => null
  const mounts = look.mounts()
  return (at) => {
    const mount = mountOf(at, mounts)
    return mount?.options.includes('nosuid') === true ? { path: mount.point, why: 'foreign-disk' } : null
  }
}

/** The root is the empty text here. */
const parentOf = (folder: string): string => (folder.includes('/') ? dirname(folder).replace(/^\/$/, '') : '')

const namesIn = (path: string): string[] => path.split('/').filter((name) => name !== '' && name !== '.')

function spotOf(path: string, entry: Entry | null, wanted: 'file' | 'folder'): WeakSpot | null {
  if (entry === null) return { path, why: 'missing' }
  if (entry.uid !== 0) return { path, why: 'somebody-elses' }
  if ((entry.mode & 0o022) !== 0) return { path, why: 'writable' }
  return entry.kind === wanted ? null : { path, why: wanted === 'file' ? 'not-a-file' : 'missing' }
}

const kernel: Look = {
  entry(path) {
    const status = lstatSync(path, { throwIfNoEntry: false })
    if (status === undefined) return null
    const { uid, mode } = status
    if (status.isSymbolicLink()) return { kind: 'link', uid, mode }
    return { kind: status.isFile() ? 'file' : status.isDirectory() ? 'folder' : 'other', uid, mode }
  },
  target: (link) => readlinkSync(link),
  mounts: () => readFileSync('/proc/self/mountinfo', 'utf8'),
}

/** The same as a clause for people, such as “/home/dev belongs to somebody else than root”. */
export function describeWeakSpot({ path, why }: WeakSpot): string {
  switch (why) {
    case 'missing':
      return `${path} is not there`
    case 'somebody-elses':
      return `${path} belongs to somebody else than root`
    case 'writable':
      return `others than root may write to ${path}`
    case 'not-a-file':
      return `${path} is not a file`
    case 'foreign-disk':
      return `${path} is mounted as a disk that is not trusted (nosuid)`
  }
}
