import { GLOBAL_OPTIONS, type Command, type Option } from './command'

/** Help for one command, or for all of them. */
export const helpFor = (command: Command | null, commands: readonly Command[]): string =>
  command === null ? overview(commands) : commandHelp(command)

function overview(commands: readonly Command[]): string {
  return `Patchbay moves virtual machines between NAT and the LAN, while they run.

Usage: patchbay COMMAND [OPTION…]

Commands:
${aligned(commands.map((command) => [synopsis(command), command.summary]))}

Options of every command:
${aligned(Object.entries(GLOBAL_OPTIONS).map(optionLine))}

TO is one of: lan, nat, network:NAME, network:NAME:PORTGROUP, bridge:NAME, macvtap:LINK, macvtap:LINK:MODE.

Exit codes: 0 done · 1 failed · 2 usage · 3 refused before anything changed · 4 rolled back, host as before ·
5 not permitted. “status” exits with 0 also when libvirt can’t be reached: it shows that, and the host.`
}

function commandHelp(command: Command): string {
  const options = Object.entries({ ...command.options, ...GLOBAL_OPTIONS })
  return [
    `Usage: patchbay ${synopsis(command)}`,
    `${command.summary[0]?.toUpperCase() ?? ''}${command.summary.slice(1)}.`,
    ...command.details,
    `Options:\n${aligned(options.map(optionLine))}`,
  ].join('\n\n')
}

/** More options than this are told by the command’s own help alone. */
const MOST_SHOWN = 4

function synopsis({ words, positionals, mayBeBare, options }: Command): string {
  const optional = Object.entries(options).map(
    ([name, { value }]) => `[--${name}${value === null ? '' : ` ${value}`}]`,
  )
  const shown = optional.length > MOST_SHOWN ? ['[OPTION…]'] : optional
  const following = mayBeBare ? [`[${positionals.join(' ')}]`] : positionals
  return [...words, ...following, ...shown].join(' ')
}

const optionLine = ([name, { value, help }]: [string, Option]): [string, string] => [
  `--${name}${value === null ? '' : ` ${value}`}`,
  help,
]

function aligned(rows: readonly (readonly [string, string])[]): string {
  const longest = 34
  const width = Math.min(longest, Math.max(...rows.map(([left]) => left.length)))
  return rows
    .map(([left, right]) =>
      left.length > width
        ? `  ${left}\n  ${' '.repeat(width)}  ${right}`
        : `  ${left.padEnd(width)}  ${right}`,
    )
    .join('\n')
}
