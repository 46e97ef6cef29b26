import type { Failure } from '../../shared/failure'
import { PERMISSION_HINT } from './errors'

/** The socket, or polkit, lets only some users in. */
export const notPermittedHere: Failure = {
  code: 'not-permitted',
  message: 'You may not use libvirt on this computer yet.',
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
        message: 'No libvirt daemon answers on this computer.',
        hint: startHint(path),
        detail,
      }
    default:
      return {
        code: 'libvirt-unreachable',
        message: 'The connection to libvirt was lost.',
        hint: startHint(path),
        detail,
      }
  }
}

/** Only the system's daemons are services; a user's own daemon is started by whoever connects. */
function startHint(path: string): string {
  if (/^\/run\/libvirt\/virt(qemu|network)d-/.test(path)) {
    return 'Start it: sudo systemctl start virtqemud.socket virtnetworkd.socket.'
  }
  return path.startsWith('/run/libvirt/')
    ? 'Start it: sudo systemctl start libvirtd. If libvirt is not installed yet, install it first (libvirt-daemon-system).'
    : 'Start it, for example with: virsh -c qemu:///session list.'
}
