import type { HostState } from '../../lab/host-state'

/** How closely two states are compared. */
export interface Measure {
  /** Files of which only some counts; `all` for every file. */
  looseFiles: ReadonlySet<string> | 'all'
  /** What counts of them: all but the time, or only mode and owner. */
  loosely: 'content' | 'owner'
  /** The routes to the addresses' own networks may have lost their metric. */
  networkMetrics: 'same' | 'any'
  /** What a bystander adds and is no part of the change: parts of lines. */
  ignore: readonly string[]
}

export const exact: Measure = {
  looseFiles: new Set(),
  loosely: 'content',
  networkMetrics: 'same',
  ignore: [],
}

/** A state as sorted lines, which say what they are about. */
export function linesOf(
  state: HostState,
  { looseFiles, loosely, networkMetrics, ignore }: Measure = exact,
): string[] {
  const route = (line: string): string =>
    networkMetrics === 'any' ? line.replace(/( proto kernel scope link .*) metric \d+/, '$1') : line
  const lines = [
    ...state.addresses.map((line) => `address ${line}`),
    ...state.routes.map((line) => `route ${route(line)}`),
    ...state.neighbours.map((line) => `neighbour ${line}`),
    ...state.rules.split('\n').map((line) => `rule ${line}`),
    ...state.links.map((line) => `link ${line}`),
    ...state.resolver.split('\n').map((line) => `resolver ${line}`),
    ...Object.entries(state.files).map(([path, about]) => {
      const isLoose = looseFiles === 'all' || looseFiles.has(path)
      return `file ${path} ${isLoose ? parts[loosely](about) : about}`
    }),
  ]
  return lines.filter((line) => !ignore.some((part) => line.includes(part))).sort()
}

/** Of content, mode, owner, group, time. */
const parts = {
  content: (about: string): string => about.split(' ').slice(0, -1).join(' '),
  owner: (about: string): string => about.split(' ').slice(-4, -1).join(' '),
} as const

/** What is missing (`-`) and what is too much (`+`); none when the states are the same. */
export function differences(expected: readonly string[], actual: readonly string[]): string[] {
  return [
    ...expected.filter((line) => !actual.includes(line)).map((line) => `- ${line}`),
    ...actual.filter((line) => !expected.includes(line)).map((line) => `+ ${line}`),
  ]
}

/** Files that are on one side only, or other ones there. */
export function changedFiles(before: HostState, after: HostState): Set<string> {
  const paths = new Set([...Object.keys(before.files), ...Object.keys(after.files)])
  return new Set([...paths].filter((path) => before.files[path] !== after.files[path]))
}
