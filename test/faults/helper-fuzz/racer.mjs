// Keeps putting a symbolic link in a folder's or a file's place, as fast as it can, until the file STOP is there or it is
// killed: node racer.mjs PLACE TARGET OWNER [STOP]. Prints a line when it begins, and how often it did.
import { existsSync, lchownSync, lstatSync, renameSync, rmSync, symlinkSync } from 'node:fs'

const [place, target, owner, stop] = process.argv.slice(2)
const aside = `${place}-aside`
const link = `${place}-link`

/** Somebody else may have removed or made what was expected; the next round finds out. */
function attempt(step) {
  try {
    step()
    return true
  } catch {
    return false
  }
}

const isLink = (path) => lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true
const remove = (path) => rmSync(path, { force: true, recursive: true })

/** Made aside, so that it never is another's. */
function makeLink() {
  if (isLink(link)) return
  remove(link)
  symlinkSync(target, link)
  lchownSync(link, Number(owner), Number(owner))
}

let swaps = 0
process.stdout.write('begins\n')
for (let round = 0; round < 10 || stop === undefined || !existsSync(stop); round++) {
  attempt(makeLink)
  const moved = attempt(() => renameSync(place, aside))
  if (attempt(() => renameSync(link, place))) swaps++
  for (let wait = 0; wait < (round % 7) * 3_000; wait++);
  if (moved) {
    attempt(() => renameSync(place, link))
    attempt(() => renameSync(aside, place))
  }
  for (let wait = 0; wait < (round % 5) * 3_000; wait++);
}
if (isLink(place)) remove(place)
if (isLink(aside)) remove(aside)
if (existsSync(aside)) {
  // What was there at first, whatever was made in its place since.
  remove(place)
  renameSync(aside, place)
}
remove(link)
process.stdout.write(`${swaps}\n`)
