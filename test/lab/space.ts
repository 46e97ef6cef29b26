import type { ChildProcess, SpawnOptions } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { PatchbayError } from '../../shared/failure'
import type { Exec, ExecOptions } from './command'
import { ended, note, run, start, within } from './command'

/**
 * A set of namespaces (network, mounts, processes, host name) with a shell as their process 1.
 *
 * The shell reads a pipe that this process holds. When this process ends, however it ends, the shell
 * reads end-of-file and leaves, and the kernel then kills every process of the space and removes its
 * links and mounts. So nothing of a lab outlives its owner, not even after SIGKILL.
 */
export class Space {
  private constructor(
    readonly name: string,
    /** Process 1 of the space, as seen from this machine. */
    readonly pid: number,
    private readonly holder: ChildProcess,
  ) {}

  /**
   * Opens a space and runs the bash script `setup` as its process 1 before returning.
   * With `inside`, the space is nested in another one and ends with it.
   * Bash, because process 1 must also reap what daemons leave behind, which dash does not.
   */
  static async open(options: { name: string; setup?: string; inside?: Space }): Promise<Space> {
    const { name, setup = '', inside } = options
    const script = `set -e\n{\n:\n${setup}\n} >&2\necho ready\nwhile read -r _; do :; done`
    const unshare = ['unshare', '--mount', '--net', '--pid', '--uts', '--ipc', '--fork', '--mount-proc']
    const argv = [...(inside ? inside.enter() : []), ...unshare, 'bash', '-c', script]
    note(`opening space ${name}`)
    // A session of its own: Ctrl-C in the terminal must not reach the space before the lab is closed in order.
    const holder = start(argv, { detached: true, stdio: ['pipe', 'pipe', 'pipe'] })
    await within(20_000, `Setting up the namespaces of “${name}”`, ready(holder, name))
    holder.unref()
    return new Space(name, processOne(holder), holder)
  }

  /** The space of a container whose process 1 was started by the child `holder`. */
  static adopt(name: string, holder: ChildProcess): Space {
    return new Space(name, processOne(holder), holder)
  }

  /** The command line that enters the space; the command to run there follows. */
  enter(user?: string): string[] {
    const nsenter = ['nsenter', '-t', String(this.pid), '-m', '-n', '-p', '-u', '-i', '-C', '-r', '-w', '--']
    // The command dies with nsenter, so that killing the child that Node knows kills the real one.
    const setpriv = ['setpriv', '--pdeathsig', 'KILL']
    if (user === undefined) return [...nsenter, ...setpriv]
    const { uid, gid } = this.account(user)
    return [...nsenter, ...setpriv, `--reuid=${uid}`, `--regid=${gid}`, '--init-groups']
  }

  /** What the space's /etc/passwd says about a user. */
  account(user: string): { uid: string; gid: string; home: string } {
    const passwd = readFileSync(this.path('/etc/passwd'), 'utf8').split('\n')
    const [, , uid, gid, , home] = passwd.find((line) => line.startsWith(`${user}:`))?.split(':') ?? []
    if (uid === undefined || gid === undefined || home === undefined) {
      throw new PatchbayError({ code: 'not-found', message: `“${this.name}” has no user “${user}”` })
    }
    return { uid, gid, home }
  }

  /** Runs `argv` in the space and waits for its end; see `run`. */
  exec(argv: readonly string[], options: ExecOptions = {}): Promise<Exec> {
    const env = this.environment(options)
    return run([...this.enter(options.user), ...argv], { ...options, env }, `${this.name}: ${argv.join(' ')}`)
  }

  /** Starts `argv` in the space; see `Lab.spawn`. */
  spawn(
    argv: readonly string[],
    options: SpawnOptions & { user?: string; env?: Record<string, string> } = {},
  ): ChildProcess {
    const detached = options.stdio !== 'inherit'
    const env = this.environment(options)
    return start([...this.enter(options.user), ...argv], { detached, ...options, env })
  }

  private environment(options: { user?: string; env?: Record<string, string> }): Record<string, string> {
    const own =
      options.user === undefined ? {} : { HOME: this.account(options.user).home, USER: options.user }
    return { ...own, ...options.env }
  }

  /** A path of the space, reachable from outside. */
  path(inside: string): string {
    return `/proc/${this.pid}/root${inside}`
  }

  /** Ends every process of the space at once, as a power loss would. */
  async close(): Promise<void> {
    const gone = this.gone()
    if (this.runs()) process.kill(this.pid, 'SIGKILL')
    await gone
  }

  /** Resolves when the space has ended. */
  async gone(): Promise<void> {
    if (this.runs()) await within(30_000, `Closing the namespaces of “${this.name}”`, ended(this.holder))
  }

  private runs(): boolean {
    return this.holder.exitCode === null && this.holder.signalCode === null
  }
}

/** Resolves when the space's shell says "ready"; rejects with what it wrote when it ends before that. */
async function ready(holder: ChildProcess, name: string): Promise<void> {
  if (!holder.stdout || !holder.stderr) throw new Error('the space was started without pipes')
  let complaint = ''
  holder.stderr.setEncoding('utf8').on('data', (chunk: string) => (complaint += chunk))
  for await (const line of createInterface({ input: holder.stdout })) if (line === 'ready') return
  const hint = complaint.includes('Operation not permitted') ? ' (the lab needs root)' : ''
  throw new PatchbayError({
    code: 'internal',
    message: `The namespaces of “${name}” could not be set up${hint}: ${complaint.trim()}`,
  })
}

/** The process below `holder` that is number 1 of its own PID namespace. */
function processOne(holder: ChildProcess): number {
  const search = (pid: number): number | undefined => {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    const numbers = /^NSpid:(.*)$/m.exec(status)?.[1]?.trim().split(/\s+/) ?? []
    if (numbers.length > 1 && numbers.at(-1) === '1') return pid
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim()
    for (const child of children ? children.split(' ') : []) {
      const found = search(Number(child))
      if (found !== undefined) return found
    }
    return undefined
  }
  const found = holder.pid === undefined ? undefined : search(holder.pid)
  if (found !== undefined) return found
  throw new PatchbayError({ code: 'internal', message: 'The first process of a namespace was not found' })
}
