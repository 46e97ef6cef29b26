/** Patterns as in fnmatch(3): `*`, `?`, `[…]`. A slash or a leading dot is matched by itself only. */
export function matchesPattern(pattern: string, name: string): boolean {
  if (name.startsWith('.') && !pattern.startsWith('.')) return false
  return expressionOf(pattern).test(name)
}

export const hasPattern = (text: string): boolean => /[*?[]/.test(text)

function expressionOf(pattern: string): RegExp {
  const source = pattern.replace(/\[(?:!|\^)?\]?[^\]]*\]|[\s\S]/g, (piece) => {
    if (piece === '*') return '[^/]*'
    if (piece === '?') return '[^/]'
    if (piece.length === 1) return piece.replace(/[.+^${}()|[\]\\/-]/, '\\$&')
    const negated = /^\[[!^]/.test(piece)
    const members = piece.slice(negated ? 2 : 1, -1).replace(/[\\\]^[]/g, '\\$&')
    return `[${negated ? '^/' : ''}${members}]`
  })
  return new RegExp(`^${source}$`)
}

/** The names that `source-directory` reads (ifupdown 0.8.41, config.c, `directory_filter`). */
export const isSourceName = (name: string): boolean => /^[A-Za-z0-9_-]+$/.test(name)

/**
 * The patterns of a `source` line as absolute paths, or null when they hold what only a shell understands (ifupdown
 * expands them by wordexp(3): quotes, variables, `~`).
 */
export function sourcePatterns(text: string, folder: string): string[] | null {
  if (/[$`"'\\~{}()<>|&;]/.test(text)) return null
  // The folder is put before the whole text, so before its first word only.
  const whole = text.startsWith('/') ? text : `${folder}/${text}`
  return whole.split(/[ \t]+/).filter((word) => word !== '')
}

/** Whether a file called `path` would be read by way of this line in a file of `folder`. */
export function wouldSource(
  { word, pattern }: { word: 'source' | 'source-directory'; pattern: string },
  folder: string,
  path: string,
): boolean {
  const patterns = sourcePatterns(pattern, folder) ?? []
  if (word === 'source') return patterns.some((one) => matchesPath(normal(one), path))
  const slash = path.lastIndexOf('/')
  const [parent, name] = [path.slice(0, slash), path.slice(slash + 1)]
  return isSourceName(name) && patterns.some((one) => matchesPath(normal(one), parent))
}

const normal = (path: string): string => path.replace(/\/+/g, '/').replace(/(?<=.)\/$/, '')

/** Every component by itself, so that a leading dot counts in each. */
function matchesPath(pattern: string, path: string): boolean {
  const [wanted, given] = [pattern.split('/'), path.split('/')]
  return (
    wanted.length === given.length &&
    wanted.every((piece, index) => piece === given[index] || matchesPattern(piece, given[index] ?? ''))
  )
}
