import { readFileSync, writeFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import type { DesktopOptions, Lab, PolkitAgent, PolkitMode } from './types'

/** Where the person's polkit agent finds what to do, and writes what it did; see workstation/polkit_session.py. */
const agentFolder = '/var/lib/lab-polkit'

/**
 * The command line that runs `argv` as the user `dev` in a new login session at the desk, one that logind calls
 * local and active. The session answers polkit's prompts once `polkitAgent` was called.
 */
export function desktopCommand(argv: readonly string[], { env = {}, unit }: DesktopOptions): string[] {
  const session = { XDG_SEAT: 'seat0', XDG_SESSION_TYPE: 'x11', XDG_SESSION_CLASS: 'user' }
  const assignments = Object.entries({ LANG: 'C.UTF-8', ...session, ...env })
  return [
    ...['systemd-run', '--quiet', '--wait', '--pipe', '--collect', ...(unit ? [`--unit=${unit}`] : [])],
    ...['--property=PAMName=login', '--property=User=dev', '--working-directory=/home/dev'],
    ...assignments.map(([name, value]) => `--setenv=${name}=${value}`),
    ...['/usr/local/lib/lab/polkit_session.py', agentFolder, ...argv],
  ]
}

/** Puts a person in front of the prompts of the desktop sessions started from now on, and counts the prompts. */
export async function polkitAgent(lab: Lab, mode: PolkitMode): Promise<PolkitAgent> {
  const folder = lab.path(agentFolder)
  await mkdir(folder, { recursive: true })
  const agent: PolkitAgent = {
    get mode() {
      return readFileSync(`${folder}/mode`, 'utf8') === 'dismiss' ? 'dismiss' : 'answer'
    },
    set mode(wanted) {
      writeFileSync(`${folder}/mode`, wanted)
    },
    log: () => readFileSync(`${folder}/log`, 'utf8').split('\n').filter(Boolean),
    count: () => agent.log().filter((line) => line.startsWith('asked ')).length,
  }
  agent.mode = mode
  writeFileSync(`${folder}/log`, '')
  await lab.exec(['chown', '-R', 'dev', agentFolder])
  return agent
}
