import { dirname } from 'node:path'
import type { IfupdownFacts, InterfacesFile } from './files'
import { matchesPattern } from './patterns'
import { type Mapping, type Naming, type Parsed, parseInterfaces, type Stanza } from './syntax'

/** A stanza, and the file it is in. */
export interface PlacedStanza extends Stanza {
  file: string
}

/** Everything that ifupdown's files say, put together. */
export interface Config {
  files: readonly (InterfacesFile & { parsed: Parsed; folder: string })[]
  stanzas: readonly PlacedStanza[]
  mappings: readonly Mapping[]
  namings: readonly Naming[]
  faults: readonly { file: string; line: number; text: string }[]
}

export function configOf({ files }: Pick<IfupdownFacts, 'files'>): Config {
  const parsed = files.map((file) => ({
    ...file,
    parsed: parseInterfaces(file.text),
    folder: dirname(file.path),
  }))
  return {
    files: parsed,
    stanzas: parsed.flatMap(({ path, parsed: { stanzas } }) =>
      stanzas.map((stanza) => ({ ...stanza, file: path })),
    ),
    mappings: parsed.flatMap(({ parsed: { mappings } }) => mappings),
    namings: parsed.flatMap(({ parsed: { namings } }) => namings),
    faults: parsed.flatMap(({ path, parsed: { faults } }) =>
      faults.map((fault) => ({ ...fault, file: path })),
    ),
  }
}

export const stanzasFor = (config: Config, name: string): PlacedStanza[] =>
  config.stanzas.filter((stanza) => stanza.name === name)

/**
 * The words that name a link (`auto`, `allow-hotplug`, `no-auto-down`, …), be it on a line of their own or within a
 * stanza. A name with a slash is a pattern: `/en*`, or `/en*` with the number of a match after another slash.
 */
export function marksOf(config: Config, link: string): string[] {
  const outside = config.namings
    .filter(({ word, names }) => word !== 'rename' && names.some((name) => covers(name, link)))
    .map(({ word }) => word)
  const inside = stanzasFor(config, link).flatMap(({ marks }) => marks)
  return [...new Set([...outside, ...inside])]
}

/** `[VARIABLE]/PATTERN[/NUMBER][=STANZA]`, or a name (interfaces(5), "INTERFACE PATTERNS"). */
export function covers(name: string, link: string): boolean {
  const [target = ''] = name.split('=')
  if (!target.startsWith('/')) return target === link
  const [, pattern = ''] = target.split('/')
  return matchesPattern(pattern, link)
}

/** Names that bring a link up by a stanza of another name: `enp3s0=home`, `/en*=home`. */
export const renamings = (config: Config, link: string): string[] =>
  config.namings.flatMap(({ names }) => names).filter((name) => name.includes('=') && covers(name, link))

/** Names that go by what only the kernel knows of a link, such as `mac/02:*`. */
export const unknowable = (config: Config): string[] =>
  config.namings.flatMap(({ names }) => names).filter((name) => /^[^/=]+\//.test(name))
