import { existsSync, mkdirSync, readdirSync, rmdirSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Where systemd keeps its processes: in the unified hierarchy, or in one beside the older controllers.
 * A container's systemd makes its groups below the group it was started in, so each lab has one of its own.
 */
const hierarchies = ['/sys/fs/cgroup', '/sys/fs/cgroup/unified', '/sys/fs/cgroup/systemd']

/** The folders of a lab's own control group, one per hierarchy, made if need be. */
export function makeControlGroups(name: string): string[] {
  const folders = foldersOf(name)
  for (const folder of folders) mkdirSync(folder, { recursive: true })
  return folders
}

/** Removes them; throws EBUSY while a process of the lab is left. */
export function removeControlGroups(name: string): void {
  for (const folder of foldersOf(name)) if (existsSync(folder)) removeGroup(folder)
}

function foldersOf(name: string): string[] {
  const mounted = hierarchies.filter((folder) => existsSync(join(folder, 'cgroup.procs')))
  return mounted.map((folder) => join(folder, name))
}

/** Inner groups first; the files of a group go with it. */
function removeGroup(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) removeGroup(join(folder, entry.name))
  }
  rmdirSync(folder)
}
