import { type Line, parseInterfaces } from './interfaces'

/**
 * The one edit of the user's files: what brings the NIC up by itself is commented out, recognisably, so that it can be taken
 * back also after the user has changed other lines. Pure.
 */

const markOf = (bridge: string): string => `#patchbay-${bridge}# `
const addedOf = (bridge: string): string =>
  `#patchbay-${bridge}+ The next line is what is left of the one above.`

/** The text with the NIC's stanzas, and its name in `auto` and `allow-…` lines, commented out. */
export function withoutNic(text: string, nic: string, bridge: string): string {
  const { lines, stanzas } = parseInterfaces(text)
  const commented = (line: string): string =>
    line
      .split('\n')
      .map((one) => `${markOf(bridge)}${one}`)
      .join('\n')
  const edited = ({ text: line, part }: Line): string => {
    if (part.kind === 'iface') return stanzas[part.stanza]?.link === nic ? commented(line) : line
    if (part.kind !== 'start' || !part.links.includes(nic)) return line
    const others = part.links.filter((link) => link !== nic)
    if (others.length === 0) return commented(line)
    return [commented(line), addedOf(bridge), `${part.word} ${others.join(' ')}`].join('\n')
  }
  return lines.map(edited).join('\n')
}

/** Takes the edit back, wherever its lines are now. */
export function withNic(text: string, bridge: string): string {
  const mark = markOf(bridge)
  const lines = text.split('\n')
  return lines
    .filter((line, index) => line !== addedOf(bridge) && lines[index - 1] !== addedOf(bridge))
    .map((line) => (line.startsWith(mark) ? line.slice(mark.length) : line))
    .join('\n')
}
