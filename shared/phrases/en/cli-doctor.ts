/** The doctor’s report on the command line. */
export const cliDoctor = {
  'could-not-be-looked-at': 'Could not be looked at',
  'the-other-checks': 'The other checks',
  'changed-for-this': 'Changed for this',
  'undo-line': ({ command }: { command: string }) => `undo: ${command}`,
  'fix-line': ({ command }: { command: string }) => `fix: ${command}`,
  'checks-not-made': ({ count }: { count: number }) =>
    count === 1 ? 'One check could not be made.' : `${count} checks could not be made.`,
  'things-wrong': ({ count }: { count: number }) =>
    count === 1 ? 'One thing is wrong.' : `${count} things are wrong.`,
  'nothing-is-wrong': 'Nothing is wrong.',
  'nothing-wrong-found': 'Nothing wrong was found.',
  'likely-only': ({ problem }: { problem: string }) => `${problem} (likely; root sees for certain)`,
}
