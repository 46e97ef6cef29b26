import { realpathSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { isCode } from '../root-files/folder'
import type { HelperFile } from './own-copy'

/** systemd.syntax(7), "Quoting"; `%` and `$` are doubled, since specifiers and variables are replaced in quotes too. */
export const quoted = (text: string): string =>
  `"${text
    .replace(/[\\"]/g, (character) => `\\${character}`)
    .replaceAll('%', '%%')
    .replaceAll('$', '$$$$')}"`

/** The lines of `[Service]` that start the helper with a verb. */
export function startLines({ argv, env }: HelperFile, verb: string): string {
  const variables = Object.entries(env).map(([name, value]) => `Environment=${quoted(`${name}=${value}`)}`)
  return [...variables, `ExecStart=${[...argv, verb].map(quoted).join(' ')}`].join('\n')
}

/**
 * What has to be mounted for it, for `RequiresMountsFor=`, which follows no symbolic links (systemd.unit(5)): the paths and where
 * they lead.
 */
export function requiredMounts({ argv }: HelperFile): string {
  return [...new Set(argv.flatMap((path) => [path, whereItLeads(path)]))].map(quoted).join(' ')
}

function whereItLeads(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    // Nothing is there; systemd will say so.
    return path
  }
}

/** One word as `quoted` writes it. */
const WORD = /"((?:[^"\\]|\\[\\"])*)"/g

/**
 * The words that a unit of Patchbay's starts, as `startLines` has written them; null for a text in another form, which is not
 * Patchbay's any more.
 */
export function startedBy(unit: string): string[] | null {
  const lines = unit.split('\n').flatMap((line) => (line.startsWith('ExecStart=') ? [line.slice(10)] : []))
  const [line] = lines
  if (line === undefined || lines.length > 1) return null
  const words = [...line.matchAll(WORD)].map(([, word = '']) => word)
  const plain = words.map((word) =>
    word
      .replace(/\\([\\"])/g, '$1')
      .replace(/%%/g, '%')
      .replace(/\$\$/g, '$'),
  )
  return plain.map(quoted).join(' ') === line ? plain : null
}

/** The text of a unit; null when there is none, or something else in its place. */
export async function readUnit(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (isCode(error, 'ENOENT') || isCode(error, 'EISDIR') || isCode(error, 'ELOOP')) return null
    throw error
  }
}
