import { runCommand } from '../../system/command'

/** One rule of iptables' table `filter`, which the comment tells from everybody else's. */
export interface FirewallRule {
  command: 'iptables' | 'ip6tables'
  chain: 'FORWARD' | 'INPUT'
  /** `first`: before all rules of others. `last`: for what no other rule has decided about. */
  place: 'first' | 'last'
  match: readonly string[]
  /** Its own; no other rule has it. */
  mark: string
}

/** The mark of one of an addition's rules. */
export const markOf = (id: string, part: number): string => `patchbay:${id}:${part}`

const words = ({ match, mark, chain }: FirewallRule): string[] => [
  ...[chain, ...match],
  ...['-m', 'comment', '--comment', mark, '-j', 'ACCEPT'],
]

const run = (command: FirewallRule['command'], args: readonly string[]): Promise<string> =>
  runCommand(command, ['--wait', '5', ...args])

/** Puts a rule in its place, also when it is there but has lost it. */
export async function putRule(rule: FirewallRule): Promise<void> {
  if (await isRuleInPlace(rule)) return
  await removeRule(rule)
  await run(rule.command, [rule.place === 'first' ? '-I' : '-A', ...words(rule)])
}

/** Removes it, however often it is there. */
export async function removeRule(rule: FirewallRule): Promise<void> {
  for (let left = (await numbersOf(rule)).length; left > 0; left--) {
    await run(rule.command, ['-D', ...words(rule)])
  }
}

/** Whether it is there, with none of somebody else's before it that should come after it. */
export async function isRuleInPlace(rule: FirewallRule): Promise<boolean> {
  const rules = await rulesOf(rule)
  const [number, ...more] = await numbersOf(rule)
  if (number === undefined || more.length > 0) return false
  return rule.place === 'last' || rules.slice(0, number).every((line) => line.includes('"patchbay:'))
}

/** Those of a chain in the form of iptables-save(8). */
async function rulesOf({ command, chain }: FirewallRule): Promise<string[]> {
  const output = await run(command, ['-S', chain])
  return output.split('\n').filter((line) => line.startsWith('-A '))
}

async function numbersOf(rule: FirewallRule): Promise<number[]> {
  const rules = await rulesOf(rule)
  return rules.flatMap((line, index) => (line.includes(`"${rule.mark}"`) ? [index] : []))
}
