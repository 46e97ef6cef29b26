import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PatchbayError } from '../../shared/failure'
import { note } from './command'
import { removeControlGroups } from './control-groups'

/** Every lab of this machine has a folder here, with `lab.json` saying whose it is. */
const registry = '/run/patchbay-lab'

export interface LabRecord {
  name: string
  kind: 'fast' | 'full'
  /** The process that owns the lab, and when it started, since numbers are used again. */
  owner: Identity
  /** Process 1 of the workstation, once it runs. */
  workstation?: Identity
}

interface Identity {
  pid: number
  /** Clock ticks after boot, field 22 of /proc/PID/stat (proc(5)). */
  startTime: string
}

/** Throws `not-permitted` unless run by root. */
export function requireRoot(): void {
  if (process.getuid?.() === 0) return
  throw new PatchbayError({
    code: 'not-permitted',
    message: 'The lab makes network namespaces and mounts of its own, which only root may do',
    hint: 'Run it with sudo.',
  })
}

/** A running process as it is recorded, or undefined when there is none. */
function identify(pid: number): Identity | undefined {
  if (!existsSync(`/proc/${pid}/stat`)) return undefined
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // The second field is the command in brackets and may itself hold spaces and brackets.
  const startTime = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  return startTime === undefined ? undefined : { pid, startTime }
}

function isAlive(identity: Identity): boolean {
  return identify(identity.pid)?.startTime === identity.startTime
}

export function folderOf(name: string): string {
  return join(registry, name)
}

/** Enters a new lab of this process under a name nobody else has. */
export function register(kind: LabRecord['kind']): LabRecord {
  const owner = identify(process.pid)
  if (!owner) throw new Error('/proc is not mounted')
  const record: LabRecord = { name: `pb-${randomBytes(3).toString('hex')}`, kind, owner }
  // Made aside and renamed, so that nobody finds a folder without its record and takes it for a leftover.
  const aside = join(registry, `.${record.name}`)
  mkdirSync(join(aside, 'mnt'), { recursive: true, mode: 0o700 })
  writeFileSync(join(aside, 'lab.json'), JSON.stringify(record))
  renameSync(aside, folderOf(record.name))
  return record
}

export function recordWorkstation(record: LabRecord, pid: number): void {
  const workstation = identify(pid)
  if (!workstation) return
  const file = join(folderOf(record.name), 'lab.json')
  writeFileSync(`${file}.new`, JSON.stringify({ ...record, workstation }))
  renameSync(`${file}.new`, file)
}

/** Removes what is left of a lab whose processes have ended; throws EBUSY, and leaves the entry, while some have not. */
export function unregister(name: string): void {
  removeControlGroups(name)
  rmSync(folderOf(name), { recursive: true, force: true })
}

/** The labs whose owner runs. */
export function runningLabs(): LabRecord[] {
  return records().filter((record) => isAlive(record.owner))
}

/**
 * Removes what killed runs left behind and returns their names. Their processes, links and mounts are
 * gone already (see `Space`), or just about to go; a lab whose processes linger is left to the next call.
 */
export function removeLeftovers(): string[] {
  const leftovers = records().filter((record) => !isAlive(record.owner))
  return leftovers.flatMap(({ name, workstation }) => {
    if (workstation && isAlive(workstation)) process.kill(workstation.pid, 'SIGKILL')
    return tryToUnregister(name) ? [name] : []
  })
}

/** Like `unregister`, but returns false when it is too early for it. */
export function tryToUnregister(name: string): boolean {
  try {
    unregister(name)
    note(`removed ${name}`)
    return true
  } catch (error) {
    note(`${name} is left to the next start to be removed: ${String(error)}`)
    return false
  }
}

function records(): LabRecord[] {
  if (!existsSync(registry)) return []
  const names = readdirSync(registry).filter((name) => !name.startsWith('.'))
  return names.flatMap((name) => {
    const file = join(registry, name, 'lab.json')
    // Only this file's own `register` writes there, hence the plain cast.
    return existsSync(file) ? [JSON.parse(readFileSync(file, 'utf8')) as LabRecord] : []
  })
}
