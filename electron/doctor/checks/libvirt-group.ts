import type { Check } from '../check'
import { advice, fine, fixBy, notApplicable } from '../verdicts'

/** libvirt's socket is open to root and to the group `libvirt`; others are asked for a password each time. */
export const libvirtGroup: Check = {
  id: 'libvirt-group',
  title: 'Permission to use libvirt',
  verdict({ user, world: { libvirt }, scope }) {
    if (scope === 'session') return notApplicable('The user’s own libvirt needs no permission.')
    if (user.isRoot) return fine('root may use libvirt.')
    const isConnected = libvirt.state === 'connected'
    switch (user.libvirtGroup) {
      case 'member':
        return fine(`${user.name} is in the group “libvirt”.`)
      case 'no-group':
        return notApplicable('There is no group “libvirt” on this computer.')
      case 'not-yet':
        if (isConnected) return fine(`${user.name} is in the group “libvirt”, and libvirt answers.`)
        return {
          state: 'found',
          findings: [
            {
              subject: 'libvirt',
              weight: 'trouble',
              certainty: 'seen',
              problem: `${user.name} is in the group “libvirt”, but this session is not yet.`,
              reason: 'A session has the groups that the user had when it began.',
              remedy: advice('Sign out and in again.'),
            },
          ],
        }
      case 'not-member':
        return {
          state: 'found',
          findings: [
            {
              subject: 'libvirt',
              weight: isConnected ? 'notice' : 'trouble',
              certainty: 'seen',
              problem: `${user.name} is not in the group “libvirt”.`,
              reason: isConnected
                ? 'libvirt answers by a rule of polkit, which may ask for a password each time.'
                : 'libvirt’s socket is open to root and to that group only.',
              remedy: fixBy({ kind: 'addition', addition: { kind: 'libvirt-group' } }),
            },
          ],
        }
    }
  },
}
