import { readFileSync } from 'node:fs'

/**
 * This helper's own script as it was when its process began, read before anything else is done. Whoever may write to a
 * checkout could put another in its place by the time that a safety net is armed with it, long after the prompt.
 * Null when it can't be read.
 */
export const ownScript: Buffer | null = readOwnScript(process.argv[1])

function readOwnScript(path: string | undefined): Buffer | null {
  try {
    return path === undefined ? null : readFileSync(path)
  } catch {
    // What needs no safety net does without; whatever does says so.
    return null
  }
}
