/** A file system as this process sees it. */
export interface Mount {
  /** Absolute path of the folder that it lies over. */
  point: string
  /** Of this mount, such as `ro` and `nosuid`; mount(8). */
  options: readonly string[]
}

/**
 * The file system that holds an absolute path without symbolic links on its way, by the text of /proc/self/mountinfo
 * (proc_pid_mountinfo(5)). Null when the text names none.
 */
export function mountOf(path: string, mountinfo: string): Mount | null {
  let found: Mount | null = null
  for (const line of mountinfo.split('\n')) {
    const [, , , , point, options] = line.split(' ')
    if (point === undefined || options === undefined) continue
    const mount = { point: unescaped(point), options: options.split(',') }
    // Of several over one folder the last one is on top.
    if (holds(mount.point, path) && mount.point.length >= (found?.point.length ?? 0)) found = mount
  }
  return found
}

const holds = (point: string, path: string): boolean =>
  point === '/' || path === point || path.startsWith(`${point}/`)

/** Space, tab, newline and backslash are written as three octal digits. */
const unescaped = (text: string): string =>
  text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)))
