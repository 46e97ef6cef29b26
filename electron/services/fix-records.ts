import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, unlink, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { z } from 'zod'
import { CHECK_IDS } from '../../shared/doctor/doctor'
import { text } from '../../shared/phrases/schema'

const name = z.string().min(1).max(256)
/** Bytes of a definition that libvirt takes (src/remote/remote_protocol.x, REMOTE_STRING_MAX). */
const xml = z.string().max(4 * 1024 * 1024)

/** What a fix in libvirt was, so that it can be undone; those of the root helper are recorded by the helper. */
const fixRecord = z.strictObject({
  id: z.uuid(),
  /** The libvirt that it was made in. */
  uri: z.string().max(4096),
  check: z.enum(CHECK_IDS),
  about: name,
  changes: z.array(text).max(16),
  /** Milliseconds since 1970. */
  madeAt: z.number(),
  undo: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('network-actions'),
      network: name,
      actions: z.array(z.enum(['start', 'stop', 'autostart-on', 'autostart-off'])).max(4),
    }),
    /** The saved definition as it was and as the fix left it; `after` null while the fix is being made. */
    z.strictObject({
      kind: z.literal('network-definition'),
      network: name,
      before: xml,
      after: xml.nullable(),
    }),
  ]),
})
export type FixRecord = z.infer<typeof fixRecord>

/** Where a user's programs keep their state (XDG Base Directory Specification); a relative path there does not count. */
export function fixesFolder(environment: NodeJS.ProcessEnv = process.env): string {
  const { XDG_STATE_HOME: state = '' } = environment
  return join(isAbsolute(state) ? state : join(homedir(), '.local/state'), 'patchbay/fixes')
}

/** The record of fixes, a file for each, so that two programs that write do not get in each other's way. */
export class FixRecords {
  constructor(private readonly folder: string = fixesFolder()) {}

  /** Newest first. What makes no sense is left out. */
  async list(): Promise<FixRecord[]> {
    const names = (await readdir(this.folder).catch(() => [])).filter((file) => file.endsWith('.json'))
    const found = await Promise.all(names.map((file) => this.#read(file)))
    return found.filter((one) => one !== null).sort((a, b) => b.madeAt - a.madeAt)
  }

  /** Records a fix before its first step. */
  async begin(fix: Omit<FixRecord, 'id' | 'madeAt'>): Promise<FixRecord> {
    const record = { ...fix, id: randomUUID(), madeAt: Date.now() }
    await this.put(record)
    return record
  }

  async put(record: FixRecord): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 })
    const path = this.#pathOf(record.id)
    await writeFile(`${path}.new`, `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600 })
    await rename(`${path}.new`, path)
  }

  remove({ id }: FixRecord): Promise<void> {
    return unlink(this.#pathOf(id))
  }

  async #read(file: string): Promise<FixRecord | null> {
    try {
      const read = fixRecord.safeParse(JSON.parse(await readFile(join(this.folder, file), 'utf8')))
      return read.success && `${read.data.id}.json` === file ? read.data : null
    } catch {
      // Gone meanwhile, or no JSON.
      return null
    }
  }

  #pathOf(id: string): string {
    return join(this.folder, `${id}.json`)
  }
}
