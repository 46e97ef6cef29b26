/** The window's own origin; a scheme of its own instead of `file://`, which would reach every file. */
export const ORIGIN = 'app://patchbay'

/** The file that a URL of the window means, relative to the renderer's folder; null when it may not be served. */
export function assetPath(url: string): string | null {
  const [, path = null] = /^app:\/\/patchbay(\/[^?#]*)(?:[?#].*)?$/.exec(url) ?? []
  if (path === null) return null
  if (path === '/') return 'index.html'
  // Plain names only: no encoding, no dots at the start of a part, so no way up and out.
  return /^(\/[\w-][\w.-]*)+$/.test(path) ? path.slice(1) : null
}
