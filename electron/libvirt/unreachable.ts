import type { Failure } from '../../shared/failure'
import { PERMISSION_HINT } from './errors'

/** What a socket error means to the user: may not, is not there, or went away. */
export function unreachable(path: string, error: NodeJS.ErrnoException): Failure {
  const detail = `${path}: ${error.message}`
  switch (error.code) {
    case 'EACCES':
    case 'EPERM':
      return {
        code: 'not-permitted',
        message: 'You may not use libvirt on this computer yet.',
        hint: PERMISSION_HINT,
        detail,
      }
    case 'ENOENT':
    case 'ECONNREFUSED':
      return {
        code: 'libvirt-unreachable',
        message: 'No libvirt daemon answers on this computer.',
        hint: 'Install libvirt (libvirt-daemon-system), or start it: sudo systemctl start libvirtd.',
        detail,
      }
    default:
      return {
        code: 'libvirt-unreachable',
        message: 'The connection to libvirt was lost.',
        hint: 'Start the daemon again (sudo systemctl start libvirtd) and reconnect.',
        detail,
      }
  }
}
