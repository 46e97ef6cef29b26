// Keeps replacing a folder by a symbolic link, as fast as it can: node racer.mjs FOLDER ASIDE TARGET
import { renameSync, symlinkSync, unlinkSync } from 'node:fs'

const [folder, aside, target] = process.argv.slice(2)

/** Somebody else may have removed or made what was expected; the next round finds out. */
function attempt(step) {
  try {
    step()
    return true
  } catch {
    return false
  }
}

for (let round = 0; ; round++) {
  const moved = attempt(() => renameSync(folder, aside))
  if (moved) attempt(() => symlinkSync(target, folder))
  for (let wait = 0; wait < (round % 7) * 3_000; wait++);
  attempt(() => unlinkSync(folder))
  attempt(() => renameSync(aside, folder))
  for (let wait = 0; wait < (round % 5) * 3_000; wait++);
}
