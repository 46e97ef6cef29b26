import type { Failure } from '../../shared/failure'
import { sshByHand } from './ssh-command'
import type { SshUri } from './uri'

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
  message: `You may not use libvirt on ${host} yet.`,
  hint: `Add your user there to the group libvirt: sudo usermod -aG libvirt ${user ?? '"$USER"'}`,
})

/** There is no ssh that could be started. */
export const noSsh = (error: Error): Failure => ({
  code: 'unsupported',
  message: 'ssh could not be started.',
  hint: 'Install it (Debian, Ubuntu: openssh-client).',
  detail: error.message,
})

function sshItself(to: SshUri, said: string): Failure {
  const { host } = to
  const byHand = sshByHand(to)
  if (said.includes('REMOTE HOST IDENTIFICATION HAS CHANGED')) {
    return {
      code: 'not-permitted',
      message: `${host} shows another key than the one that ssh knows of it.`,
      hint: `If you know why, forget the old one with “ssh-keygen -R ${host}” and log in once in a terminal: ${byHand}`,
    }
  }
  if (said.includes('Host key verification failed')) {
    return {
      code: 'not-permitted',
      message: `ssh does not know ${host} yet.`,
      hint: `Log in once in a terminal and compare its key: ${byHand}`,
    }
  }
  if (/Permission denied|Too many authentication failures/.test(said)) {
    return {
      code: 'not-permitted',
      message: `${host} does not let you in.`,
      hint: `Have a key there (ssh-copy-id) and in your agent (ssh-add), until this asks for nothing: ${byHand}`,
    }
  }
  return {
    code: 'libvirt-unreachable',
    message: `ssh has no connection to ${host}.`,
    hint: `See whether you can log in by hand: ${byHand}`,
  }
}

function behindSsh(to: SshUri, code: number | null, said: string): Failure {
  const { host } = to
  if (code === NOT_FOUND) {
    return {
      code: 'unsupported',
      message: `${host} has no program that leads ssh to libvirt.`,
      hint: 'Install libvirt’s daemon there, which brings virt-ssh-helper, or netcat-openbsd.',
    }
  }
  if (/permission denied/i.test(said)) return notPermittedThere(to)
  if (/no such file|connection refused|cannot connect/i.test(said)) {
    return {
      code: 'libvirt-unreachable',
      message: `No libvirt daemon answers on ${host}.`,
      hint: 'Start it there: sudo systemctl start libvirtd, or virtqemud.socket and virtnetworkd.socket.',
    }
  }
  return {
    code: 'libvirt-unreachable',
    message: `The connection to libvirt on ${host} was lost.`,
    hint: `See whether libvirt still runs there: ${sshByHand(to)} virsh list`,
  }
}
