import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** Folders of the checkout that documents speak of by path; `out/` is made by the build. */
const ROOMS = ['.ci', 'docs', 'electron', 'renderer', 'resources', 'scripts', 'shared', 'test']

const documentsIn = (folder: string): string[] =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `${folder}/${name}`)

/** The paths that a document names: in code, inline or fenced, below one of the rooms. A `<name>` to fill in ends a path. */
function pathsIn(markdown: string): string[] {
  const code = markdown.match(/```[\s\S]*?```|`[^`]+`/g) ?? []
  const path = new RegExp(
    `(?<![\\w./@-])(?:${ROOMS.map((room) => room.replace('.', '\\.')).join('|')})/[\\w./@-]*`,
    'g',
  )
  return code.flatMap((text) => text.match(path) ?? []).map((found) => found.replace(/\.$/, ''))
}

const missing = (paths: readonly string[]): string[] => paths.filter((path) => !existsSync(join(root, path)))

describe('the documents', () => {
  it.each(['README.md', 'CONTRIBUTING.md', ...documentsIn('docs'), ...documentsIn('docs/how-to')])(
    'name only paths that exist: %s',
    (document) => {
      const paths = pathsIn(readFileSync(join(root, document), 'utf8'))
      expect(paths).not.toEqual([])
      expect(missing(paths)).toEqual([])
    },
  )

  it('would be found out: a path that is gone is told from one that is there', () => {
    const text =
      'See `shared/ipc.ts`, `npm x test/unit/` and `electron/doctor/checks/<name>.ts`.\n```\nrenderer/gone.vue\n```'
    const paths = ['shared/ipc.ts', 'test/unit/', 'electron/doctor/checks/', 'renderer/gone.vue']
    expect(pathsIn(text)).toEqual(paths)
    expect(missing(paths)).toEqual(['shared/ipc.ts', 'renderer/gone.vue'])
  })
})
