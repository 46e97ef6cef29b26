import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { commands } from '../../../electron/cli/commands'
import { helpFor } from '../../../electron/cli/help'

const project = join(import.meta.dirname, '../../..')
const textsIn = (folder: string): string[] =>
  readdirSync(join(project, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|md)$/.test(name))
    .map((name) => readFileSync(join(project, folder, name), 'utf8'))

const helps = [helpFor(null, commands), ...commands.map((command) => helpFor(command, commands))]

describe('the help', () => {
  it('has every command', () => {
    for (const { words, summary } of commands) {
      expect(helps[0]).toContain(`  ${words.join(' ')} `.trimEnd())
      expect(helps[0]).toContain(summary)
    }
  })

  it('puts nothing off to a later release', () => {
    for (const help of helps)
      expect(help).not.toMatch(/\b(later|next|future|coming|soon)\b.{0,20}\b(release|version)\b/i)
  })
})

describe('a command that is named', () => {
  const known = commands.map(({ words }) => words.join(' '))
  const named = [
    ...textsIn('electron'),
    ...textsIn('shared'),
    ...textsIn('docs'),
    readFileSync(join(project, 'README.md'), 'utf8'),
  ]
    .flatMap((text) => [...text.matchAll(/(?<=[`“:(] ?|patchbay: |with: |See: )patchbay ((?:[a-z-]+ ?)+)/g)])
    .map(([, words = '']) => words.trim())

  it('in a hint, a comment or the manual is one that there is', () => {
    expect(named.length).toBeGreaterThan(40)
    for (const words of named) {
      expect(
        known.filter((one) => words === one || words.startsWith(`${one} `)),
        words,
      ).not.toEqual([])
    }
  })
})
