import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const documents = [
  ...['README.md', 'CONTRIBUTING.md', 'test/lab/README.md'],
  ...['docs', 'docs/how-to'].flatMap((folder) =>
    readdirSync(root + folder).flatMap((name) => (name.endsWith('.md') ? [`${folder}/${name}`] : [])),
  ),
]

/** What stands in backticks and begins like a path of the repository; NAME is for whoever reads. */
function pathsIn(text: string): string[] {
  const paths = text.matchAll(/`((?:electron|shared|renderer|test|scripts|docs|resources)\/[\w./-]*)`/g)
  return Array.from(paths, ([, path = '']) => path).filter((path) => !path.includes('NAME'))
}

describe('the documents', () => {
  it.each(documents)('%s names no file that is not there', (document) => {
    const named = pathsIn(readFileSync(root + document, 'utf8'))
    expect(named.filter((path) => !existsSync(root + path))).toEqual([])
  })

  it('name paths at all', () => {
    expect(pathsIn('see `shared/failure.ts` and `test/unit/`')).toEqual(['shared/failure.ts', 'test/unit/'])
  })
})
