import type { Failure } from '../../shared/failure'
import { sshByHand } from './ssh-command'
import type { SshUri } from './uri'
import { say } from '../../shared/phrases/phrase'

/** How an ssh process ended, and what it said last on its standard error. */
export interface SshEnd {
  code: number | null
  signal: string | null
  said: string
}

/** ssh(1): the exit status is the remote command's, or 255 when it is ssh itself that failed. */
const SSH_FAILED = 255
/** POSIX shell: the command was not found. */
const NOT_FOUND = 127

/** What the end of ssh means to the user, with ssh's own words as detail. */
export function sshFailure(to: SshUri, { code, signal, said }: SshEnd): Failure {
  const how = signal ?? `exit code ${code}`
  const detail = `ssh ended with ${how}${said === '' ? '' : `: ${said}`}`
  return { ...(code === SSH_FAILED ? sshItself(to, said) : behindSsh(to, code, said)), detail }
}

/** The socket over there, or polkit, lets only some users in. */
export const notPermittedThere = ({ host, user }: SshUri): Failure => ({
  code: 'not-permitted',
  message: say('may-not-use-libvirt', { host }),
  hint: say('add-user-to-group-libvirt', { user: user ?? '"$USER"' }),
})

/** There is no ssh that could be started. */
export const noSsh = (error: Error): Failure => ({
  code: 'unsupported',
  message: say('ssh-could-not-started'),
  hint: say('install-debian-ubuntu-openssh-client'),
  detail: error.message,
})

function sshItself(to: SshUri, said: string): Failure {
  const { host } = to
  const byHand = sshByHand(to)
  if (said.includes('REMOTE HOST IDENTIFICATION HAS CHANGED')) {
    return {
      code: 'not-permitted',
      message: say('shows-another-key-than-ssh', { host }),
      hint: say('if-know-why-forget-old', { host, byHand }),
    }
  }
  if (said.includes('Host key verification failed')) {
    return {
      code: 'not-permitted',
      message: say('ssh-does-not-know-yet', { host }),
      hint: say('log-in-once-in-terminal', { byHand }),
    }
  }
  if (/Permission denied|Too many authentication failures/.test(said)) {
    return {
      code: 'not-permitted',
      message: say('does-not-let', { host }),
      hint: say('key-ssh-copy-id', { byHand }),
    }
  }
  return {
    code: 'libvirt-unreachable',
    message: say('ssh-no-connection', { host }),
    hint: say('see-whether-can-log', { byHand }),
  }
}

function behindSsh(to: SshUri, code: number | null, said: string): Failure {
  const { host } = to
  if (code === NOT_FOUND) {
    return {
      code: 'unsupported',
      message: say('no-program-leads-ssh', { host }),
      hint: say('install-libvirt-daemon-brings-virt'),
    }
  }
  if (/permission denied/i.test(said)) return notPermittedThere(to)
  if (/no such file|connection refused|cannot connect/i.test(said)) {
    return {
      code: 'libvirt-unreachable',
      message: say('no-libvirt-daemon-answers', { host }),
      hint: say('start-sudo-systemctl-start-libvirtd'),
    }
  }
  return {
    code: 'libvirt-unreachable',
    message: say('connection-to-libvirt-on-lost', { host }),
    hint: say('see-whether-libvirt-still-runs', { ssh: sshByHand(to) }),
  }
}
