/** A file that a process has mapped. */
export interface MappedFile {
  /** By its name at that time; it may have been removed, or replaced, since. */
  path: string
  /** Its entry in /proc/PID/map_files, which leads to the very file whatever has become of its name. */
  range: string
}

/** `start-end rights offset device inode path`; the kernel writes a newline in a path as `\012`. */
const LINE = /^([0-9a-f]+-[0-9a-f]+) \S+ \S+ \S+ \d+ +(\/.*)$/

/** Memory that has a name but no file: memfd_create(2), shared memory, huge pages, aio. */
const NO_FILE = /^\/(memfd:|SYSV|anon_hugepage|\[aio\]|dev\/zero)/

/** The files named in the text of /proc/PID/maps (proc_pid_maps(5)), each once. */
export function mappedFiles(maps: string): MappedFile[] {
  const files = new Map<string, MappedFile>()
  for (const line of maps.split('\n')) {
    const [, range, name] = LINE.exec(line) ?? []
    if (range === undefined || name === undefined || NO_FILE.test(name)) continue
    const path = name.replace(/ \(deleted\)$/, '')
    // Padded with zeros here, and not there (fs/proc/task_mmu.c, fs/proc/base.c).
    if (!files.has(path)) files.set(path, { path, range: range.replace(/(^|-)0+(?=.)/g, '$1') })
  }
  return [...files.values()]
}
