import type { Failure } from '../../shared/failure'
import { PERMISSION_HINT } from './errors'
import { say, type Text } from '../../shared/phrases/phrase'

/** The socket, or polkit, lets only some users in. */
export const notPermittedHere: Failure = {
  code: 'not-permitted',
  message: say('may-not-use-libvirt-on-computer'),
  hint: PERMISSION_HINT,
}

/** What a socket error means to the user: may not, is not there, or went away. */
export function unreachable(path: string, error: NodeJS.ErrnoException): Failure {
  const detail = `${path}: ${error.message}`
  switch (error.code) {
    case 'EACCES':
    case 'EPERM':
      return { ...notPermittedHere, detail }
    case 'ENOENT':
    case 'ECONNREFUSED':
      return {
        code: 'libvirt-unreachable',
        message: say('no-libvirt-daemon-answers-on-computer'),
        hint: startHint(path),
        detail,
      }
    default:
      return {
        code: 'libvirt-unreachable',
        message: say('connection-to-libvirt-lost'),
        hint: startHint(path),
        detail,
      }
  }
}

/** Only the system's daemons are services; a user's own daemon is started by whoever connects. */
function startHint(path: string): Text {
  if (/^\/run\/libvirt\/virt(qemu|network)d-/.test(path)) {
    return say('start-sudo-systemctl-start-virtqemud')
  }
  return path.startsWith('/run/libvirt/')
    ? say('start-sudo-systemctl-start-libvirtd-if')
    : say('start-for-example-with-virsh')
}
