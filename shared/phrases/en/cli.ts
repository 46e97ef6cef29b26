/** What the command line says around what it was told. */
export const cli = {
  'pull-again': ({ summary, command }: { summary: string; command: string }) =>
    `${summary}\nTo pull its cable again: ${command}`,
  'not-ended': ({ title }: { title: string }) => `${title} has not ended.`,
  'those-that-failed': 'Those that failed are plugged in as before.',
  'from-next-start-of': ({ network, changes }: { network: string; changes: string }) =>
    `From the next start of ${network}: ${changes}.`,
  'if-it-runs-restart': ({ command }: { command: string }) => `If it runs, restart it with: ${command}`,
  'until-then-it-stays': ({ machines, command }: { machines: string; command: string }) =>
    `Until then it stays as it is for ${machines}. To put it in force, with a moment without connection: ${command}`,
  'plan-head': ({ bridge, nic, manager }: { bridge: string; nic: string; manager: string }) =>
    `Make the bridge ${bridge} from ${nic}, managed by ${manager}.`,
  'plan-now': 'Now',
  'plan-afterwards': 'Afterwards',
  'plan-changes': 'Changes',
  'plan-good-to-know': 'Good to know',
  'plan-gone-for': ({ ms }: { ms: number }) => `The network will be gone for about ${ms} ms.`,
  'plan-undo': ({ how }: { how: string }) => `Undo: ${how}`,
  'plan-essence': ({ bridge, nic }: { bridge: string; nic: string }) =>
    `Make the bridge ${bridge} from ${nic}; its addresses, routes, name servers and MAC move to the bridge.`,
  'plan-warning': ({ text }: { text: string }) => `Warning: ${text}`,
}
