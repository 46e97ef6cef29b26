/**
 * Text in the manner of systemd's unit files: sections that may come several times, and settings that may come several
 * times in each. Comments are left out; everything else keeps its order (systemd.syntax(7)).
 */
export interface Section {
  name: string
  settings: readonly Setting[]
}

export interface Setting {
  key: string
  value: string
}

/** Reads the sections of a file, or of a file with its drop-ins one after the other, which comes to the same. Pure. */
export function parseSections(text: string): Section[] {
  const sections: { name: string; settings: Setting[] }[] = []
  for (const line of logicalLines(text)) {
    const [, name] = /^\[(.+)\]$/.exec(line) ?? []
    if (name !== undefined) {
      sections.push({ name, settings: [] })
      continue
    }
    const position = line.indexOf('=')
    // What begins like the name of a section is never a setting.
    if (position === -1 || line.startsWith('[')) continue
    const setting = { key: line.slice(0, position).trim(), value: line.slice(position + 1).trim() }
    sections.at(-1)?.settings.push(setting)
  }
  return sections
}

/** A backslash that is not itself behind one. */
const GOES_ON = /(?<!\\)(?:\\\\)*\\$/

/** A line with those that it goes on with; comments within are passed over (systemd 252, conf-parser.c, `config_parse`). */
function logicalLines(text: string): string[] {
  const lines: string[] = []
  let begun = ''
  for (const line of text.split(/\r?\n/).map((one) => one.trim())) {
    if (/^[#;]/.test(line)) continue
    begun += line
    if (GOES_ON.test(begun)) {
      begun = `${begun.slice(0, -1)} `
      continue
    }
    lines.push(begun)
    begun = ''
  }
  return [...lines, begun].map((line) => line.trim()).filter((line) => line !== '')
}

/** Writes sections. Pure. */
export function printSections(sections: readonly Section[]): string {
  return sections
    .filter(({ settings }) => settings.length > 0)
    .map(({ name, settings }) =>
      [`[${name}]`, ...settings.map(({ key, value }) => printLine(`${key}=${value}`)), ''].join('\n'),
    )
    .join('\n')
}

/** A line that happens to end in a backslash goes on with an empty one, and not with the next. */
const printLine = (line: string): string => (GOES_ON.test(line) ? `${line} \\\n` : line)

/** The last value of a setting in sections of a name. */
export function settingOf(sections: readonly Section[], name: string, key: string): string | undefined {
  return sections
    .filter((section) => section.name === name)
    .flatMap(({ settings }) => settings)
    .filter((setting) => setting.key === key)
    .at(-1)?.value
}
