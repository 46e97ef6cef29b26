import { PatchbayError } from '../../../../shared/failure'
import type { Config } from './config'
import { stanzasFor } from './config'
import { INTERFACES } from './files'
import { wouldSource } from './patterns'
import { parseLines, physicalLines } from './syntax'

/** Marks a line as commented out by Patchbay. */
const prefixFor = (bridge: string): string => `#patchbay-${bridge}# `

/** The own file, where one is read from. */
export const ownFileFor = (bridge: string): string => `/etc/network/interfaces.d/patchbay-${bridge}`

/** One file that is changed, or made when `before` is null. Plain data. */
export interface FileEdit {
  /** Where its bytes really are. */
  path: string
  before: string | null
  after: string
}

/**
 * The smallest change of ifupdown's files that gives the NIC's stanzas to the bridge: they are commented out where they
 * are, and `stanzas` goes into a file of its own where such files are read, else to the end of /etc/network/interfaces.
 */
export function editsFor(config: Config, nic: string, bridge: string, stanzas: string): FileEdit[] {
  const own = ownFileFor(bridge)
  const isRead = config.files.some(({ parsed, folder }) =>
    parsed.sources.some((source) => wouldSource(source, folder, own)),
  )
  const edits = config.files.map(({ path, realPath, text }) => {
    const places = stanzasFor(config, nic)
      .filter(({ file }) => file === path)
      .flatMap(({ lines }) => lines)
    const without = commentOut(text, new Set(places), bridge)
    const after = path === INTERFACES && !isRead ? appendBlock(without, stanzas, bridge) : without
    return { path: realPath, before: text, after }
  })
  const changed = edits.filter(({ before, after }) => before !== after)
  return isRead ? [...changed, { path: own, before: null, after: notice(nic, bridge) + stanzas }] : changed
}

const notice = (nic: string, bridge: string): string =>
  `# Written by Patchbay: ${bridge} with the port ${nic}, in place of the stanzas of ${nic} that are commented\n` +
  `# out with "${prefixFor(bridge).trim()}". "patchbay bridge undo" puts everything back.\n`

/** Comments out whole lines, also those that continue them: ifupdown does not continue comments (0.8.41, config.c). */
export function commentOut(text: string, places: ReadonlySet<number>, bridge: string): string {
  const comment = (raw: string): string =>
    physicalLines(raw)
      .map((line) => prefixFor(bridge) + line)
      .join('')
  return parseLines(text)
    .map(({ raw }, index) => (places.has(index) ? comment(raw) : raw))
    .join('')
}

const beginOf = (bridge: string): string => `# patchbay ${bridge}: begin`
const endOf = (bridge: string): string => `# patchbay ${bridge}: end\n`
const addedWords = (count: number): string => ` (${count} line ends added before)`

/**
 * Adds a block at the end. A last line without an end gets one, and one that is continued as many empty lines as it takes in, so
 * that it does not take the block in; the block remembers how many.
 */
export function appendBlock(text: string, stanzas: string, bridge: string): string {
  let added = ''
  while (!standsAlone(text + added)) added += '\n'
  const begin = `${beginOf(bridge)}${added === '' ? '' : addedWords(added.length)}\n`
  return `${text}${added}${begin}${stanzas}${endOf(bridge)}`
}

/** Whether a line that is put after the text is one of its own. */
const standsAlone = (text: string): boolean => parseLines(`${text}x`).at(-1)?.raw === 'x'

/** Whether a text has already what an edit would bring. */
export const isEdited = (text: string, bridge: string): boolean =>
  text.includes(prefixFor(bridge)) || text.includes(beginOf(bridge))

/**
 * What a file becomes when the edit is taken back: `before` when it is still what was written, else the file as it
 * is now, with the user's own changes since, but without ours. Null: the file is removed.
 * Throws a `PatchbayError` `refused` when our own lines were changed, so that taking them back would be a guess.
 */
export function reversed(edit: FileEdit, now: string | null, bridge: string): string | null {
  if (now === edit.after) return edit.before
  if (now === edit.before) return now
  if (now === null) throw changed(edit.path, 'is gone')
  if (edit.before === null) throw changed(edit.path, 'was changed since')
  const [wrote, has] = [ourLines(edit.after, bridge), ourLines(now, bridge)]
  if (wrote.join('\n') !== has.join('\n')) {
    throw changed(edit.path, `has other lines with “${prefixFor(bridge).trim()}” than Patchbay wrote`)
  }
  return uncommented(withoutBlock(now, edit, bridge), bridge)
}

const ourLines = (text: string, bridge: string): string[] =>
  physicalLines(text).filter((line) => line.startsWith(prefixFor(bridge)))

const uncommented = (text: string, bridge: string): string =>
  physicalLines(text)
    .map((line) => (line.startsWith(prefixFor(bridge)) ? line.slice(prefixFor(bridge).length) : line))
    .join('')

function withoutBlock(text: string, edit: FileEdit, bridge: string): string {
  const block = blockOf(edit.after, bridge)
  if (block === null) return text
  const at = text.indexOf(block)
  if (at === -1) throw changed(edit.path, `has other lines between “${beginOf(bridge)}” and its end`)
  const [before, rest] = [text.slice(0, at), text.slice(at + block.length)]
  // The line ends that were added are still needed when something follows.
  const added = addedBefore(block, bridge)
  const isOurs = rest === '' && before.endsWith('\n'.repeat(added))
  return isOurs ? before.slice(0, before.length - added) : before + rest
}

/** How many line ends the block remembers. */
function addedBefore(block: string, bridge: string): number {
  const [, count = '0'] = /^ \((\d+) line ends/.exec(block.slice(beginOf(bridge).length)) ?? []
  return Number(count)
}

function blockOf(text: string, bridge: string): string | null {
  const from = text.indexOf(beginOf(bridge))
  const to = text.indexOf(endOf(bridge), from)
  return from === -1 || to === -1 ? null : text.slice(from, to + endOf(bridge).length)
}

const changed = (path: string, how: string): PatchbayError =>
  new PatchbayError({
    code: 'refused',
    message: `${path} ${how}`,
    hint: `Put your own changes into another file, so that Patchbay’s lines are as it wrote them, and undo again.`,
  })
