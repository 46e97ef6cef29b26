import { createHash } from 'node:crypto'
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'

/** All that lies below a folder, one line for each entry: what it is, whose, and what is in it. */
export function treeOf(path: string): string[] {
  const status = lstatSync(path, { throwIfNoEntry: false })
  if (status === undefined) return []
  const rights = [status.mode.toString(8), status.uid, status.gid].join(' ')
  if (status.isDirectory()) {
    const inside = readdirSync(path).sort()
    return [`${path}/ ${rights}`, ...inside.flatMap((name) => treeOf(`${path}/${name}`))]
  }
  return [`${path} ${rights} ${contentOf(path)}`]
}

function contentOf(path: string): string {
  const status = lstatSync(path)
  if (status.isSymbolicLink()) return `-> ${readlinkSync(path)}`
  if (!status.isFile()) return 'neither file nor folder'
  return `${createHash('sha256').update(readFileSync(path)).digest('hex')} ${status.mtimeMs}`
}

/** The lines of either that the other has not, with a sign. Pure. */
export function changesOf(before: readonly string[], after: readonly string[]): string[] {
  const [then, now] = [new Set(before), new Set(after)]
  return [
    ...before.filter((line) => !now.has(line)).map((line) => `- ${line}`),
    ...after.filter((line) => !then.has(line)).map((line) => `+ ${line}`),
  ]
}
