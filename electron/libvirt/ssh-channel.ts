import { spawn, type ChildProcessByStdio } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'
import type { Failure } from '../../shared/failure'
import type { Channel, ChannelListener } from './channel'
import type { Env } from './endpoint'
import { sshArguments } from './ssh-command'
import { noSsh, sshFailure } from './ssh-failure'
import type { SshUri } from './uri'

/** ssh's last words are enough, also of one that chats. */
const WORDS_KEPT = 4000
/** For the last words of an ssh that has ended: a shared connection's master may hold standard error open for hours. */
const LAST_WORDS_MS = 100
/** For an ssh that does not end when it is told to. */
const KILL_AFTER_MS = 2000

export interface SshOptions {
  readOnly: boolean
  mayAsk: boolean
  env: Env
}

type Ssh = ChildProcessByStdio<Writable, Readable, Readable>

/** Starts ssh to another computer's libvirt. What fails, fails as the channel's end. */
export function openSsh(to: SshUri, { readOnly, mayAsk, env }: SshOptions): Channel {
  const ssh = spawn('ssh', sshArguments(to, readOnly, mayAsk && to.mayAsk), {
    stdio: ['pipe', 'pipe', 'pipe'],
    env,
  })
  return new SshChannel(ssh, to)
}

/** The child lives as long as the channel, and no longer. */
class SshChannel implements Channel {
  readonly #ssh: Ssh
  readonly #to: SshUri
  readonly #gone: Promise<void>
  /** Why it ended; kept, since an ssh that is not there fails before anybody can listen. */
  readonly #failed: Promise<Failure>
  #said = ''

  constructor(ssh: Ssh, to: SshUri) {
    this.#ssh = ssh
    this.#to = to
    ssh.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#said = (this.#said + text).slice(-WORDS_KEPT)
    })
    // A pipe breaks because ssh ends, which tells why.
    for (const pipe of [ssh.stdin, ssh.stdout, ssh.stderr]) pipe.on('error', () => undefined)
    this.#gone = new Promise((resolve) => {
      ssh.once('exit', () => resolve())
      ssh.once('error', () => resolve())
    })
    this.#failed = new Promise((resolve) => {
      ssh.once('error', (error) => resolve(noSsh(error)))
      ssh.once('exit', (code, signal) => this.#hearLastWords(code, signal, resolve))
    })
  }

  listen({ received, ended }: ChannelListener): void {
    this.#ssh.stdout.on('data', received)
    void this.#failed.then(ended)
  }

  write(bytes: Buffer): void {
    this.#ssh.stdin.write(bytes)
  }

  async destroy(): Promise<void> {
    const { stdin, stdout, stderr } = this.#ssh
    if (this.#ssh.exitCode === null && this.#ssh.signalCode === null) {
      const kill = setTimeout(() => this.#ssh.kill('SIGKILL'), KILL_AFTER_MS)
      void this.#gone.then(() => clearTimeout(kill))
      this.#ssh.kill()
    }
    for (const pipe of [stdin, stdout, stderr]) pipe.destroy()
    await this.#gone
  }

  #hearLastWords(code: number | null, signal: string | null, ended: (failure: Failure) => void): void {
    const { stderr } = this.#ssh
    const tell = (): void => {
      clearTimeout(late)
      stderr.off('close', tell)
      ended(sshFailure(this.#to, { code, signal, said: this.#said.trim() }))
    }
    const late = setTimeout(tell, LAST_WORDS_MS)
    if (stderr.destroyed) tell()
    else stderr.once('close', tell)
  }
}
