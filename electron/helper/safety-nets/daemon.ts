import { runCommand } from '../../system/command'
import { hasSystemd } from './timer'

/**
 * Daemons that keep the host's network, and must live on when this helper and whoever started it are long gone: systemd ends
 * a service's or a session's processes together with it (systemd.kill(5)). Where systemd runs, each is a unit of its own.
 */
export interface Daemon {
  /** The unit's name, without `.service`. */
  unit: string
  description: string
  /** The command goes to the background by itself once it is ready, and writes its number there. */
  argv: readonly [string, ...string[]]
  pidFile: string
}

/** What systemd may take beyond the daemon's own time. Milliseconds. */
const SYSTEMD_MS = 5_000

/**
 * Starts a daemon. Resolves when it is ready; rejects, with the daemon ended, after `milliseconds`. One that is killed later on
 * is started again by systemd: without it the link would lose its address at the end of the lease.
 */
export async function startDaemon(
  { unit, description, argv, pidFile }: Daemon,
  milliseconds: number,
): Promise<void> {
  const time = Math.max(1, Math.round(milliseconds))
  if (!(await hasSystemd())) {
    const [name, ...args] = argv
    await runCommand(name, args, { timeoutMs: time, umask: 0o022 })
    return
  }
  const properties = [
    'Type=forking',
    `PIDFile=${pidFile}`,
    `TimeoutStartSec=${time}ms`,
    // Without a farewell to the router: the lease lives on.
    'KillSignal=SIGKILL',
    'Restart=on-failure',
    'RestartSec=1',
  ]
  const words = [
    ...['--quiet', '--collect', `--unit=${unit}`, `--description=${description}`],
    ...properties.map((property) => `--property=${property}`),
    ...argv,
  ]
  try {
    await runCommand('systemd-run', words, { timeoutMs: time + SYSTEMD_MS })
  } catch (error) {
    await endDaemon(unit)
    throw error
  }
}

/** Ends a daemon that was started so, whether it is ready or not, and waits for its end. None is no error. */
export async function endDaemon(unit: string): Promise<void> {
  if (await hasSystemd()) await runCommand('systemctl', ['stop', `${unit}.service`]).catch(() => undefined)
}
